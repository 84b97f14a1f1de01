// The kiosk's voice: what is asked is said, what is answered is heard. Everything that is said stands on the screen too.

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { session } from "../../app/session";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { platform } from "../../platform";
import { call } from "../../rpc/client";
import type { EncounterId, Notice, VoiceAsked, VoiceMeaning, VoiceState } from "../../rpc/schema";
import { testIds } from "../../testids";
import { useComfort } from "./comfort";

/** What a step says, what it asks for, and what it does with the answer. */
export interface SpokenStep {
  /** Grows stale with it: another step, another key. */
  readonly key: string;
  readonly prompt: string;
  readonly asked: VoiceAsked;
  /** Takes an answer, or a wish that is the step's own. `false`: it cannot take it. */
  readonly onMeaning: (meaning: VoiceMeaning) => boolean;
  /** Whether even a sure answer is read back first, as a name is. */
  readonly confirms?: boolean;
}

interface Heard {
  readonly text: string;
  readonly shown: string | null;
}

interface Voice {
  /** Whether there is speech at all. */
  readonly speaks: boolean;
  readonly on: boolean;
  readonly state: VoiceState;
  readonly words: string;
  readonly heard: Heard | null;
  /** An answer that waits for a yes. */
  readonly doubt: { readonly shown: string; readonly meaning: VoiceMeaning } | null;
  /** Not understood twice: the buttons are what is left. */
  readonly gaveUp: boolean;
  readonly turn: (on: boolean) => void;
  readonly hush: () => void;
  /** Says the prompt once more. */
  readonly again: () => void;
  readonly settle: (yes: boolean) => void;
  readonly stand: (step: SpokenStep | null) => void;
  /** Asks something in between; with none, the step before is asked again. */
  readonly interrupt: (step: SpokenStep | null) => void;
}

const OFF: VoiceState = { is: "off" };
const Context = createContext<Voice | null>(null);

