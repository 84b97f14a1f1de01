// One rehearsed intake, and the end of the first start.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { appState } from "../../app/queries";
import { rehearsal } from "../../app/rehearsal";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { FailureNotice } from "../../parts/failure";
import { Form } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { StepHeading } from "../../parts/page";
import { asFailure, type Failure } from "../../rpc/client";
import { testIds } from "../../testids";
import { StepButtons } from "./frame";

/** Begins a rehearsal: the page becomes the kiosk's. */
export function useRehearse() {
  const navigate = useNavigate();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function begin() {
    setPending(true);
    setFailure(null);
    try {
      await rehearsal.begin();
      await navigate({ to: "/kiosk" });
    } catch (thrown) {
      setFailure(asFailure(thrown));
      setPending(false);
    }
  }
  return { begin, pending, failure };
}

export function RehearsalStep({ onSkip }: { readonly onSkip: () => void }) {
  const { t } = useText();
  const { begin, pending, failure } = useRehearse();
  return (
    <div className="form">
      <StepHeading>{t("setup.rehearsal.title")}</StepHeading>
      <p className="lead">{t("setup.rehearsal.text")}</p>
      <p className="note">{t("setup.rehearsal.kept")}</p>
      <FailureNotice failure={failure} />
      <StepButtons next={t("setup.rehearsal.skip")} quiet onNext={onSkip}>
        <Button
          look="primary"
          size="large"
          icon="play"
          onPress={begin}
          isPending={pending}
          data-testid={testIds.rehearsal.begin}
        >
          {pending ? t("setup.rehearsal.preparing") : t("setup.rehearsal.begin")}
        </Button>
      </StepButtons>
    </div>
  );
}

export function Ready(props: {
  readonly pending: boolean;
  readonly failure: Failure | null;
  readonly onNext: () => void;
}) {
  const { t } = useText();
  const state = useQuery(appState).data;
  const role = state?.device_role ?? "both";
  return (
    <Form onSubmit={props.onNext}>
      <div className="setup-ready">
        <Icon name="check" />
      </div>
      <StepHeading>{t("setup.done.title", { clinic: state?.clinic ?? t("app.name") })}</StepHeading>
      <p className="lead">{t(`setup.done.${role}`)}</p>
      {rehearsal.wasHeld() && <p className="note">{t("setup.done.rehearsed")}</p>}
      <FailureNotice failure={props.failure} />
      <StepButtons next={t("setup.done.next")} pending={props.pending} />
    </Form>
  );
}
