// The draft that a language model writes for this session, as its notices tell it.

import { useSyncExternalStore } from "react";
import { storeOf } from "../logic/store";
import type { DraftProgress, EncounterId, ErrorCode } from "../rpc/schema";

interface Drafting {
  readonly encounter: EncounterId;
  /** None once it has ended. */
  readonly progress: DraftProgress | null;
  /** Why nothing came of it. */
  readonly failure: ErrorCode | null;
}

const { get, set, subscribe } = storeOf<Drafting | null>(null);

export const drafting = {
  written: (encounter: EncounterId, progress: DraftProgress) => set({ encounter, progress, failure: null }),
  ended: (encounter: EncounterId, failure: ErrorCode | null) => set({ encounter, progress: null, failure }),
  forget: () => set(null),
};

/** What is known here of the draft of an encounter. */
export function useDrafting(encounter: EncounterId): Drafting | null {
  const now = useSyncExternalStore(subscribe, get);
  return now?.encounter === encounter ? now : null;
}
