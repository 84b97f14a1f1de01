import type { en } from "./en";
import type { Shaped } from "./message";

/** The key of a sentence. */
export type MessageKey = keyof typeof en;

/** A language's sentences: all of them, in the same shape as the English ones. */
export type Catalogue = Shaped<typeof en>;

/** What only staff read on a kiosk's screen, or in forms that a kiosk has not. */
type StaffKey =
  | `kiosk.staff.${string}`
  | "check.required"
  | "check.short"
  | "check.differs"
  | "check.login-space"
  | "check.words";

/** The key of a sentence that a patient may read. */
export type KioskKey = Exclude<
  Extract<
    MessageKey,
    `kiosk.${string}` | `check.${string}` | `sound.loss.${string}` | "app.name" | "app.close" | "app.loading"
  >,
  StaffKey
>;

/** The sentences of a language that only the kiosk's screens are in. */
export type KioskCatalogue = Pick<Catalogue, KioskKey>;
