// Short messages that need no answer. They stay until they were there long enough to be read.

import { useSyncExternalStore } from "react";
import { useText } from "../i18n";
import { testIds } from "../testids";
import { IconButton } from "./button";

interface Toast {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MS = 8_000;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a message for a while. */
export function toast(text: string) {
  last += 1;
  const id = last;
  set([...toasts, { id, text }]);
  setTimeout(() => set(toasts.filter((shown) => shown.id !== id)), SHOWN_MS);
}

/** Takes every message off the screen. */
export function clearToasts() {
  set([]);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export function Toasts() {
  const { t } = useText();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div className="toast" key={one.id} data-testid={testIds.shell.toast}>
          <span>{one.text}</span>
          <IconButton
            icon="close"
            label={t("app.close")}
            onPress={() => set(toasts.filter((other) => other.id !== one.id))}
          />
        </div>
      ))}
    </div>
  );
}
