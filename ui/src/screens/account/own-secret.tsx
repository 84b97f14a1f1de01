// What whoever is signed in shows again that it is them with: the PIN or the password.

import type { ComponentProps } from "react";
import { useSession } from "../../app/session";
import { useText } from "../../i18n";
import { SecretField } from "../../parts/field";

export function OwnSecretField(props: Omit<ComponentProps<typeof SecretField>, "label">) {
  const { t } = useText();
  const hasPin = useSession()?.has_pin ?? false;
  return <SecretField {...props} label={hasPin ? t("lock.secret") : t("note.sign.password")} />;
}
