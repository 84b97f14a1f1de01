import { useState } from "react";
import { useSession } from "../../app/session";
import { useText } from "../../i18n";
import { checkAgain, checkSecret, PASSWORD_LEAST } from "../../logic/setup";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, SecretField } from "../../parts/field";
import { useFields } from "../../parts/fields";
import { LanguageSwitch } from "../../parts/page";
import { problemText } from "../../parts/problem";
import { toast } from "../../parts/toast";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { PinPanel } from "./pin";

const BLANK = { present: "", next: "", again: "" };

export function Account() {
  const { t } = useText();
  const person = useSession()?.person;
  const change = useCall("password.change");
  const { fields, field, clear } = useFields(BLANK);
  const [checked, setChecked] = useState(false);
  const problems = {
    present: fields.present === "" ? t("check.required") : null,
    next: problemText(t, checkSecret(fields.next, PASSWORD_LEAST)),
    again: problemText(t, checkAgain(fields.next, fields.again)),
  };

  async function submit() {
    setChecked(true);
    if (Object.values(problems).some((problem) => problem !== null)) return;
    const done = await change.run({ present: fields.present, new: fields.next });
    clear();
    setChecked(false);
    if (done !== undefined) toast(t("account.changed"));
  }

  return (
    <div className="narrow">
      <PageHead title={t("account.title")} text={t("account.signed-in-as", { login: person?.login ?? "" })} />
      <section className="panel">
        <h2 className="subtitle">{t("app.language")}</h2>
        <LanguageSwitch />
      </section>
      <section className="panel">
        <h2 className="subtitle">{t("account.password.title")}</h2>
        <Form onSubmit={submit}>
          <SecretField
            label={t("account.present")}
            problem={checked ? problems.present : null}
            autoComplete="current-password"
            testId={testIds.account.present}
            {...field("present")}
          />
          <SecretField
            label={t("account.new")}
            help={t("account.new-help")}
            problem={checked ? problems.next : null}
            autoComplete="new-password"
            testId={testIds.account.next}
            {...field("next")}
          />
          <SecretField
            label={t("account.new-again")}
            problem={checked ? problems.again : null}
            autoComplete="new-password"
            testId={testIds.account.again}
            {...field("again")}
          />
          <FailureNotice failure={change.failure} />
          <div className="buttons">
            <Button
              type="submit"
              look="primary"
              isPending={change.pending}
              data-testid={testIds.account.submit}
            >
              {t("account.change")}
            </Button>
          </div>
        </Form>
      </section>
      <PinPanel />
    </div>
  );
}
