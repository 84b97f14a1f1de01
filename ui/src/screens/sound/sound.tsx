// Microphone, loudspeaker and voice of this device, each to be tried.

import { useQuery } from "@tanstack/react-query";
import { soundStatus } from "../../app/queries";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { OptionField } from "../../parts/field";
import { asFailure } from "../../rpc/client";
import type { SoundStatus } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { DeviceField, Tried, useListening, useSoundChange } from "./parts";

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
  const { change, failure } = useSoundChange(status);
  const microphone = useListening();
  const loudspeaker = useCall("sound.try-loudspeaker");
  const { settings } = status;

  const nearest = (choices: readonly string[], value: number) =>
    choices.reduce((best, choice) =>
      Math.abs(Number(choice) - value) < Math.abs(Number(best) - value) ? choice : best,
    );
  return (
    <>
      <section className="panel" data-testid={testIds.sound.page}>
        <h2>{t("sound.microphone")}</h2>
        <DeviceField
          label={t("sound.microphone")}
          devices={status.microphones}
          value={settings.microphone}
          onChange={(microphone) => change({ microphone })}
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
            onPress={microphone.run}
            data-testid={testIds.sound.tryMicrophone}
          >
            {microphone.pending ? t("sound.listening") : t("sound.try-microphone")}
          </Button>
        </div>
        <Tried tried={microphone.tried} />
        <FailureNotice failure={microphone.failure} />
      </section>
      <section className="panel">
        <h2>{t("sound.loudspeaker")}</h2>
        <DeviceField
          label={t("sound.loudspeaker")}
          devices={status.loudspeakers}
          value={settings.loudspeaker}
          onChange={(loudspeaker) => change({ loudspeaker })}
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
        <FailureNotice failure={failure} />
      </section>
    </>
  );
}
