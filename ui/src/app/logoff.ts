// Automatic log-off: follows whether anybody is at a staff screen, tells the engine, and locks the screen.

import { useCallback, useEffect, useRef, useState } from "react";
import { type IdlePhase, idlePhase } from "../logic/idle";
import { call } from "../rpc/client";
import { session, useSession } from "./session";

const ACTIVITY = ["pointerdown", "pointermove", "keydown", "input", "wheel"] as const;
/** For so long before it locks, the screen says that it will. */
const WARNS_MS = 30_000;
/** The engine is told of input so often at most; it waits longer than that before it locks by itself. */
const TELL_EVERY_MS = 15_000;
/** What saves before the screen is locked has so long. */
const SAVE_WITHIN_MS = 3_000;

const savers = new Set<() => Promise<unknown>>();

/** Has something saved before this screen is locked; answers how to take it back. */
export function beforeLock(save: () => Promise<unknown>): () => void {
  savers.add(save);
  return () => {
    savers.delete(save);
  };
}

let kept: (() => Promise<unknown>)[] = [];

/** What could not be saved because the session was locked already: it is, once its person has unlocked it. */
export function onUnlock(save: () => Promise<unknown>) {
  kept.push(save);
}

/** The session is unlocked in the engine: what was kept is saved, before the page is there again. */
export async function saveKept() {
  const saves = kept;
  kept = [];
  await Promise.allSettled(saves.map((save) => save()));
}

/** Somebody else is signed in. */
export function forgetKept() {
  kept = [];
}

/** Saves what is unsaved, covers the screen, and locks the session. */
export async function lockNow() {
  const token = session.current()?.token;
  if (token === undefined) return;
  if (savers.size > 0) {
    const late = new Promise((resolve) => setTimeout(resolve, SAVE_WITHIN_MS));
    await Promise.race([Promise.allSettled([...savers].map((save) => save())), late]);
  }
  if (session.may("encounter-read")) void call("recording.silence", {}).catch(() => {});
  session.cover(token);
  // Where the engine does not hear of it, it locks the session a little later by itself.
  await call("session.lock", {}).catch(() => {});
}

/** Locks the screen when nobody was there for too long. Answers how many seconds are left, once few are. */
export function useLogoff(on: boolean): { secondsLeft: number | null; stay: () => void } {
  const afterMs = (useSession()?.logoff_after_min ?? 1) * 60_000;
  const [phase, setPhase] = useState<IdlePhase>({ kind: "active" });
  const last = useRef(0);
  const told = useRef(0);

  const stay = useCallback(() => {
    const now = Date.now();
    last.current = now;
    setPhase((old) => (old.kind === "active" ? old : { kind: "active" }));
    if (Math.abs(now - told.current) < TELL_EVERY_MS) return;
    told.current = now;
    void call("session.present", {}).catch(() => {});
  }, []);

  useEffect(() => {
    if (!on) return;
    last.current = Date.now();
    told.current = last.current;
    const timing = { askAfterMs: afterMs - WARNS_MS, leaveAfterMs: WARNS_MS };
    let over = false;
    const timer = setInterval(() => {
      const next = idlePhase(Date.now() - last.current, timing);
      if (next.kind !== "over") {
        setPhase((old) => (old.kind === "active" && next.kind === "active" ? old : next));
      } else if (!over) {
        over = true;
        void lockNow();
      }
    }, 1000);
    for (const event of ACTIVITY) window.addEventListener(event, stay, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      setPhase({ kind: "active" });
      for (const event of ACTIVITY) window.removeEventListener(event, stay, { capture: true });
    };
  }, [on, stay, afterMs]);

  return { secondsLeft: phase.kind === "asking" ? phase.secondsLeft : null, stay };
}
