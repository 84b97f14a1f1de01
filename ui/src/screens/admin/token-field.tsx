// What is shown to a server that asks who sends: typed, kept unseen, or forgotten.

import { useText } from "../../i18n";
import { CheckField, SecretField } from "../../parts/field";
import type { TokenChange } from "../../rpc/schema";

export interface TokenEntry {
  readonly typed: string;
  readonly forget: boolean;
}

export const NO_TOKEN: TokenEntry = { typed: "", forget: false };

export function tokenChange({ typed, forget }: TokenEntry): TokenChange {
  if (typed.trim() !== "") return { kind: "set", token: typed.trim() };
  return { kind: forget ? "forget" : "keep" };
}

export function TokenField(props: {
  readonly label: string;
  /** Where none is kept. */
  readonly help: string;
  readonly kept: boolean;
  readonly value: TokenEntry;
  readonly onChange: (value: TokenEntry) => void;
  readonly testId: string;
  readonly forgetTestId: string;
}) {
  const { t } = useText();
  const { typed, forget } = props.value;
  return (
    <>
      <SecretField
        label={props.label}
        help={props.kept ? t("destinations.token-kept") : props.help}
        value={typed}
        onChange={(next) => props.onChange({ typed: next, forget })}
        testId={props.testId}
        isDisabled={forget}
      />
      {props.kept && (
        <CheckField
          isSelected={forget}
          onChange={(next) => props.onChange({ typed: next ? "" : typed, forget: next })}
          testId={props.forgetTestId}
        >
          {t("destinations.token-forget")}
        </CheckField>
      )}
    </>
  );
}
