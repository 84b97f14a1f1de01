// Who is signed in, in memory only: a reload signs out.

import { useSyncExternalStore } from "react";
import { storeOf } from "../logic/store";
import type { Permission, Session } from "../rpc/schema";

interface State {
  readonly present: Session | null;
  /** Whether the last one ended by itself. */
  readonly expired: boolean;
  readonly covered: boolean;
}

const NOBODY: State = { present: null, expired: false, covered: false };

const { get, set, subscribe } = storeOf(NOBODY);

export const session = {
  current: () => get().present,
  /** Whether the last session ended by itself, so that the sign-in screen can say so. */
  hasExpired: () => get().expired,
  begin: (next: Session) => set({ ...NOBODY, present: next }),
  end: () => set(NOBODY),
  /** The engine no longer knows the token. A newer session is left alone. */
  expire: (token: string) => {
    if (get().present?.token === token) set({ ...NOBODY, expired: true });
  },
  /** The session is locked: its person is still known, and nothing of a page stands any more. A newer one is left alone. */
  cover: (token: string) => {
    const { present, covered } = get();
    if (present?.token !== token || present.person === null || covered) return;
    set({ ...get(), covered: true });
  },
  isCovered: () => get().covered,
  may: (permission: Permission) => get().present?.permissions.includes(permission) ?? false,
  subscribe,
};

/** The present session; the component follows it. */
export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, session.current);
}

/** Whether the present session may do this. */
export function useMay(permission: Permission): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}

/** Whether the present session is locked; the component follows it. */
export function useCovered(): boolean {
  return useSyncExternalStore(subscribe, session.isCovered);
}
