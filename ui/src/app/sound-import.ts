// The sound file that this session takes in, as its notices tell it.

import { useSyncExternalStore } from "react";
import { storeOf } from "../logic/store";
import type { EncounterId, ErrorCode, RecordingState } from "../rpc/schema";

export interface SoundImport {
  readonly encounter: EncounterId;
  /** `reading`: the file; `recognising`: what was read; `over`: nothing can be stopped any more. */
  readonly stage: "reading" | "recognising" | "over";
  /** How far it is, in seconds of sound; none where the file does not say how long it is. */
  readonly seconds: number;
  readonly of: number | null;
  /** Why it is not all there. */
  readonly trouble: ErrorCode | "no-model" | null;
}

const { get, set, subscribe } = storeOf<SoundImport | null>(null);

export const soundImport = {
  begin: (encounter: EncounterId) =>
    set({ encounter, stage: "reading", seconds: 0, of: null, trouble: null }),
  end: () => set(null),
  /** Takes a notice in. */
  tell: (encounter: EncounterId, state: RecordingState) => {
    const present = get();
    if (present === null || present.encounter !== encounter) return;
    switch (state.is) {
      case "taking":
        return set({ ...present, seconds: state.seconds, of: state.of });
      case "recognised":
        return set({ ...present, stage: "recognising", seconds: state.seconds, of: state.of });
      case "cut-short":
        return set({ ...present, trouble: state.code });
      case "no-model":
        return set({ ...present, stage: "over", trouble: "no-model" });
      case "not-taken":
      case "not-recognised":
        return set({ ...present, stage: "over", trouble: state.code });
      case "transcribed":
        return set(present.trouble === null ? null : { ...present, stage: "over" });
    }
  },
};

export function useSoundImport(): SoundImport | null {
  return useSyncExternalStore(subscribe, get);
}
