// The recording that this session makes, as its notices tell it. One device, one recording.

import { useSyncExternalStore } from "react";
import { storeOf } from "../logic/store";
import type { EncounterId, ErrorCode, RecordingState, SoundLoss, Speaker } from "../rpc/schema";

export interface Recording {
  readonly encounter: EncounterId;
  readonly seconds: number;
  readonly peak: number;
  readonly device: string | null;
  readonly loss: SoundLoss | null;
  readonly words: {
    readonly speaker: Speaker;
    readonly committed: string;
    readonly tentative: string;
  } | null;
  /** Seconds that recognition is behind. */
  readonly behind: number;
  readonly notSaved: ErrorCode | null;
  readonly notRecognised: boolean;
  readonly noModel: boolean;
}

const { get, set, subscribe } = storeOf<Recording | null>(null);

export const recording = {
  current: get,
  begin: (encounter: EncounterId) =>
    set({
      encounter,
      seconds: 0,
      peak: 0,
      device: null,
      loss: null,
      words: null,
      behind: 0,
      notSaved: null,
      notRecognised: false,
      noModel: false,
    }),
  end: () => set(null),
  /** Takes a notice in. */
  tell: (encounter: EncounterId, state: RecordingState) => {
    const present = get();
    if (present === null || present.encounter !== encounter) return;
    switch (state.is) {
      case "hearing":
        return set({ ...present, device: state.device, loss: null });
      case "level":
        return set({
          ...present,
          peak: state.peak,
          seconds: state.seconds,
          loss: state.peak > 0 ? null : present.loss,
        });
      case "words": {
        const { speaker, committed, tentative } = state;
        return set({ ...present, words: { speaker, committed, tentative } });
      }
      case "lost":
        return set({ ...present, loss: state.loss, peak: 0 });
      case "behind":
        return set({ ...present, behind: state.seconds });
      case "not-saved":
        return set({ ...present, notSaved: state.code });
      case "no-model":
        return set({ ...present, noModel: true });
      case "not-recognised":
        return set({ ...present, notRecognised: true });
      case "ended":
        return set(null);
      // Of a finished recording, or of a file: `sound-import.ts`.
      case "taking":
      case "recognised":
      case "not-taken":
      case "cut-short":
      case "transcribed":
        return;
    }
  },
};

/** The recorder of the encounter that is on the screen, for the keys that begin a recording. */
let present: (() => void) | null = null;

export const recorderOnPage = {
  /** Answers how to give it back. */
  take: (begin: () => void) => {
    present = begin;
    return () => {
      if (present === begin) present = null;
    };
  },
  begin: () => present?.(),
};

export function useRecording(): Recording | null {
  return useSyncExternalStore(subscribe, get);
}
