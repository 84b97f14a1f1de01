// A value outside the components, which follow it with `useSyncExternalStore`.

export interface Store<T> {
  readonly get: () => T;
  /** Keeps the next value, and tells everybody who follows. */
  readonly set: (next: T) => void;
  /** Answers how to stop following. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function storeOf<T>(first: T): Store<T> {
  let present = first;
  const listeners = new Set<() => void>();
  return {
    get: () => present,
    set: (next) => {
      present = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
