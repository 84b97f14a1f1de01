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
import type { EncounterId, Notice, SoundLoss, VoiceAsked, VoiceMeaning, VoiceState } from "../../rpc/schema";
import { testIds } from "../../testids";
import { useComfort } from "./comfort";

/** What a step says, what it asks for, and what it does with the answer. */
export interface SpokenStep {
  /** Grows stale with it: another step, another key. */
  readonly key: string;
  readonly prompt: string;
  readonly asked: VoiceAsked;
  /** Takes an answer, or a wish that is the step's own. `false`: it cannot take it. */
  readonly onMeaning: (meaning: VoiceMeaning, given: Given) => boolean;
  /** Leaves the question to staff, with words that were not understood. Without it, the screen is what is left. */
  readonly onLeave?: ((given: Given) => void) | undefined;
  /** Whether the step itself shows what is asked back. */
  readonly showsAskBack?: boolean;
  /** Whether even a sure answer is read back first, as a name is. */
  readonly confirms?: boolean;
}

/** The words of an answer, and how they came. */
export interface Given {
  readonly words: string;
  readonly source: "voice" | "typed";
}

/** What a step shows of an answer that is not sure. */
export interface AskBack {
  readonly doubt: { readonly shown: string } | null;
  /** Words that were not understood although they were asked back: they will be left to staff. */
  readonly leaving: Given | null;
  /** Not understood once: it is to be put in other words. */
  readonly missed: boolean;
  /** Makes out typed words as an answer to the step; resolves once they were taken, asked back, or not understood. */
  readonly say: (words: string) => Promise<void>;
  readonly settle: (yes: boolean) => void;
  readonly leave: (yes: boolean) => void;
}

interface Heard {
  readonly text: string;
  readonly shown: string | null;
}

interface Voice extends AskBack {
  /** Whether there is speech at all. */
  readonly speaks: boolean;
  readonly on: boolean;
  readonly state: VoiceState;
  /** Why the microphone hears nothing; it is tried again, and listened to, all the time. */
  readonly loss: SoundLoss | null;
  readonly words: string;
  readonly heard: Heard | null;
  /** An answer that waits for a yes. */
  readonly doubt: { readonly shown: string; readonly meaning: VoiceMeaning; readonly given: Given } | null;
  /** Whether the step shows `doubt` and `leaving` itself. */
  readonly inStep: boolean;
  /** Not understood twice: the buttons are what is left. */
  readonly gaveUp: boolean;
  readonly turn: (on: boolean) => void;
  readonly hush: () => void;
  /** Says the prompt once more. */
  readonly again: () => void;
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
  const [loss, setLoss] = useState<SoundLoss | null>(null);
  const [words, setWords] = useState("");
  const [heard, setHeard] = useState<Heard | null>(null);
  const [doubt, setDoubt] = useState<Voice["doubt"]>(null);
  const [leaving, setLeaving] = useState<Given | null>(null);
  const [missed, setMissed] = useState(false);
  const [gaveUp, setGaveUp] = useState(false);
  const [standing, stand] = useState<SpokenStep | null>(null);
  // What is asked in between, until it is answered.
  const [between, interrupt] = useState<SpokenStep | null>(null);
  const step = between ?? standing;
  const number = useRef(0);
  const misses = useRef(0);
  const askedBack = useRef(false);
  const onPerson = useRef(props.onPerson);
  onPerson.current = props.onPerson;

  const attend = useCallback(
    (asked: VoiceAsked, prompt: string | null) => {
      if (encounter === null || !on) return;
      number.current += 1;
      setWords("");
      call("voice.attend", { encounter, step: number.current, asked, prompt }).catch(() =>
        setState({ is: "unavailable" }),
      );
    },
    [encounter, on],
  );

  // A new step is said as soon as it is there; the key says whether it is new.
  const present = useRef<SpokenStep | null>(null);
  present.current = step;
  const key = step?.key ?? null;
  useEffect(() => {
    const now = present.current;
    misses.current = 0;
    askedBack.current = false;
    setDoubt(null);
    setLeaving(null);
    setMissed(false);
    setGaveUp(false);
    if (!on || key === null || now === null) return;
    attend(now.asked, now.prompt);
  }, [on, key, attend]);

  const giveUp = useCallback(
    (now: SpokenStep, given: Given) => {
      if (now.onLeave !== undefined && given.words.replaceAll("…", "").trim() !== "") {
        setLeaving(given);
        return attend({ what: "confirm" }, t("kiosk.voice.leave"));
      }
      setGaveUp(true);
      if (misses.current === 2) attend(now.asked, t("kiosk.voice.use-screen"));
    },
    [attend, t],
  );

  // Asked again once; then it is left to staff, or the screen is what is left and only a wish ("skip") is still heard.
  const miss = useCallback(
    (now: SpokenStep, given: Given) => {
      misses.current += 1;
      setMissed(true);
      if (misses.current === 1) return attend(now.asked, t("kiosk.voice.not-understood"));
      giveUp(now, given);
    },
    [attend, giveUp, t],
  );

