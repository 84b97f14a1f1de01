// What must be right before a step of the set-up is left.

import { lengthOf } from "./text";

export const PASSWORD_LEAST = 10;
export const PASSPHRASE_LEAST = 12;

export type FieldProblem =
  | { readonly kind: "required" | "differs" | "login-space" }
  | { readonly kind: "short"; readonly least: number; readonly count: number };

export function checkName(value: string): FieldProblem | null {
  return value.trim() === "" ? { kind: "required" } : null;
}

export function checkLogin(value: string): FieldProblem | null {
  if (value.trim() === "") return { kind: "required" };
  return /\s/.test(value.trim()) ? { kind: "login-space" } : null;
}

export function checkSecret(value: string, least: number): FieldProblem | null {
  if (value === "") return { kind: "required" };
  const count = lengthOf(value);
  return count < least ? { kind: "short", least, count } : null;
}

export function checkAgain(value: string, again: string): FieldProblem | null {
  if (again === "") return { kind: "required" };
  return value === again ? null : { kind: "differs" };
}

/** A screen of the first start. */
export type Stage =
  | "welcome"
  | "restore"
  | "clinic"
  | "passphrase"
  | "words"
  | "confirm"
  | "device"
  | "sound"
  | "models"
  | "licence"
  | "rehearsal"
  | "done";

/** The steps that are counted, each with its screens. What follows the last one is not counted. */
export const STEPS: readonly (readonly Stage[])[] = [
  ["welcome", "restore"],
  ["clinic"],
  ["passphrase", "words", "confirm"],
  ["device", "sound"],
  ["models"],
  ["licence"],
];

/** Which step a screen belongs to, from 1; none after the last. */
export function stepOf(stage: Stage): number | null {
  const place = STEPS.findIndex((stages) => stages.includes(stage));
  return place < 0 ? null : place + 1;
}

/** The screens that stand before an administrator who has signed in, in order. */
export const GUIDED = [
  "device",
  "sound",
  "models",
  "licence",
  "rehearsal",
] as const satisfies readonly Stage[];
export type Guided = (typeof GUIDED)[number];

/** The guided screen after one; none after the last. */
export function guidedAfter(stage: Guided): Guided | null {
  return GUIDED[GUIDED.indexOf(stage) + 1] ?? null;
}

/** The guided screen before one; none before the first: what was written down is not asked again. */
export function guidedBefore(stage: Guided): Guided | null {
  return GUIDED[GUIDED.indexOf(stage) - 1] ?? null;
}
