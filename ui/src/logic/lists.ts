// The lists beside a note, as words.

import type { Amount, ListItem, ListLine } from "../rpc/schema";

/** The lists, in the order of the screen. */
export const LISTS = ["medicine", "allergy", "problem", "vital"] as const;
export type ListName = (typeof LISTS)[number];

/** On which list an item stands: that there are no allergies stands among the allergies. */
export function listOf(item: ListItem): ListName {
  return item.kind === "no-allergies" ? "allergy" : item.kind;
}

export function linesOf(lines: readonly ListLine[], list: ListName): readonly ListLine[] {
  return lines.filter((line) => listOf(line.item) === list);
}

// UCUM's codes are for programs; these are the ones that people write otherwise.
const UNITS: Readonly<Record<string, string>> = {
  "[iU]": "units",
  "[drp]": "drops",
  "[tsp_us]": "tsp",
  "[tbs_us]": "tbsp",
  "[degF]": "°F",
  "[lb_av]": "lb",
  "mm[Hg]": "mmHg",
  "/min": "/min",
  Cel: "°C",
  ug: "mcg",
};

export function unitInWords(unit: string | null): string {
  if (unit === null) return "";
  return UNITS[unit] ?? unit.replace(/^\{(.*)\}$/, "$1");
}

export function amountInWords(amount: Amount): string {
  return `${amount.value} ${unitInWords(amount.unit)}`.trim();
}

/** The value of a vital sign: "148/92 mmHg". */
export function measured(item: Extract<ListItem, { kind: "vital" }>): string {
  const value = item.over === null ? String(item.value) : `${item.value}/${item.over}`;
  return `${value} ${unitInWords(item.unit)}`.trim();
}

/** The number that was typed; none where it is none or not above zero. */
export function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) && value > 0 ? value : null;
}
