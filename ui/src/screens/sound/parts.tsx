// What the page of sound and the first start both ask: which device, and whether it hears.

import { useState } from "react";
import { queryClient, soundStatus } from "../../app/queries";
import { useText } from "../../i18n";
import { useCall } from "../../parts/call";
import { OptionField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import type { SoundDevice, SoundSettings, SoundStatus, SoundTried } from "../../rpc/schema";
import { testIds } from "../../testids";

const USUAL = "";
const SECONDS = 4;

/** Changes a part of the settings. */
export function useSoundChange(status: SoundStatus | undefined) {
  const configure = useCall("sound.configure");
  async function change(part: Partial<SoundSettings>) {
    if (status === undefined) return;
    const next = await configure.run({ ...status.settings, ...part });
    if (next !== undefined) queryClient.setQueryData(soundStatus.queryKey, next);
  }
  return { change, failure: configure.failure };
}

/** One of the devices, or the usual one. */
export function DeviceField(props: {
  readonly label: string;
  readonly devices: readonly SoundDevice[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}) {
  const { t } = useText();
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

function resultOf(tried: SoundTried) {
  if (tried.loss !== null) return "loss";
  return tried.speech ? "speech" : "quiet";
}

/** Listens for a moment. `onHeard` is told whether somebody was heard to speak. */
export function useListening(onHeard?: (heard: boolean) => void) {
  const listen = useCall("sound.try-microphone");
  const [tried, setTried] = useState<SoundTried | null>(null);
  async function run() {
    setTried(null);
    const result = await listen.run({ seconds: SECONDS });
    if (result === undefined) return;
    setTried(result);
    onHeard?.(resultOf(result) === "speech");
  }
  return { run, tried, pending: listen.pending, failure: listen.failure };
}

/** What was heard. */
export function Tried({ tried }: { readonly tried: SoundTried | null }) {
  const { t } = useText();
  const result = tried === null ? null : resultOf(tried);
  return (
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
  );
}