  const settle = useCallback(
    (yes: boolean) => {
      const waiting = doubt;
      const now = present.current;
      setDoubt(null);
      if (waiting === null || now === null) return;
      if (yes) {
        setHeard({ text: waiting.shown, shown: waiting.shown });
        now.onMeaning(waiting.meaning, waiting.given);
        return;
      }
      askedBack.current = true;
      misses.current += 1;
      attend(now.asked, t("kiosk.voice.again"));
    },
    [doubt, attend, t],
  );

  const leave = useCallback(
    (yes: boolean) => {
      const now = present.current;
      setLeaving(null);
      if (now === null || leaving === null) return;
      if (yes) return now.onLeave?.(leaving);
      setGaveUp(true);
      attend(now.asked, t("kiosk.voice.use-screen"));
    },
    [leaving, attend, t],
  );

  const receive = useCallback(
    (meaning: VoiceMeaning, given: Given) => {
      const now = present.current;
      if (now === null) return;
      const text = given.words;
      setWords("");
      const answer =
        meaning.meaning === "answer" && meaning.answer.outcome === "given"
          ? meaning.answer.values[0]
          : undefined;
      if (leaving !== null) {
        if (meaning.meaning === "person") return onPerson.current();
        if (meaning.meaning === "next") return leave(true);
        return answer?.type === "boolean" ? leave(answer.value) : undefined;
      }
      if (doubt !== null) {
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
          if (!meaning.sure && askedBack.current && now.onLeave !== undefined) return giveUp(now, given);
          if (!meaning.sure || now.confirms === true) {
            setMissed(false);
            setDoubt({ shown: meaning.shown, meaning, given });
            return attend({ what: "confirm" }, t("kiosk.voice.confirm", { words: meaning.shown }));
          }
          setHeard({ text, shown: meaning.shown });
          break;
        default:
          setHeard(text.replaceAll("…", "").trim() === "" ? null : { text, shown: null });
      }
      if (meaning.meaning !== "unclear" && now.onMeaning(meaning, given)) return;
      miss(now, given);
    },
    [doubt, leaving, settle, leave, miss, giveUp, attend, t, comfort],
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
        case "voice-loss":
          setLoss(told.loss);
          break;
        case "voice-words":
          setWords(told.text);
          stayAwake();
          break;
        case "voice-heard":
          stayAwake();
          if (told.step === number.current) take.current(told.meaning, { words: told.text, source: "voice" });
          break;
        default:
      }
    };
    const stop = platform.watch(token, { notice, connected: () => {} });
    return () => {
      stop();
      setState(OFF);
      setLoss(null);
      call("voice.leave", { encounter }).catch(() => {});
    };
  }, [on, encounter]);

  useEffect(() => {
    if (encounter !== null) return;
    setHeard(null);
    setDoubt(null);
    setLeaving(null);
    setWords("");
    setGaveUp(false);
  }, [encounter]);

  const say = useCallback(
    async (typed: string) => {
      const asking = present.current;
      if (encounter === null || asking === null) return;
      const meaning = await call("intake.understand", { encounter, asked: asking.asked, words: typed });
      if (present.current?.key === asking.key) take.current(meaning, { words: typed, source: "typed" });
    },
    [encounter],
  );

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
      loss,
      words,
      heard,
      doubt,
      leaving,
      missed,
      inStep: step?.showsAskBack === true,
      gaveUp,
      turn: (speech) => set(speech ? { speech } : { speech, dark: false }),
      hush,
      again,
      say,
      settle,
      leave,
      stand,
      interrupt,
    }),
    [
      speaks,
      on,
      state,
      loss,
      words,
      heard,
      doubt,
      leaving,
      missed,
      step,
      gaveUp,
      set,
      hush,
      again,
      say,
      settle,
      leave,
    ],
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
export function useSpokenStep(step: SpokenStep): AskBack | null {
  const voice = useVoice();
  const stand = voice?.stand;
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const { key, prompt, asked, confirms, onLeave, showsAskBack } = latest.current;
    if (key !== step.key) return;
    stand?.({
      key,
      prompt,
      asked,
      ...(confirms === undefined ? {} : { confirms }),
      ...(showsAskBack === undefined ? {} : { showsAskBack }),
      ...(onLeave === undefined ? {} : { onLeave: (given: Given) => latest.current.onLeave?.(given) }),
      onMeaning: (meaning, given) => latest.current.onMeaning(meaning, given),
    });
  }, [stand, step.key]);
  useEffect(() => () => stand?.(null), [stand]);
  return voice;
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
  const { state } = voice;
  const doubt = voice.inStep ? null : voice.doubt;
  const line = doubt === null ? stateLine(t, voice) : t("kiosk.voice.confirm", { words: doubt.shown });
  const failed = state.is === "unavailable" || (voice.loss !== null && state.is === "listening");
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
          {state.is !== "unavailable" && (
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
  const { state, loss, words } = voice;
  if (voice.gaveUp) return t("kiosk.voice.use-screen");
  switch (state.is) {
    case "speaking":
      return t("kiosk.voice.speaking");
    case "listening":
      if (words !== "") return words;
      return loss === null ? t("kiosk.voice.listening") : t(`sound.loss.${loss}`);
    case "unavailable":
      return t("kiosk.voice.unavailable");
    case "off":
      return t("kiosk.voice.starting");
  }
}
