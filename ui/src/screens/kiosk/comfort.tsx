// What makes the screen easier for one patient: size, contrast, speech, loudness, a dark screen. Forgotten with the patient.

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { Group, Radio, RadioGroup } from "react-aria-components";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { Icon } from "../../parts/icon";
import { testIds } from "../../testids";
import { nextVolume, VOLUME_LEAST, VOLUME_STEP } from "./volume";

export const TEXT_SIZES = ["100", "150", "200"] as const;
type TextSize = (typeof TEXT_SIZES)[number];

interface Settings {
  readonly textSize: TextSize;
  readonly contrast: "normal" | "high";
  readonly speech: boolean;
  /** How loud, 0 to 1; none for the device's own loudness. */
  readonly volume: number | null;
  /** Nothing is shown; everything is said. */
  readonly dark: boolean;
}

export interface Comfort extends Settings {
  /** How loud it is now, 0 to 1. */
  readonly loudness: number;
  readonly set: (change: Partial<Settings>) => void;
  readonly louder: () => void;
  readonly quieter: () => void;
}

const USUAL: Settings = { textSize: "100", contrast: "normal", speech: false, volume: null, dark: false };

const Context = createContext<Comfort | null>(null);

/** Holds one patient's settings, and puts them on the page. */
export function ComfortProvider(props: { readonly deviceVolume: number; readonly children: ReactNode }) {
  const [settings, setSettings] = useState(USUAL);
  const { textSize, contrast } = settings;

  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.textSize = textSize;
    dataset.contrast = contrast;
    return () => {
      delete dataset.textSize;
      delete dataset.contrast;
    };
  }, [textSize, contrast]);

  const comfort = useMemo<Comfort>(() => {
    const loudness = settings.volume ?? props.deviceVolume;
    const to = (step: number) => () =>
      setSettings((old) => ({ ...old, volume: nextVolume(old.volume ?? props.deviceVolume, step) }));
    return {
      ...settings,
      loudness,
      set: (change) => setSettings((old) => ({ ...old, ...change })),
      louder: to(VOLUME_STEP),
      quieter: to(-VOLUME_STEP),
    };
  }, [settings, props.deviceVolume]);

  return <Context.Provider value={comfort}>{props.children}</Context.Provider>;
}

export function useComfort(): Comfort {
  const comfort = useContext(Context);
  if (comfort === null) throw new Error("a kiosk's screen stands inside its ComfortProvider");
  return comfort;
}

/** The one place of all these settings. `speaks`: whether there is speech for this patient. */
export function ComfortSheet(props: {
  readonly speaks: boolean;
  readonly mayGoDark: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const comfort = useComfort();
  return (
    <Dialog
      title={t("kiosk.comfort.title")}
      onClose={props.onClose}
      className="kiosk-overlay comfort-overlay"
      testId={testIds.comfort.sheet}
    >
      <div className="comfort">
        <Choice
          label={t("kiosk.comfort.size")}
          value={comfort.textSize}
          onChange={(value) => comfort.set({ textSize: TEXT_SIZES.find((size) => size === value) ?? "100" })}
          options={TEXT_SIZES.map((size) => ({
            id: size,
            label: t(`kiosk.comfort.size-${size}`),
            testId: testIds.comfort.textSize(size),
          }))}
        />
        <Choice
          label={t("kiosk.comfort.contrast")}
          value={comfort.contrast}
          onChange={(value) => comfort.set({ contrast: value === "high" ? "high" : "normal" })}
          options={(["normal", "high"] as const).map((id) => ({
            id,
            label: t(`kiosk.comfort.contrast-${id}`),
            testId: testIds.comfort.contrast(id),
          }))}
        />
        {props.speaks && (
          <>
            <Choice
              label={t("kiosk.comfort.speech")}
              value={comfort.speech ? "on" : "off"}
              onChange={(value) =>
                comfort.set(value === "on" ? { speech: true } : { speech: false, dark: false })
              }
              options={(["off", "on"] as const).map((id) => ({
                id,
                label: t(`kiosk.comfort.speech-${id}`),
                testId: testIds.comfort.speech(id),
              }))}
            />
            <Loudness />
          </>
        )}
        {props.speaks && props.mayGoDark && (
          <Choice
            label={t("kiosk.comfort.dark")}
            help={t("kiosk.comfort.dark-help")}
            value={comfort.dark ? "on" : "off"}
            onChange={(value) => {
              if (value !== "on") return comfort.set({ dark: false });
              comfort.set({ dark: true, speech: true });
              props.onClose();
            }}
            options={(["off", "on"] as const).map((id) => ({
              id,
              label: t(`kiosk.comfort.dark-${id}`),
              testId: testIds.comfort.dark(id),
            }))}
          />
        )}
      </div>
      <div className="kiosk-stack">
        <Button look="primary" size="large" onPress={props.onClose} data-testid={testIds.comfort.done}>
          {t("kiosk.comfort.done")}
        </Button>
      </div>
    </Dialog>
  );
}

function Choice(props: {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly id: string; readonly label: string; readonly testId: string }[];
}) {
  return (
    <div className="comfort-choice">
      <RadioGroup
        className="comfort-row"
        orientation="horizontal"
        aria-label={props.label}
        aria-description={props.help}
        value={props.value}
        onChange={props.onChange}
      >
        <span className="comfort-label" aria-hidden="true">
          {props.label}
        </span>
        <div className="comfort-options">
          {props.options.map((option) => (
            <Radio
              key={option.id}
              value={option.id}
              className="comfort-option"
              data-testid={option.testId}
              data-size={option.id}
            >
              {option.label}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {props.help !== undefined && <p className="kiosk-small">{props.help}</p>}
    </div>
  );
}

function Loudness() {
  const { t } = useText();
  const comfort = useComfort();
  const percent = Math.round(comfort.loudness * 100);
  return (
    <Group className="comfort-row" aria-label={t("kiosk.comfort.volume")}>
      <span className="comfort-label" aria-hidden="true">
        {t("kiosk.comfort.volume")}
      </span>
      <div className="comfort-volume">
        <Button
          icon="minus"
          isDisabled={comfort.loudness <= VOLUME_LEAST}
          onPress={comfort.quieter}
          data-testid={testIds.comfort.quieter}
        >
          {t("kiosk.comfort.quieter")}
        </Button>
        <output className="comfort-level" data-testid={testIds.comfort.volume} data-volume={percent}>
          <Icon name="speak" />
          {t("kiosk.comfort.volume-level", { percent })}
        </output>
        <Button
          icon="plus"
          isDisabled={comfort.loudness >= 1}
          onPress={comfort.louder}
          data-testid={testIds.comfort.louder}
        >
          {t("kiosk.comfort.louder")}
        </Button>
      </div>
    </Group>
  );
}

const HOLD_MS = 1000;

/** Covers everything with black. A finger held on it for a second, or Escape, takes it away. */
export function DarkScreen() {
  const { t } = useText();
  const { set } = useComfort();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal } as const;
    const show = () => set({ dark: false });
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape") show();
      },
      options,
    );
    window.addEventListener(
      "pointerdown",
      () => {
        clearTimeout(timer);
        timer = setTimeout(show, HOLD_MS);
      },
      options,
    );
    for (const end of ["pointerup", "pointercancel"] as const) {
      window.addEventListener(end, () => clearTimeout(timer), options);
    }
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, [set]);
  return (
    <div className="dark" data-testid={testIds.comfort.darkScreen}>
      <p role="status">{t("kiosk.dark.hint")}</p>
    </div>
  );
}
