// The screen in the waiting room.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { appState } from "../../app/queries";
import { session } from "../../app/session";
import { setLanguage } from "../../i18n";
import { platform } from "../../platform";
import type { Session } from "../../rpc/schema";
import { Declined, Done, ReviewStep } from "./after";
import { ConsentStep, IdentifyStep, Welcome } from "./before";
import { type IntakeFlow, useIntakeFlow } from "./flow";
import { Frame } from "./frame";
import { IdleQuestion, useIdle } from "./idle";
import { QuestionStep } from "./question";
import { StaffExit } from "./staff";
import { VoiceProvider } from "./voice";

export function Kiosk() {
  const navigate = useNavigate();
  const state = useQuery(appState).data;
  const flow = useIntakeFlow();
  const [staff, setStaff] = useState(false);
  const clinic = state?.clinic ?? null;

  const screen = flow.view?.step.screen;
  const inIntake = screen !== undefined && screen !== "done" && screen !== "declined";
  const leaveStaff = useCallback(() => setStaff(false), []);
  const idle = useIdle(inIntake || staff, inIntake ? flow.abandon : leaveStaff);

  useNoContextMenu();

  async function onLeft(opened: Session) {
    flow.wipe();
    session.begin(opened);
    await platform.fullScreen(false);
    if (state !== undefined) setLanguage(state.language);
    await navigate({ to: "/" });
  }

  return (
    <div className="kiosk" key={flow.patient}>
      {flow.view === null ? (
        <Welcome
          clinic={clinic}
          languages={state?.intake_languages ?? []}
          flow={flow}
          onStaff={() => setStaff(true)}
        />
      ) : (
        <VoiceProvider encounter={flow.view.encounter} onPerson={() => flow.send("intake.help", {})}>
          <Frame
            clinic={clinic}
            view={flow.view}
            busy={flow.busy}
            failure={flow.failure}
            onPerson={() => flow.send("intake.help", {})}
          >
            <Step flow={flow} />
          </Frame>
        </VoiceProvider>
      )}
      {staff && <StaffExit onClose={leaveStaff} onLeft={onLeft} />}
      {idle.phase.kind === "asking" && (
        <IdleQuestion
          secondsLeft={idle.phase.secondsLeft}
          onStay={idle.stay}
          onLeave={inIntake ? flow.abandon : leaveStaff}
        />
      )}
    </div>
  );
}

function Step({ flow }: { readonly flow: IntakeFlow }) {
  const { view, busy, send } = flow;
  if (view === null) return null;
  const { step } = view;
  switch (step.screen) {
    case "consent":
      return (
        <ConsentStep
          scopes={step.scopes}
          busy={busy}
          onConsent={(consents) => send("intake.consent", { consents })}
        />
      );
    case "identify":
      return (
        <IdentifyStep
          busy={busy}
          onIdentify={(name, birthDate) => send("intake.identify", { name, birth_date: birthDate })}
        />
      );
    case "question":
      return (
        <QuestionStep
          key={step.question.link_id}
          view={view}
          question={step.question}
          busy={busy}
          onAnswer={(answer, source, words) => {
            const given = { link_id: step.question.link_id, answer, source };
            send("intake.answer", words === undefined ? given : { ...given, words });
          }}
          onLeave={(given) => send("intake.leave-open", { link_id: step.question.link_id, ...given })}
          onBack={() => send("intake.back", {})}
        />
      );
    case "review":
      return (
        <ReviewStep
          view={view}
          lines={step.lines}
          busy={busy}
          onChange={(linkId) => send("intake.go-to", { link_id: linkId })}
          onBack={() => send("intake.back", {})}
          onSubmit={() => send("intake.submit", {})}
        />
      );
    case "declined":
      return <Declined onLeave={flow.wipe} />;
    case "done":
      return <Done ticket={step.ticket} onLeave={flow.wipe} />;
  }
}

/** A long touch shows no browser menu. */
function useNoContextMenu() {
  useEffect(() => {
    const prevent = (event: Event) => event.preventDefault();
    window.addEventListener("contextmenu", prevent);
    window.addEventListener("dragstart", prevent);
    return () => {
      window.removeEventListener("contextmenu", prevent);
      window.removeEventListener("dragstart", prevent);
    };
  }, []);
}
