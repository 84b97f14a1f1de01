// What opens a vault: its passphrase, or its recovery words.

import { useState } from "react";
import { useText } from "../../i18n";
import { wordsOf } from "../../logic/text";
import { SecretField, TextAreaField } from "../../parts/field";
import type { UnlockVault } from "../../rpc/schema";

const WORDS = 24;

/** A key that is typed. `problem` is what is wrong with it now, whether or not the screen shows it yet. */
export function useVaultKey() {
  const { t } = useText();
  const [way, setWay] = useState<UnlockVault["by"]>("passphrase");
  const [secret, setSecret] = useState("");
  const words = wordsOf(secret);
  const problem =
    secret.trim() === ""
      ? t("check.required")
      : way === "recovery-words" && words.length !== WORDS
        ? t("check.words", { count: words.length })
        : null;
  const key: UnlockVault = { by: way, secret: way === "passphrase" ? secret : words.join(" ") };

  function switchWay() {
    setWay(way === "passphrase" ? "recovery-words" : "passphrase");
    setSecret("");
  }

  return {
    way,
    key,
    problem,
    secret,
    setSecret,
    switchWay,
    otherWay: way === "passphrase" ? t("unlock.with-words") : t("unlock.with-passphrase"),
  };
}

export function VaultKeyField(props: {
  readonly typed: ReturnType<typeof useVaultKey>;
  readonly problem: string | null;
  readonly isDisabled: boolean;
  readonly testId: string;
  /** Whether the browser may fill the passphrase in. */
  readonly mayComplete?: boolean;
}) {
  const { t } = useText();
  const { way, secret, setSecret } = props.typed;
  const field = {
    value: secret,
    onChange: setSecret,
    problem: props.problem,
    isDisabled: props.isDisabled,
    testId: props.testId,
  };
  return way === "passphrase" ? (
    <SecretField
      label={t("unlock.passphrase")}
      autoComplete={props.mayComplete ? "current-password" : "off"}
      {...field}
    />
  ) : (
    <TextAreaField label={t("unlock.words")} help={t("unlock.words-help")} {...field} />
  );
}
