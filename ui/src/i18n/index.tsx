// The language on the screen. One at a time: the staff's, or at the kiosk the patient's.

import { useCallback, useSyncExternalStore } from "react";
import { storeOf } from "../logic/store";
import type { FailureCode } from "../rpc/client";
import { ar } from "./ar";
import type { KioskCatalogue, MessageKey } from "./catalogue";
import { en } from "./en";
import { errorsAr } from "./errors-ar";
import { errorsEn } from "./errors-en";
import { errorsEs } from "./errors-es";
import { es } from "./es";
import { compose, type Message, type PlacesOf, type Value } from "./message";

export type { KioskKey, MessageKey } from "./catalogue";

const CATALOGUES = { en, es } as const;
const KIOSK_CATALOGUES = { en, es, ar } as const satisfies { readonly [language: string]: KioskCatalogue };
const ERRORS = { en: errorsEn, es: errorsEs, ar: errorsAr } as const;

/** A language that the screens are complete in. */
export type ScreenLanguage = keyof typeof CATALOGUES;

/** A language that the kiosk's screens are complete in. */
export type KioskLanguage = keyof typeof KIOSK_CATALOGUES;

export const SCREEN_LANGUAGES = Object.keys(CATALOGUES) as readonly ScreenLanguage[];
export const KIOSK_LANGUAGES = Object.keys(KIOSK_CATALOGUES) as readonly KioskLanguage[];

const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur", "ps", "yi"]);

/** The nearest language that the screens are complete in; English where there is none. */
export function screenLanguage(language: string): ScreenLanguage {
  return SCREEN_LANGUAGES.find((known) => known === baseOf(language)) ?? "en";
}

/** The nearest language that the kiosk's screens are complete in; English where there is none. */
export function kioskLanguage(language: string): KioskLanguage {
  return KIOSK_LANGUAGES.find((known) => known === baseOf(language)) ?? "en";
}

/** The language without its region. */
export function baseOf(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "";
}

/**
 * How a language writes numbers and dates here. Arabic with European digits: they stand on the ticket, on the number keys
 * and on the staff's screens alike.
 */
export function localeOf(language: string): string {
  return baseOf(language) === "ar" ? "ar-u-nu-latn" : language;
}

/** What a language calls itself, with a capital as at the beginning of a line. */
export function ownName(language: string): string {
  const name = nameOf(language, language);
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** What a language is called in another. */
export function nameOf(language: string, within: string): string {
  return new Intl.DisplayNames([within], { type: "language" }).of(language) ?? language;
}

export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(language.split("-")[0] ?? "") ? "rtl" : "ltr";
}

/** What the program is called in the sentences, where no brand calls it otherwise. */
const OWN_NAME = "Bedside";

const { get, set, subscribe } = storeOf<{ readonly language: KioskLanguage; readonly product: string }>({
  language: "en",
  product: OWN_NAME,
});

/** Changes the language of everything on the screen. */
export function setLanguage(language: string) {
  show(screenLanguage(language));
}

/** The same for a patient, who may choose among more. */
export function setKioskLanguage(language: string) {
  show(kioskLanguage(language));
}

function show(language: KioskLanguage) {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  set({ ...get(), language });
}

/** Calls the program by another name, wherever a sentence names it. */
export function setProduct(product: string) {
  if (product !== get().product) set({ ...get(), product });
}

function branded(text: string): string {
  const { product } = get();
  return product === OWN_NAME ? text : text.replaceAll(OWN_NAME, () => product);
}

type Places<Key extends MessageKey> = PlacesOf<(typeof en)[Key]>;
type Arguments<Key extends MessageKey> = [Places<Key>] extends [never]
  ? []
  : [values: { readonly [Place in Places<Key>]: Value }];

/** Says a sentence in the language on the screen. */
export type Translate = <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string;

/** Says a sentence in a language. */
export function translate<Key extends MessageKey>(
  language: KioskLanguage,
  key: Key,
  ...values: Arguments<Key>
): string {
  // A sentence for staff only, while a patient's language is on the screen, is in English: no kiosk's screen has one.
  const known: { readonly [key in MessageKey]?: Message } = KIOSK_CATALOGUES[language];
  const message: Message | undefined = known[key];
  return message === undefined
    ? compose(en[key], values[0] ?? {}, "en", branded)
    : compose(message, values[0] ?? {}, localeOf(language), branded);
}

/** The language on the screen, and how to say something in it. */
export function useText(): { readonly t: Translate; readonly language: KioskLanguage } {
  const shown = useSyncExternalStore(subscribe, get);
  const t = useCallback<Translate>((key, ...values) => translate(shown.language, key, ...values), [shown]);
  return { t, language: shown.language };
}

/** What happened and what to do next, for a code. */
export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export function errorText(language: KioskLanguage, code: FailureCode): ErrorText {
  const known: { readonly [code in FailureCode]?: ErrorText } = ERRORS[language];
  const { what, next } = known[code] ?? errorsEn[code] ?? errorsEn.internal;
  return { what: branded(what), next: branded(next) };
}
