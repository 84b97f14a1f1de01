// What staff are told while they work: notices keep the lists fresh, and name the alarms.

import { useEffect, useSyncExternalStore } from "react";
import { storeOf } from "../logic/store";
import { platform } from "../platform";
import type { EncounterId, Notice } from "../rpc/schema";
import { chime } from "./chime";
import { drafting } from "./drafting";
import { queryClient } from "./queries";
import { recording } from "./recording";
import { useSession } from "./session";
import { soundImport } from "./sound-import";

interface Known {
  /** What the newest alarm of an encounter is called. */
  readonly titles: ReadonlyMap<EncounterId, string>;
  /** Encounters whose request for a person somebody here has seen. */
  readonly seen: ReadonlySet<EncounterId>;
  /** Whether somebody at a kiosk who has no record yet asks for a person. */
  readonly called: boolean;
  /** How many alarms and requests came since somebody signed in. */
  readonly raised: number;
}

const NOTHING: Known = { titles: new Map(), seen: new Set(), called: false, raised: 0 };

const { get, set, subscribe } = storeOf(NOTHING);

export const alarms = {
  /** Takes a patient's request for a person off this screen. */
  markSeen: (encounter: EncounterId) => set({ ...get(), seen: new Set(get().seen).add(encounter) }),
  /** Takes the call of a patient without a record off this screen. */
  markAnswered: () => set({ ...get(), called: false }),
  forget: () => set(NOTHING),
};

export function useKnownAlarms(): Known {
  return useSyncExternalStore(subscribe, get);
}

function receive(notice: Notice) {
  const known = get();
  switch (notice.kind) {
    case "red-flag-raised":
      set({
        ...known,
        titles: new Map(known.titles).set(notice.encounter, notice.title),
        raised: known.raised + 1,
      });
      chime(notice.severity);
      refresh(notice.encounter);
      break;
    case "help-requested": {
      const seen = new Set(known.seen);
      seen.delete(notice.encounter);
      set({ ...known, seen, raised: known.raised + 1 });
      chime("urgent");
      refresh(notice.encounter);
      break;
    }
    case "person-wanted":
      set({ ...known, called: true, raised: known.raised + 1 });
      chime("urgent");
      break;
    case "encounter-changed":
      refresh(notice.encounter);
      break;
    case "draft-written":
      drafting.written(notice.encounter, notice.progress);
      break;
    case "draft-ended":
      drafting.ended(notice.encounter, notice.failure);
      refresh(notice.encounter);
      break;
    case "recording":
      recording.tell(notice.encounter, notice.state);
      soundImport.tell(notice.encounter, notice.state);
      break;
    case "missed":
      void queryClient.invalidateQueries({ queryKey: ["encounters"] });
      break;
  }
}

function refresh(encounter: EncounterId) {
  void queryClient.invalidateQueries({ queryKey: ["encounters", "list"] });
  void queryClient.invalidateQueries({ queryKey: ["encounters", "one", encounter] });
}

/** Follows the clinic while somebody who sees the work list is signed in. */
export function useWatch() {
  const session = useSession();
  const token = session?.permissions.includes("encounter-list") ? session.token : null;
  useEffect(() => {
    if (token === null) return;
    return platform.watch(token, {
      notice: receive,
      connected: () => void queryClient.invalidateQueries({ queryKey: ["encounters"] }),
    });
  }, [token]);
}
