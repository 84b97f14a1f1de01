// The first start, step by step. Up to the recovery words nothing is kept; from then on the engine knows which step is next,
// so that it goes on after the application was closed.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { appState, queryClient } from "../../app/queries";
import { rehearsal } from "../../app/rehearsal";
import { useText } from "../../i18n";
import { type Guided, guidedAfter, guidedBefore, type Stage } from "../../logic/setup";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { QuietPage } from "../../parts/page";
import type { AppState, ClinicCreated, FirstStep } from "../../rpc/schema";
import { testIds } from "../../testids";
import { MakeClinic } from "./clinic";
import { DeviceStep } from "./device";
import { StepCount, useWarnBeforeLeaving } from "./frame";
import { HearingStep } from "./hearing";
import { LicenceStep } from "./licence";
import { ModelsStep } from "./models";
import { Ready, RehearsalStep } from "./rehearsal";
import { Restore } from "./restore";
import { Welcome } from "./welcome";
import { ConfirmWords, RecoveryWords, RenewWords } from "./words";

const WIDE: readonly Stage[] = ["words", "clinic", "sound", "models"];

/** Where the first start stands when its page opens. */
function stageAt(step: FirstStep | null): Stage {
  if (step === null) return "welcome";
  return step === "rehearsal" && rehearsal.wasHeld() ? "done" : step;
}

export function Setup() {
  const { t } = useText();
  const navigate = useNavigate();
  const state = useQuery(appState).data;
  const [stage, setStage] = useState<Stage>(() => stageAt(state?.first_start ?? null));
  const [clinic, setClinic] = useState(state?.clinic ?? "");
  const [created, setCreated] = useState<ClinicCreated | null>(null);
  const keep = useCall("first-start.keep");

  useWarnBeforeLeaving(created !== null, t("setup.leave-warning"));

  /** Keeps which step is next, then shows it. */
  async function go(step: Guided) {
    const next = await keep.run({ step });
    if (next === undefined) return;
    queryClient.setQueryData(appState.queryKey, next);
    setStage(step);
  }

  const guided = (at: Guided) => {
    const [after, before] = [guidedAfter(at), guidedBefore(at)];
    return {
      onNext: () => void (after === null ? setStage("done") : go(after)),
      onBack: () => void (before !== null && go(before)),
    };
  };

  async function finish() {
    const next = await keep.run({ step: null });
    if (next !== undefined) await leave(next);
  }

  async function leave(next: AppState) {
    queryClient.setQueryData(appState.queryKey, next);
    await navigate({ to: "/" });
  }

  return (
    <QuietPage wide={WIDE.includes(stage)}>
      <div className="setup" data-testid={testIds.setup.stage} data-stage={stage}>
        <StepCount stage={stage} />
        {stage === "welcome" && (
          <Welcome onNew={() => setStage("clinic")} onRestore={() => setStage("restore")} />
        )}
        {stage === "restore" && <Restore onRestored={leave} onBack={() => setStage("welcome")} />}
        {(stage === "clinic" || stage === "passphrase") && (
          <MakeClinic
            stage={stage}
            onStage={setStage}
            onBack={() => setStage("welcome")}
            onCreated={(name, words) => {
              setClinic(name);
              setCreated(words);
              setStage("words");
            }}
          />
        )}
        {stage === "words" && created === null && <RenewWords onRenewed={setCreated} />}
        {stage === "words" && created !== null && (
          <RecoveryWords clinic={clinic} created={created} onNext={() => setStage("confirm")} />
        )}
        {stage === "confirm" && created !== null && (
          <ConfirmWords
            words={created.recovery_words}
            onBack={() => setStage("words")}
            onConfirmed={() => {
              setCreated(null);
              // The engine has noted it with the words.
              void queryClient.invalidateQueries({ queryKey: appState.queryKey });
              setStage("device");
            }}
          />
        )}
        {stage === "device" && <DeviceStep {...guided("device")} />}
        {stage === "sound" && <HearingStep {...guided("sound")} />}
        {stage === "models" && <ModelsStep {...guided("models")} />}
        {stage === "licence" && <LicenceStep {...guided("licence")} />}
        {stage === "rehearsal" && <RehearsalStep onSkip={() => setStage("done")} />}
        {stage === "done" ? (
          <Ready pending={keep.pending} failure={keep.failure} onNext={finish} />
        ) : (
          <FailureNotice failure={keep.failure} />
        )}
      </div>
    </QuietPage>
  );
}
