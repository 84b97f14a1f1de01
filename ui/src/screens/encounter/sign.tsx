// Signing: the last look at what is doubtful, and the PIN or the password.

import { useState } from "react";
import { useText } from "../../i18n";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { CheckField, Form } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import type { EncounterView } from "../../rpc/schema";
import { testIds } from "../../testids";
import { OwnSecretField } from "../account/own-secret";
import { Finding } from "./sentence";

export function SignDialog(props: {
  readonly view: EncounterView;
  readonly revision: number;
  readonly onClose: () => void;
  readonly onSigned: (view: EncounterView) => void;
}) {
  const { t } = useText();
  const { record, findings } = props.view;
  const sign = useCall("note.sign");
  const [password, setPassword] = useState("");
  const [confirmed, setConfirmed] = useState<readonly number[]>([]);
  const [checked, setChecked] = useState(false);
  const sentences =
    record.note.state === "draft" ? record.note.note.sections.flatMap((section) => section.sentences) : [];
  const doubtful = sentences
    .map((sentence) => ({
      sentence,
      findings: findings.filter((finding) => finding.sentence === sentence.id && finding.must_confirm),
    }))
    .filter((one) => one.findings.length > 0);
  const mustConfirm = doubtful.some(({ sentence }) => !confirmed.includes(sentence.id));

  function confirm(id: number, right: boolean) {
    setConfirmed((old) => (right ? [...old, id] : old.filter((other) => other !== id)));
  }

  async function submit() {
    setChecked(true);
    if (password === "" || mustConfirm) return;
    const view = await sign.run({
      encounter: record.id,
      revision: props.revision,
      confirmed: [...confirmed],
      password,
    });
    setPassword("");
    setChecked(false);
    if (view !== undefined) props.onSigned(view);
  }

  return (
    <Dialog title={t("note.sign.title")} onClose={props.onClose}>
      <Form onSubmit={submit}>
        <p>{t("note.sign.text")}</p>
        {doubtful.length > 0 && (
          <div className="doubtful">
            <p>{t("note.sign.findings")}</p>
            <ul>
              {doubtful.map(({ sentence, findings: its }) => (
                <li key={sentence.id}>
                  <p className="doubtful-text" lang={record.language}>
                    {sentence.text}
                  </p>
                  {its.map((finding) => (
                    <Finding key={finding.reason} finding={finding} />
                  ))}
                  <CheckField
                    isSelected={confirmed.includes(sentence.id)}
                    onChange={(right) => confirm(sentence.id, right)}
                    isInvalid={checked && !confirmed.includes(sentence.id)}
                    aria-label={t("note.sign.confirm-sentence", { text: sentence.text })}
                    testId={testIds.note.confirm(sentence.id)}
                  >
                    {t("note.sign.confirm")}
                  </CheckField>
                </li>
              ))}
            </ul>
            <div role="alert">
              {checked && mustConfirm && <p className="field-problem">{t("note.sign.confirm-missing")}</p>}
            </div>
          </div>
        )}
        <OwnSecretField
          value={password}
          onChange={setPassword}
          problem={checked && password === "" ? t("check.required") : null}
          autoComplete="current-password"
          testId={testIds.note.signPassword}
          autoFocus={doubtful.length === 0}
        />
        <FormEnd
          failure={sign.failure}
          submit={sign.pending ? t("note.signing") : t("note.sign.submit")}
          icon="lock"
          pending={sign.pending}
          testId={testIds.note.signSubmit}
          onCancel={props.onClose}
        />
      </Form>
    </Dialog>
  );
}
