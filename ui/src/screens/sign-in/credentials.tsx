// A name and a password, and the session that opens with them.

import { type ReactNode, useState } from "react";
import { useText } from "../../i18n";
import { checkName } from "../../logic/setup";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, SecretField, TextField } from "../../parts/field";
import { problemText } from "../../parts/problem";
import type { Session } from "../../rpc/schema";

export function CredentialsForm(props: {
  readonly method: "session.sign-in" | "kiosk.close";
  readonly onOpened: (session: Session) => void | Promise<void>;
  readonly testIds: { readonly login: string; readonly password: string; readonly submit: string };
  /** What stands over the fields. */
  readonly children: ReactNode;
  /** The button, where it is not to sign in. */
  readonly submit?: string;
  readonly otherButton?: ReactNode;
  readonly foot?: ReactNode;
  /** In front of patients: the browser neither offers nor keeps a name, and the first field has the focus. */
  readonly atKiosk?: boolean;
}) {
  const { t } = useText();
  const open = useCall(props.method);
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const complete = (kind: string) => (props.atKiosk ? "off" : kind);

  async function submit() {
    setChecked(true);
    if (login.trim() === "" || password === "") return;
    const opened = await open.run({ login: login.trim(), password });
    setPassword("");
    setChecked(false);
    if (opened !== undefined) await props.onOpened(opened);
  }

  return (
    <Form onSubmit={submit}>
      {props.children}
      <TextField
        label={t("signin.login")}
        value={login}
        onChange={setLogin}
        problem={checked ? problemText(t, checkName(login)) : null}
        autoComplete={complete("username")}
        testId={props.testIds.login}
        autoFocus={props.atKiosk ?? false}
      />
      <SecretField
        label={t("signin.password")}
        value={password}
        onChange={setPassword}
        problem={checked && password === "" ? t("check.required") : null}
        autoComplete={complete("current-password")}
        testId={props.testIds.password}
      />
      <FailureNotice failure={open.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          size="large"
          isPending={open.pending}
          data-testid={props.testIds.submit}
        >
          {props.submit ?? (open.pending ? t("signin.pending") : t("signin.submit"))}
        </Button>
        {props.otherButton}
      </div>
      {props.foot}
    </Form>
  );
}
