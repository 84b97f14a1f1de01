import type { en } from "./en";
import type { Message } from "./message";

/** The key of a sentence. */
export type MessageKey = keyof typeof en;

/** A language's sentences: all of them, in the same shape as the English ones. */
export type Catalogue = {
  readonly [Key in MessageKey]: (typeof en)[Key] extends string ? string : Exclude<Message, string>;
};
