// From what is chosen and typed on the screen to an answer, and back.

import type { Answer, AnswerValue, Question } from "../rpc/schema";
import { OTHER } from "./choice";
import { type DateParts, type DateProblem, dateParts, NO_DATE, readDate } from "./date";
import { type NumberProblem, readNumber } from "./number";
import { lengthOf } from "./text";

/** What the screen holds of an answer that is being given. Every question kind uses the parts that it needs. */
export interface Entry {
  /** Chosen codes; for yes or no "yes" or "no"; for a scale the number. */
  readonly chosen: readonly string[];
  /** Typed words or a typed number. */
  readonly text: string;
  /** Where several lines of words can be given: those already added, before the one in `text`. */
  readonly added: readonly string[];
  readonly unit: string | null;
  readonly date: DateParts;
}

export const EMPTY_ENTRY: Entry = { chosen: [], text: "", added: [], unit: null, date: NO_DATE };

export type EntryProblem =
  | { readonly kind: "choose" | "other" | "text" | "unit" }
  | { readonly kind: "long"; readonly most: number }
  | { readonly kind: "number"; readonly problem: NumberProblem }
  | { readonly kind: "date"; readonly problem: DateProblem };

export type EntryReading =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "problem"; readonly problem: EntryProblem };

const given = (...values: AnswerValue[]): EntryReading => ({
  kind: "answer",
  answer: { outcome: "given", values },
});
const wrong = (problem: EntryProblem): EntryReading => ({ kind: "problem", problem });

/** The answer that the entry gives to the question, or what is wrong with it. */
export function readEntry(question: Question, entry: Entry): EntryReading {
  const { kind } = question;
  switch (kind.type) {
    case "display":
      return given();
    case "boolean": {
      const [chosen] = entry.chosen;
      return chosen === undefined
        ? wrong({ kind: "choose" })
        : given({ type: "boolean", value: chosen === "yes" });
    }
    case "choice":
      return readChoice(kind.options, entry);
    case "integer":
    case "decimal": {
      const reading = readNumber(entry.text, {
        whole: kind.type === "integer",
        min: kind.min,
        max: kind.max,
      });
      if (reading.kind === "empty") return wrong({ kind: "number", problem: { kind: "number" } });
      if (reading.kind === "problem") return wrong({ kind: "number", problem: reading.problem });
      return given({ type: kind.type, value: reading.number });
    }
    case "quantity": {
      const reading = readNumber(entry.text, { whole: false, min: 0, max: null });
      if (reading.kind === "empty") return wrong({ kind: "number", problem: { kind: "number" } });
      if (reading.kind === "problem") return wrong({ kind: "number", problem: reading.problem });
      const unit = entry.unit ?? (kind.units.length === 1 ? kind.units[0]?.code : undefined);
      if (unit === undefined) return wrong({ kind: "unit" });
      return given({ type: "quantity", value: { value: reading.number, unit } });
    }
    case "date": {
      const reading = readDate(entry.date, null);
      if (reading.kind === "empty") return wrong({ kind: "date", problem: "incomplete" });
      if (reading.kind === "problem") return wrong({ kind: "date", problem: reading.problem });
      return given({ type: "date", value: reading.date });
    }
    case "string":
    case "text": {
      const { type, max_length: most } = kind;
      const texts = [...entry.added, entry.text].map((text) => text.trim()).filter((text) => text !== "");
      if (texts.length === 0) return wrong({ kind: "text" });
      if (most !== null && texts.some((text) => lengthOf(text) > most)) return wrong({ kind: "long", most });
      return given(...texts.map((value) => ({ type, value })));
    }
  }
}

function readChoice(
  options: Extract<Question["kind"], { type: "choice" }>["options"],
  entry: Entry,
): EntryReading {
  const values: AnswerValue[] = [];
  for (const option of options) {
    if (!entry.chosen.includes(option.code)) continue;
    const { system, code, display } = option;
    values.push({ type: "choice", value: { system, code, display } });
  }
  if (entry.chosen.includes(OTHER)) {
    const words = entry.text.trim();
    if (words === "") return wrong({ kind: "other" });
    values.push({ type: "text", value: words });
  }
  return values.length === 0 ? wrong({ kind: "choose" }) : given(...values);
}

/** What the screen shows of an answer that was given before. */
export function entryOf(question: Question): Entry {
  const values = question.answer?.outcome === "given" ? question.answer.values : [];
  const chosen: string[] = [];
  const added: string[] = [];
  let { text, unit, date } = EMPTY_ENTRY;
  for (const value of values) {
    switch (value.type) {
      case "boolean":
        chosen.push(value.value ? "yes" : "no");
        break;
      case "choice":
        chosen.push(value.value.code);
        break;
      case "integer":
      case "decimal":
        text = String(value.value);
        break;
      case "quantity":
        text = String(value.value.value);
        unit = value.value.unit;
        break;
      case "date":
        date = dateParts(value.value);
        break;
      case "string":
      case "text":
        if (question.repeats && question.kind.type !== "choice") added.push(value.value);
        else text = value.value;
        if (question.kind.type === "choice") chosen.push(OTHER);
        break;
    }
  }
  return { chosen, text, added, unit, date };
}
