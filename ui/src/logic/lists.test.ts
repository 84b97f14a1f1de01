import { describe, expect, it } from "vitest";
import type { ListItem, ListLine } from "../rpc/schema";
import { amountInWords, linesOf, measured, numberOf } from "./lists";

const line = (id: number, item: ListItem): ListLine => ({
  id,
  item,
  says: "patient",
  evidence: [0],
  origin: "drafted",
  dropped: false,
});

describe("the lists beside a note", () => {
  it("show an amount as people write it", () => {
    expect(amountInWords({ value: 500, unit: "mg" })).toBe("500 mg");
    expect(amountInWords({ value: 75, unit: "ug" })).toBe("75 mcg");
    expect(amountInWords({ value: 2, unit: "{puff}" })).toBe("2 puff");
    expect(amountInWords({ value: 10, unit: null })).toBe("10");
  });

  it("show a pressure as one value", () => {
    const code = { code: "85354-9", display: "Blood pressure" };
    expect(measured({ kind: "vital", code, value: 148, over: 92, unit: "mm[Hg]" })).toBe("148/92 mmHg");
    expect(measured({ kind: "vital", code, value: 38.2, over: null, unit: "Cel" })).toBe("38.2 °C");
  });

  it("keep the statement that there are no allergies among the allergies", () => {
    const lines = [line(0, { kind: "no-allergies", to: "any" })];
    expect(linesOf(lines, "allergy")).toHaveLength(1);
    expect(linesOf(lines, "medicine")).toHaveLength(0);
  });

  it("take a number only where one was typed", () => {
    expect(numberOf("2,5")).toBe(2.5);
    expect(numberOf("0")).toBeNull();
    expect(numberOf("ten")).toBeNull();
    expect(numberOf(" ")).toBeNull();
  });
});
