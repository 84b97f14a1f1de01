// Whether this device hears and is heard: the level moves, and a sentence is played back.

import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, useEffect, useState } from "react";
import { soundStatus } from "../../app/queries";
import { useSession } from "../../app/session";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import { StepHeading } from "../../parts/page";
import { platform } from "../../platform";
import type { SoundStatus } from "../../rpc/schema";
import { testIds } from "../../testids";
import { DeviceField, Tried, useListening, useSoundChange } from "../sound/parts";
import { StepButtons } from "./frame";

interface Check {
  readonly status: SoundStatus | undefined;
  readonly onHeard: (heard: boolean) => void;
}

export function HearingStep(props: { readonly onNext: () => void; readonly onBack: () => void }) {
  const { t } = useText();
  const status = useQuery(soundStatus).data;
  const [hears, setHears] = useState(false);
  const [isHeard, setIsHeard] = useState(false);
  const done = hears && isHeard;
  return (
    <div className="form">
      <StepHeading>{t("setup.sound.title")}</StepHeading>
      <p className="lead">{t("setup.sound.text")}</p>
      <div className="setup-panels">
        <MicrophoneCheck status={status} onHeard={setHears} />
        <LoudspeakerCheck status={status} onHeard={setIsHeard} />
      </div>
      {!done && <p className="muted">{t("setup.sound.without")}</p>}
      <StepButtons
        next={done ? t("setup.next") : t("setup.sound.skip")}
        quiet={!done}
        onNext={props.onNext}
        onBack={props.onBack}
      />
    </div>
  );
}

/** Which of several devices; nothing where there is no choice. */
function Choice(props: ComponentProps<typeof DeviceField>) {
  return props.devices.length < 2 ? null : <DeviceField {...props} />;
}

function MicrophoneCheck({ status, onHeard }: Check) {
  const { t } = useText();
  const { change, failure } = useSoundChange(status);
  const listen = useListening(onHeard);
  const level = useLevel(listen.pending);

  return (
    <section className="panel" aria-labelledby="hears">
      <h2 className="subtitle" id="hears">
        {t("sound.microphone")}
      </h2>
      <Choice
        label={t("sound.microphone")}
        devices={status?.microphones ?? []}
        value={status?.settings.microphone ?? null}
        onChange={(microphone) => change({ microphone })}
      />
      <div className="hearing">
        <Button
          icon="microphone"
          onPress={listen.run}
          isPending={listen.pending}
          data-testid={testIds.sound.tryMicrophone}
        >
          {listen.pending ? t("sound.listening") : t("sound.try-microphone")}
        </Button>
        <div
          role="meter"
          aria-label={t("setup.sound.level")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(level * 100)}
          className="level"
        >
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect className="level-ground" width="100" height="4" />
            <rect className="level-now" width={Math.round(level * 100)} height="4" />
          </svg>
        </div>
      </div>
      <Tried tried={listen.tried} />
      <FailureNotice failure={listen.failure ?? failure} />
    </section>
  );
}

/** How loud it is, 0 to 1, while somebody is listened to. */
function useLevel(on: boolean): number {
  const token = useSession()?.token ?? null;
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (token === null) return;
    return platform.watch(token, {
      notice: (notice) => {
        if (notice.kind === "voice-level") setLevel(Math.min(1, notice.peak));
      },
      connected: () => {},
    });
  }, [token]);
  return on ? level : 0;
}

function LoudspeakerCheck({ status, onHeard }: Check) {
  const { t } = useText();
  const { change, failure } = useSoundChange(status);
  const play = useCall("sound.try-loudspeaker");
  const [answer, setAnswer] = useState<"none" | "asked" | "heard" | "not-heard">("none");

  async function speak() {
    setAnswer("none");
    onHeard(false);
    if ((await play.run({})) !== undefined) setAnswer("asked");
  }

  function say(heard: boolean) {
    setAnswer(heard ? "heard" : "not-heard");
    onHeard(heard);
  }

  return (
    <section className="panel" aria-labelledby="is-heard">
      <h2 className="subtitle" id="is-heard">
        {t("sound.loudspeaker")}
      </h2>
      <Choice
        label={t("sound.loudspeaker")}
        devices={status?.loudspeakers ?? []}
        value={status?.settings.loudspeaker ?? null}
        onChange={(loudspeaker) => change({ loudspeaker })}
      />
      {status?.voice === false && <p className="note">{t("sound.no-voice")}</p>}
      <div className="hearing">
        <Button
          icon="speak"
          onPress={speak}
          isPending={play.pending}
          data-testid={testIds.sound.tryLoudspeaker}
        >
          {t("setup.sound.play")}
        </Button>
      </div>
      <div role="status">
        {answer === "heard" && (
          <p className="verdict verdict-good">
            <Icon name="check" />
            {t("setup.sound.good")}
          </p>
        )}
        {answer === "not-heard" && <p className="refusal">{t("setup.sound.choose")}</p>}
      </div>
      {answer === "asked" && (
        <div className="hearing">
          <p>{t("setup.sound.heard-question")}</p>
          <Button look="primary" onPress={() => say(true)} data-testid={testIds.setup.heard}>
            {t("setup.sound.heard")}
          </Button>
          <Button onPress={() => say(false)} data-testid={testIds.setup.notHeard}>
            {t("setup.sound.not-heard")}
          </Button>
        </div>
      )}
      <FailureNotice failure={play.failure ?? failure} />
    </section>
  );
}
