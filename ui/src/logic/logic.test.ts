import { describe, expect, test } from "vitest";
import type { ChoiceOption, EncounterLine, Question } from "../rpc/schema";
import { EMPTY_ENTRY, entryOf, readEntry } from "./answer";
import { OTHER, settle } from "./choice";
import { dateInWords, dateParts, localDay, readDate, startOfDay } from "./date";
import { idlePhase } from "./idle";
import { readNumber, scaleOf } from "./number";
import { checkAgain, checkLogin, checkName, checkSecret } from "./setup";
import { slice, somePlaces, wordsOf } from "./text";
import { inOrder } from "./worklist";

const date = (day: string, month: string, year: string, today: string | null = "2026-11-23") =>
  readDate({ day, month, year }, today);

describe("a date", () => {
  test("may lack its day or its month, but not its year", () => {
    expect(date("3", "5", "1981")).toEqual({ kind: "date", date: "1981-05-03" });
    expect(date("", "5", "1981")).toEqual({ kind: "date", date: "1981-05" });
    expect(date("", "", "1981")).toEqual({ kind: "date", date: "1981" });
    expect(date("", "", "")).toEqual({ kind: "empty" });
    expect(date("3", "5", "")).toEqual({ kind: "problem", problem: "incomplete" });
    expect(date("3", "", "1981")).toEqual({ kind: "problem", problem: "incomplete" });
  });

  test("must exist", () => {
    expect(date("29", "2", "2024")).toEqual({ kind: "date", date: "2024-02-29" });
    expect(date("29", "2", "2023")).toEqual({ kind: "problem", problem: "no-day" });
    expect(date("29", "2", "1900")).toEqual({ kind: "problem", problem: "no-day" });
    expect(date("31", "4", "2000")).toEqual({ kind: "problem", problem: "no-day" });
    expect(date("1", "13", "2000")).toEqual({ kind: "problem", problem: "no-month" });
    expect(date("1", "1", "81")).toEqual({ kind: "problem", problem: "no-year" });
  });

  test("of birth lies in the past, and today is past enough", () => {
    expect(date("23", "11", "2026")).toEqual({ kind: "date", date: "2026-11-23" });
    expect(date("24", "11", "2026")).toEqual({ kind: "problem", problem: "future" });
    expect(date("", "12", "2026")).toEqual({ kind: "problem", problem: "future" });
    expect(date("", "", "2026")).toEqual({ kind: "date", date: "2026" });
    expect(date("", "", "1066")).toEqual({ kind: "problem", problem: "past" });
    expect(date("24", "11", "2026", null)).toEqual({ kind: "date", date: "2026-11-24" });
  });

  test("comes apart the way it was entered and is said in words", () => {
    expect(dateParts("1981-05-03")).toEqual({ day: "3", month: "5", year: "1981" });
    expect(dateParts("1981")).toEqual({ day: "", month: "", year: "1981" });
    expect(dateInWords("1981-05-03", "es")).toBe("3 de mayo de 1981");
    expect(dateInWords("1981-05", "en")).toBe("May 1981");
    expect(dateInWords("0981", "en")).toBe("981");
  });

  test("begins at local midnight", () => {
    const moment = new Date(2026, 2, 1, 13, 5);
    expect(localDay(moment)).toBe("2026-03-01");
    expect(startOfDay(moment)).toBe(new Date(2026, 2, 1).getTime());
    expect(startOfDay(moment, 1)).toBe(new Date(2026, 1, 28).getTime());
  });
});