export function VoiceProvider(props: {
  readonly encounter: EncounterId | null;
  /** Whether there is speech in the patient's language on this device. */
  readonly speaks: boolean;
  readonly onPerson: () => void;
  readonly children: ReactNode;
}) {
  const { encounter } = props;
  const { t } = useText();
  const comfort = useComfort();
  const on = comfort.speech && props.speaks;
  const [state, setState] = useState<VoiceState>(OFF);
  const [words, setWords] = useState("");
  const [heard, setHeard] = useState<Heard | null>(null);
  const [doubt, setDoubt] = useState<Voice["doubt"]>(null);
  const [gaveUp, setGaveUp] = useState(false);
  const [standing, stand] = useState<SpokenStep | null>(null);
  // What is asked in between, until it is answered.
  const [between, interrupt] = useState<SpokenStep | null>(null);
  const step = between ?? standing;
  const number = useRef(0);
  const misses = useRef(0);
  const onPerson = useRef(props.onPerson);
  onPerson.current = props.onPerson;

  const attend = useCallback(
    (asked: VoiceAsked, prompt: string | null) => {
      if (encounter === null) return;
      number.current += 1;
      setWords("");
      call("voice.attend", { encounter, step: number.current, asked, prompt }).catch(() =>
        setState({ is: "unavailable" }),
      );
    },
    [encounter],
  );

  // A new step is said as soon as it is there; the key says whether it is new.
  const present = useRef<SpokenStep | null>(null);
  present.current = step;
  const key = step?.key ?? null;
  useEffect(() => {
    const now = present.current;
    if (!on || key === null || now === null) return;
    misses.current = 0;
    setDoubt(null);
    setGaveUp(false);
    attend(now.asked, now.prompt);
  }, [on, key, attend]);

  // Asked back once; then the screen is what is left, and only a wish ("skip", "a person") is still heard.
  const miss = useCallback(
    (now: SpokenStep, prompt: string) => {
      misses.current += 1;
      if (misses.current === 1) return attend(now.asked, prompt);
      setGaveUp(true);
      if (misses.current === 2) attend(now.asked, t("kiosk.voice.use-screen"));
    },
    [attend, t],
  );

  const settle = useCallback(
    (yes: boolean) => {
      const waiting = doubt;
      const now = present.current;
      setDoubt(null);
      if (waiting === null || now === null) return;
      if (yes) {
        setHeard({ text: waiting.shown, shown: waiting.shown });
        now.onMeaning(waiting.meaning);
        return;
      }
      miss(now, t("kiosk.voice.again"));
    },
    [doubt, miss, t],
  );

  const receive = useCallback(
    (meaning: VoiceMeaning, text: string) => {
      const now = present.current;
      if (now === null) return;
      setWords("");
      if (doubt !== null) {
        const answer =
          meaning.meaning === "answer" && meaning.answer.outcome === "given"
            ? meaning.answer.values[0]
            : undefined;
        if (answer?.type === "boolean") return settle(answer.value);
        if (meaning.meaning === "repeat" || meaning.meaning === "unclear") {
          return attend({ what: "confirm" }, t("kiosk.voice.confirm", { words: doubt.shown }));
        }
      }
      switch (meaning.meaning) {
        case "person":
          setHeard({ text, shown: null });
          return onPerson.current();
        case "repeat":
          return attend(now.asked, now.prompt);
        case "louder":
          comfort.louder();
          return attend(now.asked, now.prompt);
        case "quieter":
          comfort.quieter();
          return attend(now.asked, now.prompt);
        case "stop":
          return;
        case "answer":
          if (!meaning.sure || now.confirms === true) {
            setDoubt({ shown: meaning.shown, meaning });
            return attend({ what: "confirm" }, t("kiosk.voice.confirm", { words: meaning.shown }));
          }
          setHeard({ text, shown: meaning.shown });
          break;
        default:
          setHeard(text.replaceAll("…", "").trim() === "" ? null : { text, shown: null });
      }
      if (meaning.meaning !== "unclear" && now.onMeaning(meaning)) return;
      miss(now, t("kiosk.voice.not-understood"));
    },
    [doubt, settle, miss, attend, t, comfort],
  );

  const take = useRef(receive);
  take.current = receive;
  useEffect(() => {
    const token = session.current()?.token;
    if (!on || encounter === null || token === undefined) return;
    const notice = (told: Notice) => {
      switch (told.kind) {
        case "voice":
          setState(told.state);
          // A prompt that has ended is no silence.
          if (told.state.is === "listening") stayAwake();
          break;
        case "voice-words":
          setWords(told.text);
          stayAwake();
          break;
        case "voice-heard":
          stayAwake();
          if (told.step === number.current) take.current(told.meaning, told.text);
          break;
        default:
      }
    };
    const stop = platform.watch(token, { notice, connected: () => {} });
    return () => {
      stop();
      setState(OFF);
      call("voice.leave", { encounter }).catch(() => {});
    };
  }, [on, encounter]);

  useEffect(() => {
    if (encounter !== null) return;
    setHeard(null);
    setDoubt(null);
    setWords("");
    setGaveUp(false);
  }, [encounter]);

  const hush = useCallback(() => {
    if (encounter !== null) call("voice.hush", { encounter }).catch(() => {});
  }, [encounter]);

  const { volume, set } = comfort;
  useEffect(() => {
    if (volume === null || encounter === null) return;
    call("voice.volume", { encounter, volume }).catch(() => {});
  }, [volume, encounter]);

  // A dark screen that cannot speak would leave nobody anything.
  const isMute = state.is === "unavailable";
  useEffect(() => {
    if (isMute) set({ dark: false });
  }, [isMute, set]);

  const { speaks } = props;
  const again = useCallback(() => {
    const now = present.current;
    if (now !== null) attend(now.asked, now.prompt);
  }, [attend]);
  const value = useMemo<Voice>(
    () => ({
      speaks,
      on,
      state,
      words,
      heard,
      doubt,
      gaveUp,
      turn: (speech) => set(speech ? { speech } : { speech, dark: false }),
      hush,
      again,
      settle,
      stand,
      interrupt,
    }),
    [speaks, on, state, words, heard, doubt, gaveUp, set, hush, again, settle],
  );
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

/** Speech is a sign of life: "are you still there?" is asked of silence only. */
function stayAwake() {
  window.dispatchEvent(new Event("input"));
}

export function useVoice(): Voice | null {
  return useContext(Context);
}

/** Says the step, and hands it what was answered, for as long as the component stands. */
export function useSpokenStep(step: SpokenStep) {
  const voice = useVoice();
  const stand = voice?.stand;
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const { key, prompt, asked, confirms } = latest.current;
    if (key !== step.key) return;
    stand?.({
      key,
      prompt,
      asked,
      ...(confirms === undefined ? {} : { confirms }),
      onMeaning: (meaning) => latest.current.onMeaning(meaning),
    });
  }, [stand, step.key]);
  useEffect(() => () => stand?.(null), [stand]);
}

