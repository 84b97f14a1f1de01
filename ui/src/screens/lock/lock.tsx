// A staff screen that is locked: nothing of the page behind it is there any more, and its person unlocks it.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useKnownAlarms } from "../../app/alarms";
import { saveKept } from "../../app/logoff";
import { appState, queryClient } from "../../app/queries";
import { useRecording } from "../../app/recording";
import { session, useSession } from "../../app/session";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { QuietPage, StepHeading } from "../../parts/page";
import { clearToasts } from "../../parts/toast";
import { call } from "../../rpc/client";
import type { Session } from "../../rpc/schema";
import { testIds } from "../../testids";
import { OwnSecretField } from "../account/own-secret";
import { CredentialsForm } from "../sign-in/credentials";

export function LockScreen() {
  const { t } = useText();
  const clinic = useQuery(appState).data?.clinic ?? null;
  const name = useSession()?.person?.name ?? "";
  const recording = useRecording();
  const { raised } = useKnownAlarms();
  const [before] = useState(raised);
  const [other, setOther] = useState(false);

  useEffect(() => {
    // What was read is not kept behind the cover either.
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "app" });
    clearToasts();
  }, []);

  return (
    <QuietPage name={clinic} withLanguage>
      <div className="form" data-testid={testIds.lock.screen}>
        <div role="alert">
          {raised > before && (
            <p className="note lock-alarm" data-testid={testIds.lock.alarm}>
              <Icon name="alarm" />
              {t("lock.alarm", { count: raised - before })}
            </p>
          )}
        </div>
        {recording !== null && (
          <p className="lock-recording" data-testid={testIds.lock.recording}>
            <span className="recorder-dot" aria-hidden="true" />
            {t("lock.recording")}
          </p>
        )}
        {other ? (
          <SomeoneElse key="other" name={name} onBack={() => setOther(false)} />
        ) : (
          <Unlock key="own" name={name} onOther={() => setOther(true)} />
        )}
      </div>
    </QuietPage>
  );
}

function Unlock(props: { readonly name: string; readonly onOther: () => void }) {
  const { t } = useText();
  const unlock = useCall("session.unlock");
  const [secret, setSecret] = useState("");
  const [checked, setChecked] = useState(false);

  async function submit() {
    setChecked(true);
    if (secret === "") return;
    const opened = await unlock.run({ secret });
    setSecret("");
    setChecked(false);
    if (opened === undefined) return;
    await saveKept();
    session.begin(opened);
  }

  return (
    <Form onSubmit={submit}>
      <StepHeading>{t("lock.title")}</StepHeading>
      <p className="lead">{t("lock.who", { name: props.name })}</p>
      <OwnSecretField
        value={secret}
        onChange={setSecret}
        problem={checked && secret === "" ? t("check.required") : null}
        testId={testIds.lock.secret}
      />
      <FailureNotice failure={unlock.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          size="large"
          icon="lock"
          isPending={unlock.pending}
          data-testid={testIds.lock.unlock}
        >
          {t("lock.unlock")}
        </Button>
        <Button look="bare" onPress={props.onOther} data-testid={testIds.lock.other}>
          {t("lock.other")}
        </Button>
      </div>
    </Form>
  );
}

function SomeoneElse(props: { readonly name: string; readonly onBack: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const { login, password, signIn: submit } = testIds.lock;

  async function enter(opened: Session) {
    // Only now: whoever passes by and presses the button ends nobody's recording.
    await call("session.sign-out", {}).catch(() => {});
    session.begin(opened);
    await navigate({ to: "/" });
  }

  return (
    <CredentialsForm
      method="session.sign-in"
      onOpened={enter}
      testIds={{ login, password, submit }}
      otherButton={
        <Button look="bare" onPress={props.onBack}>
          {t("app.back")}
        </Button>
      }
    >
      <StepHeading>{t("lock.other-title")}</StepHeading>
      <p className="lead">{t("lock.other-text", { name: props.name })}</p>
    </CredentialsForm>
  );
}
