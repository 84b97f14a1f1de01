// What a kiosk's page does not let through: the ways of a browser out of its page, or to another size of it.

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** Keys that a browser or a web view acts on by themselves: reload, search, address line, menus, full screen, developer tools. */
const KEYS = new Set([
  "F1",
  "F3",
  "F4",
  "F5",
  "F6",
  "F7",
  "F10",
  "F11",
  "F12",
  "ContextMenu",
  "PrintScreen",
  "BrowserBack",
  "BrowserForward",
  "BrowserRefresh",
  "BrowserHome",
  "BrowserSearch",
  "BrowserFavorites",
  "LaunchMail",
  "ZoomIn",
  "ZoomOut",
  "ZoomToggle",
]);

/** What is typed and edited with the control or the command key: marking, copying within a field, undoing. */
const EDITING = new Set([
  "a",
  "c",
  "v",
  "x",
  "z",
  "y",
  "arrowleft",
  "arrowright",
  "backspace",
  "delete",
  "home",
  "end",
]);

/** Whether a key is kept from the browser. `inField`: whether it goes to a text field. */
export function isLocked(pressed: Pressed, inField: boolean): boolean {
  if (KEYS.has(pressed.key)) return true;
  const key = pressed.key.toLowerCase();
  // AltGr, by which many letters are typed, is control and alt at once.
  if (pressed.ctrlKey && pressed.altKey) return false;
  if (pressed.altKey)
    return key.startsWith("arrow") || key === "home" || (pressed.key.length === 1 && !inField);
  if (pressed.ctrlKey || pressed.metaKey) return !(inField && EDITING.has(key)) && !isModifier(key);
  return key === "backspace" && !inField;
}

function isModifier(key: string): boolean {
  return key === "control" || key === "meta" || key === "shift" || key === "alt" || key === "altgraph";
}
