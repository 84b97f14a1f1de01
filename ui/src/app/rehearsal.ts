// A rehearsal: the administrator's own session is put aside while the kiosk's and then the staff's stand in its place.

import { useSyncExternalStore } from "react";
import { storeOf } from "../logic/store";
import { call } from "../rpc/client";
import type { Session } from "../rpc/schema";
import { queryClient } from "./queries";
import { session } from "./session";

type RehearsalSide = "patient" | "staff";

interface Held {
  readonly own: Session;
  readonly staff: Session;
  readonly side: RehearsalSide;
}

const { get, set, subscribe } = storeOf<Held | null>(null);
let wasHeld = false;

/** What was read in one of the rehearsal's sessions is the other's to read anew; how the kiosk is set may differ as well. */
function forgetRead() {
  queryClient.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== "app" || queryKey[1] === "kiosk",
  });
}

export const rehearsal = {
  /** Which side is on the screen; none where nothing is rehearsed. */
  side: (): RehearsalSide | null => get()?.side ?? null,
  /** Whether one was held since the page was there. */
  wasHeld: () => wasHeld,
  /** Begins it: the page is the kiosk's. Rejects with a `Failure`. */
  begin: async () => {
    const own = session.current();
    if (own === null) return;
    const { kiosk, staff } = await call("rehearsal.begin", {});
    forgetRead();
    set({ own, staff, side: "patient" });
    session.begin(kiosk);
  },
  /** The page becomes the staff's. */
  arrive: () => {
    const held = get();
    if (held === null) return;
    forgetRead();
    set({ ...held, side: "staff" });
    session.begin(held.staff);
  },
  /** The administrator is back. Whether or not the engine hears of the end: the next start forgets it too. */
  end: async () => {
    const held = get();
    if (held === null) return;
    const { own } = held;
    wasHeld = true;
    set(null);
    forgetRead();
    session.begin(own);
    await call("rehearsal.end", {}).catch(() => {});
  },
};

/** Which side of a rehearsal is on the screen; the component follows it. */
export function useRehearsal(): RehearsalSide | null {
  return useSyncExternalStore(subscribe, rehearsal.side);
}
