// The way out of the kiosk: somebody who may open one signs in.

import { useState } from "react";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form, SecretField, TextField } from "../../parts/field";
import type { Session } from "../../rpc/schema";
import { testIds } from "../../testids";

export function StaffExit(props: {
  readonly onClose: () => void;
  readonly onLeft: (session: Session) => void;
}) {
  const { t } = useText();
  const leave = useCall("kiosk.close");
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);

  async function submit() {
    setChecked(true);
    if (login.trim() === "" || password === "") return;
    const opened = await leave.run({ login: login.trim(), password });
    setPassword("");
    setChecked(false);
    if (opened !== undefined) props.onLeft(opened);
  }

  return (
    <Dialog title={t("kiosk.staff.title")} onClose={props.onClose}>
      <Form onSubmit={submit}>
        <p>{t("kiosk.staff.text")}</p>
        <TextField
          label={t("signin.login")}
          value={login}
          onChange={setLogin}
          problem={checked && login.trim() === "" ? t("check.required") : null}
          testId={testIds.kiosk.staffLogin}
          autoFocus
        />
        <SecretField
          label={t("signin.password")}
          value={password}
          onChange={setPassword}
          problem={checked && password === "" ? t("check.required") : null}
          testId={testIds.kiosk.staffPassword}
        />
        <FailureNotice failure={leave.failure} />
        <div className="buttons">
          <Button
            type="submit"
            look="primary"
            size="large"
            isPending={leave.pending}
            data-testid={testIds.kiosk.staffSubmit}
          >
            {t("kiosk.staff.leave")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
