// How long a kiosk waits for somebody who may have left. WCAG 2.2.1: it asks first, and one touch starts the wait anew.

export const IDLE = {
  /** Without a touch or a key for so long, the kiosk asks whether anybody is there. */
  askAfterMs: 45_000,
  /** Without an answer for so long after that, the screen is cleared. */
  leaveAfterMs: 20_000,
  /** How long the thank-you and the declined screen stand. */
  farewellMs: 20_000,
} as const;

export type IdlePhase =
  | { readonly kind: "active" }
  | { readonly kind: "asking"; readonly secondsLeft: number }
  | { readonly kind: "over" };

/** What a silence of so many milliseconds means. */
export function idlePhase(silentMs: number, timing: { askAfterMs: number; leaveAfterMs: number }): IdlePhase {
  if (silentMs < timing.askAfterMs) return { kind: "active" };
  const left = timing.askAfterMs + timing.leaveAfterMs - silentMs;
  return left > 0 ? { kind: "asking", secondsLeft: Math.ceil(left / 1000) } : { kind: "over" };
}
