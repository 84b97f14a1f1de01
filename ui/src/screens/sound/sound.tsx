// Microphone, loudspeaker and voice of this device, each to be tried.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient, soundStatus } from "../../app/queries";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { OptionField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { asFailure } from "../../rpc/client";
import type { SoundDevice, SoundSettings, SoundStatus, SoundTried } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

const USUAL = "";
const SECONDS = 4;
const VOLUMES = ["0.4", "0.6", "0.8", "1"];
const RATES = ["0.8", "1", "1.2"];

export function Sound() {
  const { t } = useText();
  const query = useQuery(soundStatus);
  return (
    <div className="narrow">
      <PageHead title={t("sound.title")} text={t("sound.text")} />
      {query.data !== undefined && <SoundForm status={query.data} />}
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
    </div>
  );
}

function SoundForm({ status }: { readonly status: SoundStatus }) {
  const { t } = useText();
  const configure = useCall("sound.configure");
  const microphone = useCall("sound.try-microphone");
  const loudspeaker = useCall("sound.try-loudspeaker");
  const [tried, setTried] = useState<SoundTried | null>(null);
  const { settings } = status;

  async function change(part: Partial<SoundSettings>) {
    const next = await configure.run({ ...settings, ...part });
    if (next !== undefined) queryClient.setQueryData(soundStatus.queryKey, next);
  }

  async function listen() {
    setTried(null);
    const result = await microphone.run({ seconds: SECONDS });
    if (result !== undefined) setTried(result);
  }

  const devices = (found: readonly SoundDevice[]) => [
    { id: USUAL, label: t("sound.usual") },
    ...found.map((device) => ({ id: device.id, label: device.name })),
  ];
  const nearest = (choices: readonly string[], value: number) =>
    choices.reduce((best, choice) =>
      Math.abs(Number(choice) - value) < Math.abs(Number(best) - value) ? choice : best,
    );
  const result = tried === null ? null : tried.loss !== null ? "loss" : tried.speech ? "speech" : "quiet";
  return (
    <>
      <section className="panel" data-testid={testIds.sound.page}>
        <h2>{t("sound.microphone")}</h2>
        <OptionField
          label={t("sound.microphone")}
          hideLabel
          value={settings.microphone ?? USUAL}
          onChange={(id) => change({ microphone: id === USUAL ? null : id })}
          options={devices(status.microphones)}
        />
        <OptionField
          label={t("sound.speakers")}
          value={settings.two_microphones ? "two" : "one"}
          onChange={(value) => change({ two_microphones: value === "two" })}
          options={[
            { id: "one", label: t("sound.one-microphone") },
            { id: "two", label: t("sound.two-microphones") },
          ]}
        />
        <div className="buttons">
          <Button
            icon="microphone"
            look="primary"
            isPending={microphone.pending}
            onPress={listen}
            data-testid={testIds.sound.tryMicrophone}
          >
            {microphone.pending ? t("sound.listening") : t("sound.try-microphone")}
          </Button>
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
        <FailureNotice failure={microphone.failure} />
      </section>
      <section className="panel">
        <h2>{t("sound.loudspeaker")}</h2>
        <OptionField
          label={t("sound.loudspeaker")}
          hideLabel
          value={settings.loudspeaker ?? USUAL}
          onChange={(id) => change({ loudspeaker: id === USUAL ? null : id })}
          options={devices(status.loudspeakers)}
        />
        <OptionField
          label={t("sound.volume")}
          look="segments"
          value={nearest(VOLUMES, settings.volume)}
          onChange={(value) => change({ volume: Number(value) })}
          options={VOLUMES.map((id) => ({ id, label: `${Math.round(Number(id) * 100)} %` }))}
        />
        <OptionField
          label={t("sound.rate")}
          look="segments"
          value={nearest(RATES, settings.rate)}
          onChange={(value) => change({ rate: Number(value) })}
          options={[
            { id: "0.8", label: t("sound.slow") },
            { id: "1", label: t("sound.normal") },
            { id: "1.2", label: t("sound.fast") },
          ]}
        />
        {!status.voice && <p className="verdict verdict-bad">{t("sound.no-voice")}</p>}
        <div className="buttons">
          <Button
            icon="speak"
            isPending={loudspeaker.pending}
            onPress={() => loudspeaker.run({})}
            data-testid={testIds.sound.tryLoudspeaker}
          >
            {t("sound.try-loudspeaker")}
          </Button>
        </div>
        <FailureNotice failure={loudspeaker.failure} />
      </section>
      <section className="panel">
        <h2>{t("sound.recognition")}</h2>
        {status.model === null ? (
          <p className="verdict verdict-bad">{t("sound.no-model")}</p>
        ) : (
          <OptionField
            label={t("sound.model")}
            help={status.only_answers ? t("sound.only-answers") : t("sound.model-help")}
            value={status.model}
            onChange={(model) => change({ model })}
            options={status.models.map((id) => ({ id, label: id }))}
          />
        )}
        <FailureNotice failure={configure.failure} />
      </section>
    </>
  );
}
