// Who is signed in, in memory only: a reload signs out.

import { useSyncExternalStore } from "react";
import type { Permission, Session } from "../rpc/schema";

let present: Session | null = null;
let expired = false;
let covered = false;
const listeners = new Set<() => void>();

function set(next: Session | null, because: { expired: boolean }) {
  present = next;
  expired = because.expired;
  covered = false;
  for (const listener of listeners) listener();
}

export const session = {
  current: () => present,
  /** Whether the last session ended by itself, so that the sign-in screen can say so. */
  hasExpired: () => expired,
  begin: (next: Session) => set(next, { expired: false }),
  end: () => set(null, { expired: false }),
  /** The engine no longer knows the token. A newer session is left alone. */
  expire: (token: string) => {
    if (present?.token === token) set(null, { expired: true });
  },
  /** The session is locked: its person is still known, and nothing of a page stands any more. A newer one is left alone. */
  cover: (token: string) => {
    if (present?.token !== token || present.person === null || covered) return;
    covered = true;
    for (const listener of listeners) listener();
  },
  isCovered: () => covered,
  may: (permission: Permission) => present?.permissions.includes(permission) ?? false,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

/** The present session; the component follows it. */
export function useSession(): Session | null {
  return useSyncExternalStore(session.subscribe, session.current);
}

/** Whether the present session may do this. */
export function useMay(permission: Permission): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}

/** Whether the present session is locked; the component follows it. */
export function useCovered(): boolean {
  return useSyncExternalStore(session.subscribe, session.isCovered);
}
