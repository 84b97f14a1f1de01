import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { appState } from "../../app/queries";
import { session } from "../../app/session";
import { useText } from "../../i18n";
import { checkName } from "../../logic/setup";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, SecretField, TextField } from "../../parts/field";
import { QuietPage, StepHeading } from "../../parts/page";
import { problemText } from "../../parts/problem";
import { testIds } from "../../testids";
import { BrandFoot } from "../account/about";

export function SignIn() {
  const { t } = useText();
  const navigate = useNavigate();
  const state = useQuery(appState).data;
  const signIn = useCall("session.sign-in");
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const [expired] = useState(session.hasExpired);

  async function submit() {
    setChecked(true);
    if (login.trim() === "" || password === "") return;
    const opened = await signIn.run({ login: login.trim(), password });
    setPassword("");
    setChecked(false);
    if (opened === undefined) return;
    session.begin(opened);
    await navigate({ to: "/" });
  }

  return (
    <QuietPage name={state?.clinic ?? null} withLanguage>
      <Form onSubmit={submit}>
        <StepHeading>{t("signin.title")}</StepHeading>
        {expired && <p className="note">{t("signin.expired")}</p>}
        {state?.first_start != null && <p className="note">{t("setup.go-on")}</p>}
        {state?.read_only && <p className="note">{t("app.read-only")}</p>}
        <TextField
          label={t("signin.login")}
          value={login}
          onChange={setLogin}
          problem={checked ? problemText(t, checkName(login)) : null}
          autoComplete="username"
          testId={testIds.signIn.login}
        />
        <SecretField
          label={t("signin.password")}
          value={password}
          onChange={setPassword}
          problem={checked && password === "" ? t("check.required") : null}
          autoComplete="current-password"
          testId={testIds.signIn.password}
        />
        <FailureNotice failure={signIn.failure} />
        <div className="buttons">
          <Button
            type="submit"
            look="primary"
            size="large"
            isPending={signIn.pending}
            data-testid={testIds.signIn.submit}
          >
            {signIn.pending ? t("signin.pending") : t("signin.submit")}
          </Button>
        </div>
        <p className="quiet-foot">{t("signin.private")}</p>
        <BrandFoot />
      </Form>
    </QuietPage>
  );
}
