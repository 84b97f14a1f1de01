// The screen in the waiting room.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { appState, kioskDevice } from "../../app/queries";
import { useRehearsal } from "../../app/rehearsal";
import { session } from "../../app/session";
import { baseOf, KIOSK_LANGUAGES, setLanguage, useText } from "../../i18n";
import { ScreenKeyboard } from "../../parts/keyboard";
import { platform } from "../../platform";
import type { KioskDevice, Session } from "../../rpc/schema";
import { Declined, Done, ReviewStep } from "./after";
import { ConsentStep, IdentifyStep } from "./before";
import { ComfortProvider, ComfortSheet, DarkScreen, useComfort } from "./comfort";
import { type IntakeFlow, useIntakeFlow } from "./flow";
import { Frame } from "./frame";
import { IdleQuestion, useIdle } from "./idle";
import { useLockdown } from "./lockdown";
import { QuestionStep } from "./question";
import { StaffExit } from "./staff";
import { VoiceProvider } from "./voice";
import { Attract, LanguageChoice } from "./welcome";

export function Kiosk() {
  const { t } = useText();
  const device = useQuery(kioskDevice).data;
  const flow = useIntakeFlow();
  useLockdown();
  // Nothing is shown before the clinic's waits are known, and who stands here.
  if (device === undefined || !flow.ready) {
    return (
      <p className="waiting" role="status">
        {t("app.loading")}
      </p>
    );
  }
  return (
    <ComfortProvider key={flow.patient} deviceVolume={device.volume}>
      <Screen flow={flow} device={device} />
    </ComfortProvider>
  );
}

function Screen({ flow, device }: { readonly flow: IntakeFlow; readonly device: KioskDevice }) {
  const navigate = useNavigate();
  const state = useQuery(appState).data;
  const { language } = useText();
  const comfort = useComfort();
  // This component is built anew for each patient: the screen that invites is where everyone begins.
  const [begun, setBegun] = useState(false);
  const [staff, setStaff] = useState(false);
  const [sheet, setSheet] = useState(false);
  const rehearsed = useRehearsal() !== null;
  const clinic = state?.clinic ?? null;
  const { view, abandon, wipe } = flow;
  const { settings } = device;

  const inIntake = view !== null && view.step.screen !== "done" && view.step.screen !== "declined";
  const touched = begun || sheet;
  const leaveStaff = useCallback(() => setStaff(false), []);
  const leave = inIntake ? abandon : staff ? leaveStaff : wipe;
  const idle = useIdle(inIntake || staff || (touched && view === null), leave, {
    askAfterMs: settings.ask_after_s * 1000,
    leaveAfterMs: settings.leave_after_s * 1000,
  });

  const offered = offeredLanguages(settings.languages, state?.intake_languages ?? []);
  // What is heard is understood in the questions' languages only.
  const speaks = device.speaks && (view === null || baseOf(view.asked_in) === baseOf(view.language));
  const closeSheet = useCallback(() => setSheet(false), []);

  async function onLeft(opened: Session) {
    flow.wipe();
    session.begin(opened);
    await platform.fullScreen(false);
    if (state !== undefined) setLanguage(state.language);
    await navigate({ to: "/" });
  }

  const welcome = {
    clinic,
    languages: offered,
    flow,
    onPerson: () => flow.begin(offered.find((id) => id === state?.language) ?? offered[0] ?? "en", true),
    onComfort: () => setSheet(true),
  };
  const asking = idle.phase.kind === "asking" ? idle.phase : null;
  const idleQuestion = asking !== null && (
    <IdleQuestion
      encounter={inIntake ? view.encounter : null}
      speaks={speaks}
      secondsLeft={asking.secondsLeft}
      onStay={idle.stay}
      onLeave={leave}
    />
  );

  return (
    <div className="kiosk">
      {view === null && !begun && (
        <Attract
          {...welcome}
          greeting={settings.welcome}
          onBegin={() => (offered.length === 1 ? flow.begin(offered[0] ?? "en") : setBegun(true))}
          onStaff={rehearsed ? null : () => setStaff(true)}
        />
      )}
      {view === null && begun && <LanguageChoice {...welcome} onBack={wipe} />}
      {view !== null && (
        <VoiceProvider
          encounter={view.encounter}
          speaks={speaks}
          onPerson={() => flow.send("intake.help", {})}
        >
          <Frame
            clinic={clinic}
            view={view}
            busy={flow.busy}
            failure={flow.failure}
            onPerson={() => flow.send("intake.help", {})}
            onComfort={() => setSheet(true)}
          >
            <Step flow={flow} device={device} clinic={clinic} />
          </Frame>
          {idleQuestion}
        </VoiceProvider>
      )}
      {view === null && idleQuestion}
      {staff && <StaffExit pinPad={device.pin_pad} onClose={leaveStaff} onLeft={onLeft} />}
      {sheet && <ComfortSheet speaks={speaks} mayGoDark={inIntake} onClose={closeSheet} />}
      {comfort.dark && inIntake && <DarkScreen />}
      <ScreenKeyboard
        use={settings.keyboard}
        language={language}
        focusOn={inIntake && !comfort.speech ? stepOf(flow) : null}
      />
    </div>
  );
}

/** The languages on the screen: those that the clinic chose, else every one of the questions and of the screens. */
function offeredLanguages(chosen: readonly string[], asked: readonly string[]): readonly string[] {
  const all = [...asked, ...KIOSK_LANGUAGES.filter((id) => !asked.some((other) => baseOf(other) === id))];
  const offered = chosen.length === 0 ? all : chosen.filter((id) => all.includes(id));
  return offered.length === 0 ? all : offered;
}

function stepOf({ view }: IntakeFlow): string | null {
  if (view === null) return null;
  return view.step.screen === "question" ? `question-${view.step.question.link_id}` : view.step.screen;
}

function Step(props: {
  readonly flow: IntakeFlow;
  readonly device: KioskDevice;
  readonly clinic: string | null;
}) {
  const { view, busy, send, wipe } = props.flow;
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
      return <Declined onLeave={wipe} />;
    case "done":
      return (
        <Done
          ticket={step.ticket}
          clinic={props.clinic}
          prints={props.device.settings.prints_tickets}
          onLeave={wipe}
        />
      );
  }
}
