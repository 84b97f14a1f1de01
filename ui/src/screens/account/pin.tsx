// One's own PIN: chosen, changed or done without, each with the password.

import { useState } from "react";
import { session, useSession } from "../../app/session";
import { useText } from "../../i18n";
import { isPin } from "../../logic/digits";
import { checkAgain } from "../../logic/setup";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, SecretField } from "../../parts/field";
import { useFields } from "../../parts/fields";
import { problemText } from "../../parts/problem";
import { toast } from "../../parts/toast";
import { testIds } from "../../testids";

const BLANK = { password: "", pin: "", again: "" };

export function PinPanel() {
  const { t } = useText();
  const hasPin = useSession()?.has_pin ?? false;
  const set = useCall("pin.set");
  const remove = useCall("pin.remove");
  const { fields, field, clear } = useFields(BLANK);
  const [checked, setChecked] = useState<"set" | "remove" | null>(null);
  const problems = {
    password: fields.password === "" ? t("check.required") : null,
    pin: fields.pin === "" ? t("check.required") : isPin(fields.pin) ? null : t("account.pin.form"),
    again: problemText(t, checkAgain(fields.pin, fields.again)),
  };

  async function submit() {
    setChecked("set");
    remove.forget();
    if (Object.values(problems).some((problem) => problem !== null)) return;
    const done = await set.run({ password: fields.password, pin: fields.pin });
    clear();
    setChecked(null);
    if (done === undefined) return;
    session.begin(done);
    toast(t("account.pin.saved"));
  }

  async function doWithout() {
    setChecked("remove");
    set.forget();
    if (problems.password !== null) return;
    const done = await remove.run({ password: fields.password });
    clear();
    setChecked(null);
    if (done === undefined) return;
    session.begin(done);
    toast(t("account.pin.removed"));
  }

  return (
    <section className="panel" aria-labelledby="pin-title">
      <h2 className="subtitle" id="pin-title">
        {t("account.pin.title")}
      </h2>
      <p>{t("account.pin.text")}</p>
      <p data-testid={testIds.account.pinState} data-set={hasPin}>
        <strong>{hasPin ? t("account.pin.have") : t("account.pin.none")}</strong>
      </p>
      <Form onSubmit={submit}>
        <SecretField
          label={t("account.pin.new")}
          help={t("account.pin.new-help")}
          problem={checked === "set" ? problems.pin : null}
          testId={testIds.account.pin}
          {...field("pin")}
        />
        <SecretField
          label={t("account.pin.again")}
          problem={checked === "set" ? problems.again : null}
          testId={testIds.account.pinAgain}
          {...field("again")}
        />
        <SecretField
          label={t("account.pin.password")}
          problem={checked === null ? null : problems.password}
          autoComplete="current-password"
          testId={testIds.account.pinPassword}
          {...field("password")}
        />
        <FailureNotice failure={set.failure ?? remove.failure} />
        <div className="buttons">
          <Button type="submit" look="primary" isPending={set.pending} data-testid={testIds.account.pinSet}>
            {hasPin ? t("account.pin.change") : t("account.pin.set")}
          </Button>
          {hasPin && (
            <Button isPending={remove.pending} onPress={doWithout} data-testid={testIds.account.pinRemove}>
              {t("account.pin.remove")}
            </Button>
          )}
        </div>
      </Form>
    </section>
  );
}
