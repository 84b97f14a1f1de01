// A keyboard on the screen, for a device that has none. It works on whichever text field has the focus, which it leaves there.

import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { type KioskKey, useText } from "../i18n";
import {
  caretOf,
  deleteIn,
  enterIn,
  firstLayer,
  type Key,
  type Layer,
  rowsOf,
  type TextField,
  typeInto,
  wantsCapital,
  widthOf,
} from "../logic/keyboard";
import type { KeyboardUse } from "../rpc/schema";
import { testIds } from "../testids";
import { Icon, type IconName } from "./icon";

/** What the field asked the system's own keyboard for, before it was told to stay away. */
const ASKED = "askedFor";

/** A touch is followed by its click within so long. */
const CLICK_FOLLOWS_MS = 80;

interface Target {
  readonly field: TextField;
  readonly inputMode: string;
}

/**
 * `focusOn` grows with every step: where a step has a field of words and nobody uses a real keyboard, the field takes the
 * focus and the keys are there at once.
 */
export function ScreenKeyboard(props: {
  readonly use: KeyboardUse;
  readonly language: string;
  readonly focusOn: string | null;
}) {
  const { use } = props;
  const [target, setTarget] = useState<Target | null>(null);
  const realKeys = useRef(false);
  const pressing = useRef(false);
  /** The field that the keyboard was closed on: it stays away until the field is touched. */
  const dismissed = useRef<TextField | null>(null);
  const keys = useRef<HTMLDivElement>(null);

  const take = useCallback((field: TextField) => {
    const inputMode = field.dataset[ASKED] ?? field.inputMode;
    field.dataset[ASKED] = inputMode;
    // One keyboard is enough.
    field.inputMode = "none";
    setTarget({ field, inputMode });
  }, []);

  useEffect(() => {
    if (use === "off") return;
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal } as const;
    const isOurs = (place: EventTarget | null) => place instanceof Node && keys.current?.contains(place);
    const focused = () => {
      const place = document.activeElement;
      if (isOurs(place)) return;
      const field = fieldOf(place);
      // A button that is being pressed must stay under the finger: the keys go, or come, when it is let go. Keys that are
      // there write into the new field at once.
      if (pressing.current && (field === null || keys.current === null)) return;
      if (field !== dismissed.current) dismissed.current = null;
      if (field !== null && field !== dismissed.current && !realKeys.current) take(field);
      else setTarget(null);
    };
    window.addEventListener(
      "pointerdown",
      (event) => {
        if (isOurs(event.target)) return;
        pressing.current = true;
        realKeys.current = false;
        if (fieldOf(event.target) !== null) dismissed.current = null;
      },
      options,
    );
    // What comes and goes moves the page: only once the touch, and the click that follows it, are over.
    let settling: ReturnType<typeof setTimeout> | undefined;
    const released = (after: number) => (event: Event) => {
      if (isOurs(event.target)) return;
      clearTimeout(settling);
      settling = setTimeout(() => {
        pressing.current = false;
        focused();
      }, after);
    };
    for (const end of ["pointerup", "pointercancel"] as const) {
      window.addEventListener(end, released(CLICK_FOLLOWS_MS), options);
    }
    window.addEventListener("click", released(0), options);
    window.addEventListener(
      "keydown",
      (event) => {
        if (use === "on" || isOurs(event.target) || !event.isTrusted) return;
        realKeys.current = true;
        setTarget(null);
      },
      options,
    );
    window.addEventListener("focusin", focused, options);
    // The next element has the focus only after this event; a field that was removed leaves it nowhere.
    window.addEventListener("focusout", () => setTimeout(focused), options);
    return () => {
      clearTimeout(settling);
      listening.abort();
    };
  }, [use, take]);

  useEffect(() => {
    if (props.focusOn === null || use === "off") return;
    if (realKeys.current && use !== "on") return;
    const fields = [...document.querySelectorAll<HTMLElement>(".kiosk-step input, .kiosk-step textarea")];
    fields.find((field) => fieldOf(field) !== null)?.focus({ preventScroll: true });
  }, [props.focusOn, use]);

  useEffect(() => {
    if (target === null) return;
    const { field, inputMode } = target;
    return () => {
      field.inputMode = inputMode;
      delete field.dataset[ASKED];
    };
  }, [target]);

  if (target === null) return null;
  return createPortal(
    <Keys
      key={target.inputMode}
      place={keys}
      target={target}
      language={props.language}
      onClose={() => {
        dismissed.current = target.field;
        setTarget(null);
        target.field.focus();
      }}
    />,
    document.body,
  );
}

