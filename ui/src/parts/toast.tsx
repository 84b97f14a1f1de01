// Short messages that need no answer. They stay until they were there long enough to be read.

import { useSyncExternalStore } from "react";
import { useText } from "../i18n";
import { storeOf } from "../logic/store";
import { testIds } from "../testids";
import { IconButton } from "./button";

interface Toast {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MS = 8_000;

const { get, set, subscribe } = storeOf<readonly Toast[]>([]);
let last = 0;

/** Shows a message for a while. */
export function toast(text: string) {
  last += 1;
  const id = last;
  set([...get(), { id, text }]);
  setTimeout(() => set(get().filter((shown) => shown.id !== id)), SHOWN_MS);
}

/** Takes every message off the screen. */
export function clearToasts() {
  set([]);
}

export function Toasts() {
  const { t } = useText();
  const shown = useSyncExternalStore(subscribe, get);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div className="toast" key={one.id} data-testid={testIds.shell.toast}>
          <span>{one.text}</span>
          <IconButton
            icon="close"
            label={t("app.close")}
            onPress={() => set(get().filter((other) => other.id !== one.id))}
          />
        </div>
      ))}
    </div>
  );
}
