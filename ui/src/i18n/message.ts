// A catalogue's types, and how a message becomes a sentence.

/** A sentence in its plural forms, as CLDR calls them. */
export interface Plural {
  readonly one: string;
  readonly other: string;
  readonly zero?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
}

/** A sentence with `{places}`, or one for each plural form of `{count}`. */
export type Message = string | Plural;

/** The same keys, each a sentence or a sentence in its plural forms, as in the first language. */
export type Shaped<First> = {
  readonly [Key in keyof First]: First[Key] extends string ? string : Plural;
};

type Places<S> = S extends `${string}{${infer Place}}${infer Rest}` ? Place | Places<Rest> : never;

/** The names of the places that a message leaves open. */
export type PlacesOf<M> = M extends string
  ? Places<M>
  : M extends { readonly one: infer One; readonly other: infer Other }
    ? "count" | Places<One> | Places<Other>
    : never;

export type Value = string | number;

/** Chooses the plural form and fills the places in. `renamed` changes the sentence's own words, never what is filled in. */
export function compose(
  message: Message,
  values: { readonly [place: string]: Value },
  locale: string,
  renamed: (text: string) => string = (text) => text,
) {
  const text = typeof message === "string" ? message : pluralForm(message, Number(values.count), locale);
  return renamed(text).replace(/\{(\w+)\}/g, (_, place: string) => {
    const value = values[place];
    return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : (value ?? "");
  });
}

function pluralForm(message: Plural, count: number, locale: string) {
  return message[new Intl.PluralRules(locale).select(count)] ?? message.other;
}