/** A field of words; one that has number keys of its own beside it asks for no keyboard. */
function fieldOf(place: EventTarget | null): TextField | null {
  if (!(place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement)) return null;
  if (place.readOnly || place.disabled) return null;
  if (place instanceof HTMLInputElement && !["text", "password", "tel", "search", ""].includes(place.type)) {
    return null;
  }
  return (place.dataset[ASKED] ?? place.inputMode) === "none" ? null : place;
}

type KeyName = Exclude<Extract<KioskKey, `kiosk.keys.${string}`>, "kiosk.keys.typed">;

const NAMES: { readonly [Does in Exclude<Key["does"], "type" | "show">]: KeyName } = {
  shift: "kiosk.keys.shift",
  delete: "kiosk.keys.delete",
  space: "kiosk.keys.space",
  enter: "kiosk.keys.enter",
  close: "kiosk.keys.close",
};
const LAYER_NAMES: { readonly [L in Layer]: KeyName } = {
  letters: "kiosk.keys.letters",
  latin: "kiosk.keys.latin",
  accents: "kiosk.keys.accents",
  numbers: "kiosk.keys.numbers",
  phone: "kiosk.keys.numbers",
};
const ICONS: { readonly [Does in Key["does"]]?: IconName } = {
  shift: "shift",
  delete: "backspace",
  close: "keyboardDown",
};

