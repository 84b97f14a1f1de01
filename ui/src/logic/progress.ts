// How far a patient is. How many questions there will be depends on the answers: what is shown says "about", and the bar
// never goes back.

import type { IntakeView } from "../rpc/schema";

/** Where the stages stand on the bar, as shares of it. */
const CONSENT = 0.03;
const IDENTIFY = 0.08;
const QUESTIONS = { from: 0.12, to: 0.9 };
const REVIEW = 0.95;

export interface Progress {
  /** How much of the bar is filled, 0 to 1. */
  readonly share: number;
  readonly stage: "consent" | "identify" | "questions" | "last" | "review";
  /** Questions to go as far as the answers tell, with the one that is shown. */
  readonly left: number;
}

/** The progress of a view, after what was shown `before`; none on the screens after the intake. */
export function progressOf(
  view: Pick<IntakeView, "answered" | "total" | "step">,
  before: number,
): Progress | null {
  const at = (share: number, stage: Progress["stage"], left = 0): Progress => ({
    share: Math.max(share, before),
    stage,
    left,
  });
  switch (view.step.screen) {
    case "consent":
      return at(CONSENT, "consent");
    case "identify":
      return at(IDENTIFY, "identify");
    case "question": {
      const left = view.total - view.answered;
      const done = view.total === 0 ? 0 : Math.min(view.answered / view.total, 1);
      const share = QUESTIONS.from + done * (QUESTIONS.to - QUESTIONS.from);
      // An answer that is changed from the review: nothing is left but to look over them.
      if (left <= 0) return at(share, "review");
      return at(share, left === 1 ? "last" : "questions", left);
    }
    case "review":
      return at(REVIEW, "review");
    case "declined":
    case "done":
      return null;
  }
}
