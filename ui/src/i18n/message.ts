// A catalogue's types, and how a message becomes a sentence.

/** A sentence with `{places}`, or one for each plural form of `{count}`. */
export type Message = string | { readonly one: string; readonly other: string };

type Places<S> = S extends `${string}{${infer Place}}${infer Rest}` ? Place | Places<Rest> : never;

/** The names of the places that a message leaves open. */
export type PlacesOf<M> = M extends string
  ? Places<M>
  : M extends { readonly one: infer One; readonly other: infer Other }
    ? "count" | Places<One> | Places<Other>
    : never;

export type Value = string | number;

/** Chooses the plural form and fills the places in. */
export function compose(message: Message, values: { readonly [place: string]: Value }, language: string) {
  const text = typeof message === "string" ? message : pluralForm(message, Number(values.count), language);
  return text.replace(/\{(\w+)\}/g, (_, place: string) => {
    const value = values[place];
    return typeof value === "number" ? new Intl.NumberFormat(language).format(value) : (value ?? "");
  });
}

function pluralForm(message: Exclude<Message, string>, count: number, language: string) {
  return new Intl.PluralRules(language).select(count) === "one" ? message.one : message.other;
}
