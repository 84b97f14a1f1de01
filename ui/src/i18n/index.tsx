// The language on the screen. One at a time: the staff's, or at the kiosk the patient's.

import { useCallback, useSyncExternalStore } from "react";
import type { FailureCode } from "../rpc/client";
import type { MessageKey } from "./catalogue";
import { en } from "./en";
import { errorsEn } from "./errors-en";
import { errorsEs } from "./errors-es";
import { es } from "./es";
import { compose, type PlacesOf, type Value } from "./message";

export type { MessageKey } from "./catalogue";

const CATALOGUES = { en, es } as const;
const ERRORS = { en: errorsEn, es: errorsEs } as const;

/** A language that the screens are complete in. */
export type ScreenLanguage = keyof typeof CATALOGUES;

export const SCREEN_LANGUAGES = Object.keys(CATALOGUES) as readonly ScreenLanguage[];

const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur", "ps", "yi"]);

/** The nearest language that the screens are complete in; English where there is none. */
export function screenLanguage(language: string): ScreenLanguage {
  const base = language.toLowerCase().split("-")[0] ?? "";
  return SCREEN_LANGUAGES.find((known) => known === base) ?? "en";
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

let present: ScreenLanguage = "en";
const listeners = new Set<() => void>();

/** Changes the language of everything on the screen. */
export function setLanguage(language: string) {
  present = screenLanguage(language);
  document.documentElement.lang = present;
  document.documentElement.dir = directionOf(present);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

type Places<Key extends MessageKey> = PlacesOf<(typeof en)[Key]>;
type Arguments<Key extends MessageKey> = [Places<Key>] extends [never]
  ? []
  : [values: { readonly [Place in Places<Key>]: Value }];

/** Says a sentence in the language on the screen. */
export type Translate = <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string;

/** Says a sentence in a language. */
export function translate<Key extends MessageKey>(
  language: ScreenLanguage,
  key: Key,
  ...values: Arguments<Key>
): string {
  return compose(CATALOGUES[language][key], values[0] ?? {}, language);
}

/** The language on the screen, and how to say something in it. */
export function useText(): { readonly t: Translate; readonly language: ScreenLanguage } {
  const language = useSyncExternalStore(subscribe, () => present);
  const t = useCallback<Translate>((key, ...values) => translate(language, key, ...values), [language]);
  return { t, language };
}

/** What happened and what to do next, for a code. */
export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export function errorText(language: ScreenLanguage, code: FailureCode): ErrorText {
  return ERRORS[language][code] ?? ERRORS[language].internal;
}
