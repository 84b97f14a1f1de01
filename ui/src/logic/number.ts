// Numbers as patients type them.

import { europeanDigits } from "./digits";

export type NumberProblem =
  | { readonly kind: "number" }
  | { readonly kind: "whole" }
  | { readonly kind: "least"; readonly least: number }
  | { readonly kind: "most"; readonly most: number };

export type NumberReading =
  | { readonly kind: "empty" }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "problem"; readonly problem: NumberProblem };

export interface NumberLimits {
  readonly whole: boolean;
  readonly min: number | null;
  readonly max: number | null;
}

/** Reads what was typed; a comma is a decimal point. */
export function readNumber(typed: string, limits: NumberLimits): NumberReading {
  const text = europeanDigits(typed)
    .trim()
    .replace(/[,\u066b]/, ".");
  if (text === "") return { kind: "empty" };
  if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(text)) return { kind: "problem", problem: { kind: "number" } };
  const number = Number(text);
  if (limits.whole && !Number.isInteger(number)) return { kind: "problem", problem: { kind: "whole" } };
  if (limits.min !== null && number < limits.min) {
    return { kind: "problem", problem: { kind: "least", least: limits.min } };
  }
  if (limits.max !== null && number > limits.max) {
    return { kind: "problem", problem: { kind: "most", most: limits.max } };
  }
  return { kind: "number", number };
}

const MOST_BUTTONS = 11;

/** The numbers of a scale that is short enough to show a button for each; none where it is not. */
export function scaleOf(min: number | null, max: number | null): readonly number[] {
  if (min === null || max === null || max < min || max - min >= MOST_BUTTONS) return [];
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}
