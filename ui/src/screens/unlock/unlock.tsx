// A vault that is locked, and one that does not open.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { appState, queryClient } from "../../app/queries";
import { errorText, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form } from "../../parts/field";
import { QuietPage, StepHeading } from "../../parts/page";
import type { FailureCode } from "../../rpc/client";
import { testIds } from "../../testids";
import { useVaultKey, VaultKeyField } from "./vault-key";

export function Unlock() {
  const state = useQuery(appState).data;
  if (state?.phase.state === "rescue") return <Rescue code={state.phase.error.code} />;
  return <Locked />;
}

function Locked() {
  const { t } = useText();
  return (
    <QuietPage withLanguage>
      <KeyForm method="vault.unlock" title={t("unlock.title")} text={t("unlock.text")} />
    </QuietPage>
  );
}

/** Asks for the passphrase or the recovery words, and opens the vault with them. */
function KeyForm(props: {
  readonly method: "vault.unlock" | "vault.accept";
  readonly title: string;
  readonly text: string;
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const unlock = useCall(props.method);
  const typed = useVaultKey();
  const [problem, setProblem] = useState<string | null>(null);

  async function submit() {
    setProblem(typed.problem);
    if (typed.problem !== null) return;
    const state = await unlock.run(typed.key);
    if (state === undefined) return;
    typed.setSecret("");
    queryClient.setQueryData(appState.queryKey, state);
    await navigate({ to: "/" });
  }

  function switchWay() {
    typed.switchWay();
    setProblem(null);
    unlock.forget();
  }

  return (
    <Form onSubmit={submit}>
      <StepHeading>{props.title}</StepHeading>
      <p className="lead">{props.text}</p>
      <VaultKeyField
        typed={typed}
        problem={problem}
        isDisabled={unlock.pending}
        testId={typed.way === "passphrase" ? testIds.unlock.passphrase : testIds.unlock.words}
        mayComplete
      />
      <FailureNotice failure={unlock.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          size="large"
          isPending={unlock.pending}
          data-testid={testIds.unlock.submit}
        >
          {unlock.pending ? t("unlock.opening") : t("unlock.open")}
        </Button>
        <Button look="bare" size="large" onPress={switchWay} data-testid={testIds.unlock.switchWay}>
          {typed.otherWay}
        </Button>
      </div>
    </Form>
  );
}

function Rescue({ code }: { readonly code: FailureCode }) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const text = errorText(language, code);
  const again = useCall("vault.retry");
  const [accepting, setAccepting] = useState(false);

  async function retry() {
    const state = await again.run({});
    if (state === undefined) return;
    queryClient.setQueryData(appState.queryKey, state);
    await navigate({ to: "/" });
  }

  if (accepting) {
    return (
      <QuietPage withLanguage>
        <KeyForm method="vault.accept" title={t("rescue.accept.title")} text={t("rescue.accept.text")} />
        <Button look="bare" size="large" onPress={() => setAccepting(false)}>
          {t("app.back")}
        </Button>
      </QuietPage>
    );
  }
  return (
    <QuietPage withLanguage>
      <div className="form" data-testid={testIds.unlock.rescue}>
        <StepHeading>{t("rescue.title")}</StepHeading>
        <p className="lead">{text.what}</p>
        <p className="note">{t("rescue.calm")}</p>
        <section>
          <h2 className="subtitle">{t("rescue.next")}</h2>
          <p>{text.next}</p>
        </section>
        <p className="quiet-code" data-testid={testIds.unlock.rescueCode}>
          {t("app.error-code", { code })}
        </p>
        <div className="buttons">
          <Button
            look="primary"
            size="large"
            onPress={retry}
            isPending={again.pending}
            data-testid={testIds.unlock.retry}
          >
            {t("app.retry")}
          </Button>
          {code === "vault.tampered" && (
            <Button
              look="bare"
              size="large"
              onPress={() => setAccepting(true)}
              data-testid={testIds.unlock.accept}
            >
              {t("rescue.accept")}
            </Button>
          )}
        </div>
      </div>
    </QuietPage>
  );
}
