import { describe, expect, test } from "vitest";
import { GUIDED, guidedAfter, guidedBefore, STEPS, stepOf } from "./setup";

describe("the first start", () => {
  test("counts six steps, and neither the rehearsal nor the end", () => {
    expect(STEPS.length).toBe(6);
    expect(["welcome", "clinic", "words", "sound", "licence"].map((stage) => stepOf(stage as never))).toEqual(
      [1, 2, 3, 4, 6],
    );
    expect([stepOf("rehearsal"), stepOf("done")]).toEqual([null, null]);
  });

  test("goes back from every guided screen but the first, to the one that led there", () => {
    expect(guidedBefore("device")).toBeNull();
    for (const stage of GUIDED.slice(1)) {
      const before = guidedBefore(stage);
      expect(before === null ? null : guidedAfter(before)).toBe(stage);
    }
    expect(guidedAfter("rehearsal")).toBeNull();
  });
});
