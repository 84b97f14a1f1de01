// The keys of the keyboard on the screen, and what they do to a field.

export type Layer = "letters" | "latin" | "accents" | "numbers" | "phone";

export type Key =
  | { readonly does: "type"; readonly text: string }
  | { readonly does: "show"; readonly layer: Layer }
  | { readonly does: "shift" | "delete" | "space" | "enter" | "close" };

export type Rows = readonly (readonly Key[])[];

const typed = (text: string): Key => ({ does: "type", text });
const each = (texts: string): Key[] => [...texts].map(typed);
const show = (layer: Layer): Key => ({ does: "show", layer });
const SHIFT: Key = { does: "shift" };
const DELETE: Key = { does: "delete" };
const SPACE: Key = { does: "space" };
const ENTER: Key = { does: "enter" };
const CLOSE: Key = { does: "close" };

const LATIN: Rows = [each("qwertyuiop"), each("asdfghjkl"), [SHIFT, ...each("zxcvbnm"), DELETE]];

const SPANISH: Rows = [
  each("áéíóúü¿¡"),
  each("qwertyuiop"),
  each("asdfghjklñ"),
  [SHIFT, ...each("zxcvbnm"), DELETE],
];

// As on the usual Arabic keyboard, with the hamza forms that it has behind its shift key.
const ARABIC: Rows = [
  each("أإآئءؤ"),
  each("ضصثقفغعهخحجد"),
  each("شسيبلاتنمكط"),
  [...each("ذرىةوزظ"), DELETE],
];

const ACCENTS: Rows = [
  each("áàâäãåæçčć"),
  each("éèêëęěíìîï"),
  each("ñńóòôöõøœß"),
  [SHIFT, ...each("úùûüýšžłğş"), DELETE],
];

const NUMBERS: Rows = [each("1234567890"), each("-/:;()&@%+"), [...each("=,?!'\"#*"), DELETE]];

const PHONE: Rows = [
  each("123"),
  each("456"),
  each("789"),
  [typed("+"), typed("0"), DELETE],
  [SPACE, ENTER, CLOSE],
];

/** The layer that a field begins with. */
export function firstLayer(inputMode: string): Layer {
  if (inputMode === "tel") return "phone";
  return inputMode === "numeric" || inputMode === "decimal" ? "numbers" : "letters";
}

/** The rows of a layer, in a language. */
export function rowsOf(language: string, layer: Layer): Rows {
  const isArabic = language === "ar";
  const last = (...first: Key[]): Key[] => [...first, SPACE, typed("."), ENTER, CLOSE];
  switch (layer) {
    case "letters":
      if (isArabic) return [...ARABIC, last(show("numbers"), show("latin"))];
      if (language === "es") return [...SPANISH, last(show("numbers"), show("accents"))];
      return [...LATIN, last(show("numbers"), show("accents"))];
    case "latin":
      return [...LATIN, last(show("numbers"), show("letters"), show("accents"))];
    case "accents":
      return [...ACCENTS, last(show("numbers"), show(isArabic ? "latin" : "letters"))];
    case "numbers":
      return [...NUMBERS, last(show("letters"))];
    case "phone":
      return PHONE;
  }
}

/** How wide a key is, in widths of a letter's. */
export function widthOf(key: Key): number {
  switch (key.does) {
    case "type":
      return 1;
    case "space":
      return 4;
    case "enter":
      return 2;
    default:
      return 1.5;
  }
}

export type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Whether the next letter begins a name or a sentence, as the field's `autocapitalize` asks. */
export function wantsCapital(before: string, capitals: string): boolean {
  if (capitals === "words") return before === "" || /[\s-]$/.test(before);
  if (capitals === "sentences") return /^\s*$/.test(before) || /[.!?؟]\s+$|\n$/.test(before);
  return false;
}

/** Types at the caret, as a keyboard would: over what is marked, and no further than the field takes. */
export function typeInto(field: TextField, text: string) {
  const { start, end } = caretOf(field);
  const room = field.maxLength < 0 ? text.length : field.maxLength - (field.value.length - (end - start));
  if (room < text.length) return;
  replace(field, text, start, end, "insertText");
}

/** Deletes what is marked, else the letter before the caret. */
export function deleteIn(field: TextField) {
  const { start, end } = caretOf(field);
  const from = start === end ? start - lastLetter(field.value.slice(0, start)).length : start;
  if (from < end) replace(field, "", from, end, "deleteContentBackward");
}

/** Goes on: a field of one line hands its form in, another begins a new line. */
export function enterIn(field: TextField) {
  if (field instanceof HTMLTextAreaElement) typeInto(field, "\n");
  else field.form?.requestSubmit();
}

export function caretOf(field: TextField): { start: number; end: number } {
  const end = field.value.length;
  return { start: field.selectionStart ?? end, end: field.selectionEnd ?? end };
}

function replace(field: TextField, text: string, start: number, end: number, inputType: string) {
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType, data: text === "" ? null : text }));
}

/** The last letter as a person counts: with the accents that were typed after it. */
export function lastLetter(text: string): string {
  return [...new Intl.Segmenter().segment(text)].at(-1)?.segment ?? "";
}
