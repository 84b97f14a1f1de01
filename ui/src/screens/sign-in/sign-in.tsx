import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { appState } from "../../app/queries";
import { session } from "../../app/session";
import { useText } from "../../i18n";
import { QuietPage, StepHeading } from "../../parts/page";
import type { Session } from "../../rpc/schema";
import { testIds } from "../../testids";
import { BrandFoot } from "../account/about";
import { CredentialsForm } from "./credentials";

export function SignIn() {
  const { t } = useText();
  const navigate = useNavigate();
  const state = useQuery(appState).data;
  const [expired] = useState(session.hasExpired);

  async function enter(opened: Session) {
    session.begin(opened);
    await navigate({ to: "/" });
  }

  return (
    <QuietPage name={state?.clinic ?? null} withLanguage>
      <CredentialsForm
        method="session.sign-in"
        onOpened={enter}
        testIds={testIds.signIn}
        foot={
          <>
            <p className="quiet-foot">{t("signin.private")}</p>
            <BrandFoot />
          </>
        }
      >
        <StepHeading>{t("signin.title")}</StepHeading>
        {expired && <p className="note">{t("signin.expired")}</p>}
        {state?.first_start != null && <p className="note">{t("setup.go-on")}</p>}
        {state?.read_only && <p className="note">{t("app.read-only")}</p>}
      </CredentialsForm>
    </QuietPage>
  );
}