function Keys(props: {
  readonly place: React.RefObject<HTMLDivElement | null>;
  readonly target: Target;
  readonly language: string;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const { field } = props.target;
  const capitals = field.autocapitalize;
  const [layer, setLayer] = useState<Layer>(() => firstLayer(props.target.inputMode));
  const [shift, setShift] = useState(() =>
    wantsCapital(field.value.slice(0, caretOf(field).start), capitals),
  );
  const [stop, setStop] = useState(0);
  const [said, setSaid] = useState("");
  const isSecret = field.type === "password";
  const rows = rowsOf(props.language, layer);
  useRoom(props.place, field);

  useEffect(() => setSaid(t("kiosk.keys.open")), [t]);

  function press(key: Key, byKey: boolean) {
    switch (key.does) {
      case "type": {
        const text = shift ? key.text.toLocaleUpperCase(props.language) : key.text;
        typeInto(field, text);
        // Whoever presses the keys from a keyboard or a switch does not have the field's own echo.
        if (byKey && !isSecret) setSaid(t("kiosk.keys.typed", { words: text }));
        break;
      }
      case "space":
        typeInto(field, " ");
        break;
      case "delete":
        deleteIn(field);
        break;
      case "enter":
        enterIn(field);
        break;
      case "shift":
        return setShift((on) => !on);
      case "show":
        setStop(0);
        return setLayer(key.layer);
      case "close":
        return props.onClose();
    }
    setShift(wantsCapital(field.value.slice(0, caretOf(field).start), capitals));
  }

  /** Arrows go from key to key; the keyboard is one stop of the tab key. */
  function move(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll("button")];
    const now = all.findIndex((button) => button.matches(":focus"));
    const next = neighbour(all, now, step[0] ?? 0, step[1] ?? 0);
    setStop(next);
    all[next]?.focus();
  }

  let place = -1;
  return (
    <div
      ref={props.place}
      className="keys"
      dir="ltr"
      role="region"
      aria-label={t("kiosk.keys.label")}
      // Beside an open dialog it can still be reached.
      data-react-aria-top-layer="true"
      data-testid={testIds.keys.board}
      onKeyDown={move}
      onPointerDown={keepFocus}
      onMouseDown={keepFocus}
    >
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
        <div className="keys-row" key={at}>
          {row.map((key) => {
            place += 1;
            const mine = place;
            const face = faceOf(key, shift, props.language);
            const label = nameOf(key);
            const icon = ICONS[key.does];
            const isLine = key.does === "enter" && field instanceof HTMLTextAreaElement;
            return (
              <button
                key={key.does === "type" ? key.text : key.does === "show" ? key.layer : key.does}
                type="button"
                className={`keys-key keys-${key.does} keys-wide-${String(widthOf(key)).replace(".", "-")}`}
                tabIndex={mine === stop ? 0 : -1}
                onFocus={() => setStop(mine)}
                onClick={(event) => press(key, event.detail === 0)}
                aria-label={
                  isLine ? t("kiosk.keys.line") : label === null || key.does === "show" ? undefined : t(label)
                }
                aria-pressed={key.does === "shift" ? shift : undefined}
                data-testid={testIds.keys.key(key.does === "type" ? key.text : face || key.does)}
              >
                {icon !== undefined ? (
                  <Icon name={icon} />
                ) : isLine ? (
                  <Icon name="newLine" />
                ) : key.does === "enter" ? (
                  t("kiosk.keys.enter")
                ) : key.does === "show" && label !== null ? (
                  <>
                    <span>{face}</span> <span className="visually-hidden">{t(label)}</span>
                  </>
                ) : (
                  face
                )}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function keepFocus(event: PointerEvent | React.MouseEvent) {
  event.preventDefault();
}

function nameOf(key: Key): KeyName | null {
  switch (key.does) {
    case "type":
      return null;
    case "show":
      return LAYER_NAMES[key.layer];
    default:
      return NAMES[key.does];
  }
}

const LAYER_FACES: { readonly [L in Layer]: string } = {
  letters: "abc",
  latin: "abc",
  accents: "áé",
  numbers: "123",
  phone: "123",
};

/** What stands on a key. */
function faceOf(key: Key, shift: boolean, language: string): string {
  switch (key.does) {
    case "type":
      return shift ? key.text.toLocaleUpperCase(language) : key.text;
    case "show":
      return key.layer === "letters" && language === "ar" ? "أ ب" : LAYER_FACES[key.layer];
    default:
      return "";
  }
}

/** The key that lies next in a direction; the same where none does. */
function neighbour(all: readonly HTMLElement[], now: number, down: number, across: number): number {
  if (down === 0) return Math.min(Math.max(now + across, 0), all.length - 1);
  const from = all[now]?.getBoundingClientRect();
  if (from === undefined) return 0;
  const middle = from.left + from.width / 2;
  let best = now;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, button] of all.entries()) {
    const to = button.getBoundingClientRect();
    const rise = (to.top - from.top) * down;
    if (rise <= 1) continue;
    const distance = rise * 4 + Math.abs(to.left + to.width / 2 - middle);
    if (distance < least) {
      least = distance;
      best = index;
    }
  }
  return best;
}

/** Makes room for the keyboard below the page, and keeps the field in sight. */
function useRoom(place: React.RefObject<HTMLDivElement | null>, field: TextField) {
  useEffect(() => {
    const keys = place.current;
    if (keys === null) return;
    const root = document.documentElement;
    const measure = () => {
      root.style.setProperty("--keys-block", `${Math.ceil(keys.getBoundingClientRect().height)}px`);
      field.scrollIntoView({ block: "nearest" });
    };
    const watcher = new ResizeObserver(measure);
    watcher.observe(keys);
    return () => {
      watcher.disconnect();
      root.style.removeProperty("--keys-block");
    };
  }, [place, field]);
}
