// Whether this device hears and is heard: the level moves, and a sentence is played back.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryClient, soundStatus } from "../../app/queries";
import { useSession } from "../../app/session";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { OptionField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { StepHeading } from "../../parts/page";
import { platform } from "../../platform";
import type { SoundDevice, SoundSettings, SoundTried } from "../../rpc/schema";
import { testIds } from "../../testids";
import { StepButtons } from "./frame";

const USUAL = "";
const SECONDS = 4;

export function HearingStep(props: { readonly onNext: () => void; readonly onBack: () => void }) {
  const { t } = useText();
  const [hears, setHears] = useState(false);
  const [isHeard, setIsHeard] = useState(false);
  const done = hears && isHeard;
  return (
    <div className="form">
      <StepHeading>{t("setup.sound.title")}</StepHeading>
      <p className="lead">{t("setup.sound.text")}</p>
      <div className="setup-panels">
        <MicrophoneCheck onHeard={setHears} />
        <LoudspeakerCheck onHeard={setIsHeard} />
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

function useSettings() {
  const status = useQuery(soundStatus).data;
  const configure = useCall("sound.configure");
  async function change(part: Partial<SoundSettings>) {
    if (status === undefined) return;
    const next = await configure.run({ ...status.settings, ...part });
    if (next !== undefined) queryClient.setQueryData(soundStatus.queryKey, next);
  }
  return { status, change, failure: configure.failure };
}

/** Which of several devices; nothing where there is no choice. */
function Choice(props: {
  readonly label: string;
  readonly devices: readonly SoundDevice[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}) {
  const { t } = useText();
  if (props.devices.length < 2) return null;
  return (
    <OptionField
      label={props.label}
      hideLabel
      value={props.value ?? USUAL}
      onChange={(id) => props.onChange(id === USUAL ? null : id)}
      options={[
        { id: USUAL, label: t("sound.usual") },
        ...props.devices.map((device) => ({ id: device.id, label: device.name })),
      ]}
    />
  );
}

function MicrophoneCheck({ onHeard }: { readonly onHeard: (heard: boolean) => void }) {
  const { t } = useText();
  const { status, change, failure } = useSettings();
  const listen = useCall("sound.try-microphone");
  const [tried, setTried] = useState<SoundTried | null>(null);
  const level = useLevel(listen.pending);

  async function hear() {
    setTried(null);
    const result = await listen.run({ seconds: SECONDS });
    if (result === undefined) return;
    setTried(result);
    onHeard(result.loss === null && result.speech);
  }

  const result = tried === null ? null : tried.loss !== null ? "loss" : tried.speech ? "speech" : "quiet";
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
          onPress={hear}
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
      <div role="status">
        {tried !== null && result !== null && (
          <p
            className={`verdict ${result === "speech" ? "verdict-good" : "verdict-bad"}`}
            data-testid={testIds.sound.tried}
            data-result={result}
          >
            <Icon name={result === "speech" ? "check" : "alarm"} />
            {result === "loss" ? t(`recorder.loss.${tried.loss ?? "failed"}`) : t(`sound.tried.${result}`)}
          </p>
        )}
      </div>
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

function LoudspeakerCheck({ onHeard }: { readonly onHeard: (heard: boolean) => void }) {
  const { t } = useText();
  const { status, change, failure } = useSettings();
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
      <div className="buttons">
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