describe("a number", () => {
  const whole = { whole: true, min: 0, max: 10 };
  test("is read with a comma or a point and kept within its limits", () => {
    expect(readNumber("37,5", { whole: false, min: null, max: null })).toEqual({
      kind: "number",
      number: 37.5,
    });
    expect(readNumber(" 7 ", whole)).toEqual({ kind: "number", number: 7 });
    expect(readNumber("", whole)).toEqual({ kind: "empty" });
    expect(readNumber("7.5", whole)).toEqual({ kind: "problem", problem: { kind: "whole" } });
    expect(readNumber("11", whole)).toEqual({ kind: "problem", problem: { kind: "most", most: 10 } });
    expect(readNumber("-1", whole)).toEqual({ kind: "problem", problem: { kind: "least", least: 0 } });
    for (const nonsense of ["1e3", "1.2.3", "seven", "--1", ".", "5."]) {
      expect(readNumber(nonsense, whole)).toEqual({ kind: "problem", problem: { kind: "number" } });
    }
  });

  test("has a button of its own where the scale is short", () => {
    expect(scaleOf(0, 10)).toHaveLength(11);
    expect(scaleOf(1, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(scaleOf(0, 120)).toEqual([]);
    expect(scaleOf(null, 10)).toEqual([]);
    expect(scaleOf(5, 1)).toEqual([]);
  });
});

const option = (code: string, exclusive = false): ChoiceOption => ({
  system: null,
  code,
  display: code,
  exclusive,
});
const OPTIONS = [option("fever"), option("cough"), option("none", true)];

describe("checkmarks", () => {
  test("an exclusive option drives out the others, and they drive it out", () => {
    expect(settle(["fever", "cough"], ["fever", "cough", "none"], OPTIONS)).toEqual(["none"]);
    expect(settle(["none"], ["none", "fever"], OPTIONS)).toEqual(["fever"]);
    expect(settle(["none"], ["none", OTHER], OPTIONS)).toEqual([OTHER]);
    expect(settle(["fever", "cough"], ["cough"], OPTIONS)).toEqual(["cough"]);
  });
});

const question = (kind: Question["kind"], rest: Partial<Question> = {}): Question => ({
  link_id: "q",
  heading: null,
  text: "?",
  help: null,
  required: false,
  repeats: false,
  kind,
  answer: null,
  ...rest,
});

describe("an answer", () => {
  test("of several options and something else keeps the questionnaire's order", () => {
    const asked = question({ type: "choice", options: OPTIONS, open: true }, { repeats: true });
    const entry = { ...EMPTY_ENTRY, chosen: [OTHER, "cough", "fever"], text: " a rash " };
    expect(readEntry(asked, entry)).toEqual({
      kind: "answer",
      answer: {
        outcome: "given",
        values: [
          { type: "choice", value: { system: null, code: "fever", display: "fever" } },
          { type: "choice", value: { system: null, code: "cough", display: "cough" } },
          { type: "text", value: "a rash" },
        ],
      },
    });
    expect(readEntry(asked, { ...entry, text: " " })).toEqual({
      kind: "problem",
      problem: { kind: "other" },
    });
    expect(readEntry(asked, EMPTY_ENTRY)).toEqual({ kind: "problem", problem: { kind: "choose" } });
  });

  test("with one unit on offer needs no choice of it", () => {
    const days = question({ type: "quantity", units: [option("d")] });
    expect(readEntry(days, { ...EMPTY_ENTRY, text: "3" })).toMatchObject({
      answer: { values: [{ type: "quantity", value: { value: 3, unit: "d" } }] },
    });
    const either = question({ type: "quantity", units: [option("d"), option("wk")] });
    expect(readEntry(either, { ...EMPTY_ENTRY, text: "3" })).toEqual({
      kind: "problem",
      problem: { kind: "unit" },
    });
  });

  test("counts its characters as the engine does", () => {
    const short = question({ type: "string", max_length: 2 });
    expect(readEntry(short, { ...EMPTY_ENTRY, text: "🤒🤒" })).toMatchObject({ kind: "answer" });
    expect(readEntry(short, { ...EMPTY_ENTRY, text: "abc" })).toMatchObject({ problem: { kind: "long" } });
  });

  test("of several lines takes the one that is being typed along", () => {
    const medicines = question({ type: "string", max_length: 200 }, { repeats: true });
    const entry = { ...EMPTY_ENTRY, added: ["metformin 500 mg"], text: "lisinopril " };
    const reading = readEntry(medicines, entry);
    expect(reading).toMatchObject({
      answer: { values: [{ value: "metformin 500 mg" }, { value: "lisinopril" }] },
    });
    const answer = reading.kind === "answer" ? reading.answer : null;
    expect(entryOf({ ...medicines, answer })).toMatchObject({ added: ["metformin 500 mg", "lisinopril"] });
    expect(readEntry(medicines, EMPTY_ENTRY)).toEqual({ kind: "problem", problem: { kind: "text" } });
  });

  test("that was given before is shown again and gives the same answer", () => {
    const kinds: [Question["kind"], Question["answer"]][] = [
      [{ type: "boolean" }, { outcome: "given", values: [{ type: "boolean", value: false }] }],
      [
        { type: "integer", min: 0, max: 10 },
        { outcome: "given", values: [{ type: "integer", value: 7 }] },
      ],
      [
        { type: "quantity", units: [option("d"), option("wk")] },
        { outcome: "given", values: [{ type: "quantity", value: { value: 2.5, unit: "wk" } }] },
      ],
      [{ type: "date" }, { outcome: "given", values: [{ type: "date", value: "1981-05" }] }],
      [
        { type: "text", max_length: null },
        { outcome: "given", values: [{ type: "text", value: "since Tuesday" }] },
      ],
      [
        { type: "choice", options: OPTIONS, open: true },
        { outcome: "given", values: [{ type: "text", value: "a rash" }] },
      ],
    ];
    for (const [kind, answer] of kinds) {
      const asked = question(kind, { answer });
      expect(readEntry(asked, entryOf(asked))).toEqual({ kind: "answer", answer });
    }
    expect(entryOf(question({ type: "boolean" }, { answer: { outcome: "skipped" } }))).toEqual(EMPTY_ENTRY);
  });
});

const IDLE = { askAfterMs: 45_000, leaveAfterMs: 20_000 };

describe("an idle kiosk", () => {
  test("asks first, counts down, and only then clears the screen", () => {
    expect(idlePhase(44_999, IDLE)).toEqual({ kind: "active" });
    expect(idlePhase(45_000, IDLE)).toEqual({ kind: "asking", secondsLeft: 20 });
    expect(idlePhase(64_001, IDLE)).toEqual({ kind: "asking", secondsLeft: 1 });
    expect(idlePhase(65_000, IDLE)).toEqual({ kind: "over" });
  });
});

describe("the set-up", () => {
  test("accepts only what the engine accepts", () => {
    expect(checkName("  ")).toEqual({ kind: "required" });
    expect(checkLogin("ana maria")).toEqual({ kind: "login-space" });
    expect(checkLogin(" ana ")).toBeNull();
    expect(checkSecret("123456789", 10)).toEqual({ kind: "short", least: 10, count: 9 });
    expect(checkSecret("1234567890", 10)).toBeNull();
    expect(checkAgain("one", "other")).toEqual({ kind: "differs" });
  });

  test("asks for different words, in order", () => {
    let turn = 0;
    const rolls = [0.5, 0.5, 0.99, 0];
    expect(somePlaces(3, 24, () => rolls[turn++] ?? 0)).toEqual([1, 13, 24]);
  });

  test("reads recovery words however they were typed", () => {
    expect(wordsOf(" 1. Abandon\n2. ability,\tABLE ")).toEqual(["abandon", "ability", "able"]);
  });
});

describe("the work list", () => {
  const line = (ticket: string, rest: Partial<EncounterLine>): EncounterLine => ({
    id: ticket,
    opened: 0,
    status: "waiting",
    ticket,
    patient: null,
    patient_id: "patient",
    birth_date: null,
    verified: false,
    flags: 0,
    open_flag: null,
    help_requested: false,
    site: null,
    ...rest,
  });

  test("shows open alarms first, then requests for a person, then the longest wait; finished ones last", () => {
    const lines = [
      line("signed-old", { status: "signed", opened: 1 }),
      line("signed-new", { status: "signed", opened: 9 }),
      line("waits-short", { opened: 5 }),
      line("waits-long", { opened: 2 }),
      line("helped", { status: "signed", opened: 8, help_requested: true }),
      line("help", { status: "intake", opened: 7, help_requested: true }),
      line("urgent", { opened: 6, open_flag: "urgent" }),
      line("emergency", { opened: 7, open_flag: "emergency" }),
    ];
    expect(inOrder(lines).map((one) => one.ticket)).toEqual([
      "emergency",
      "urgent",
      "help",
      "waits-long",
      "waits-short",
      "signed-new",
      "helped",
      "signed-old",
    ]);
  });
});

test("a span counts code points, as the engine does", () => {
  expect(slice("🤒 chest pain", [2, 7])).toBe("chest");
});
