// How long a kiosk waits for somebody who may have left. WCAG 2.2.1: it asks first, one touch starts the wait anew as often
// as it takes, and the clinic can lengthen both waits.

/** How long the thank-you and the declined screen stand after the last touch, in ms. */
export const FAREWELL_MS = 30_000;

/** How long the kiosk waits, in ms. */
export interface IdleTiming {
  /** Without a touch or a key for so long, it asks whether anybody is there. */
  readonly askAfterMs: number;
  /** Without an answer for so long after that, the screen is cleared. */
  readonly leaveAfterMs: number;
}

export type IdlePhase =
  | { readonly kind: "active" }
  | { readonly kind: "asking"; readonly secondsLeft: number }
  | { readonly kind: "over" };

/** What a silence of so many milliseconds means. */
export function idlePhase(silentMs: number, timing: IdleTiming): IdlePhase {
  if (silentMs < timing.askAfterMs) return { kind: "active" };
  const left = timing.askAfterMs + timing.leaveAfterMs - silentMs;
  return left > 0 ? { kind: "asking", secondsLeft: Math.ceil(left / 1000) } : { kind: "over" };
}