/** Turns the voice on and off. */
export function VoiceSwitch() {
  const voice = useVoice();
  const { t } = useText();
  if (voice === null || !voice.speaks) return null;
  return (
    <Button
      icon={voice.on ? "mute" : "speak"}
      className="kiosk-voice-switch"
      onPress={() => voice.turn(!voice.on)}
      data-testid={testIds.kiosk.voice}
    >
      {voice.on ? t("kiosk.voice.off") : t("kiosk.voice.on")}
    </Button>
  );
}

/** What the voice does and what was heard. */
export function VoiceBar() {
  const voice = useVoice();
  const { t } = useText();
  if (voice === null || !voice.on) return null;
  const { state, doubt } = voice;
  const line = doubt === null ? stateLine(t, voice) : t("kiosk.voice.confirm", { words: doubt.shown });
  const failed = state.is === "lost" || state.is === "unavailable";
  return (
    <div
      className={`kiosk-voice kiosk-voice-${state.is}`}
      data-testid={testIds.kiosk.voiceBar}
      data-state={state.is}
    >
      <Icon name={failed ? "alarm" : state.is === "speaking" ? "speak" : "microphone"} />
      <div className="kiosk-voice-words">
        <p className="kiosk-voice-line">{line}</p>
        {doubt === null && voice.heard !== null && (
          <p className="kiosk-small" data-testid={testIds.kiosk.voiceHeard}>
            {t("kiosk.voice.heard", { words: voice.heard.shown ?? voice.heard.text })}
          </p>
        )}
      </div>
      {doubt !== null && (
        <div className="kiosk-voice-doubt">
          <Button look="primary" onPress={() => voice.settle(true)} data-testid={testIds.kiosk.voiceYes}>
            {t("kiosk.yes")}
          </Button>
          <Button onPress={() => voice.settle(false)} data-testid={testIds.kiosk.voiceNo}>
            {t("kiosk.no")}
          </Button>
        </div>
      )}
      {doubt === null && (
        <div className="kiosk-voice-doubt">
          {state.is === "speaking" && (
            <Button look="bare" onPress={voice.hush}>
              {t("kiosk.voice.hush")}
            </Button>
          )}
          {!failed && (
            <Button icon="repeat" onPress={voice.again} data-testid={testIds.kiosk.voiceAgain}>
              {t("kiosk.voice.repeat")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function stateLine(t: ReturnType<typeof useText>["t"], voice: Voice): string {
  const { state, words } = voice;
  if (voice.gaveUp) return t("kiosk.voice.use-screen");
  switch (state.is) {
    case "speaking":
      return t("kiosk.voice.speaking");
    case "listening":
      return words === "" ? t("kiosk.voice.listening") : words;
    case "lost":
      return t(`sound.loss.${state.loss}`);
    case "unavailable":
      return t("kiosk.voice.unavailable");
    case "off":
      return t("kiosk.voice.starting");
  }
}
