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
