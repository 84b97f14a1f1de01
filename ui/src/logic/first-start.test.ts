import { describe, expect, test } from "vitest";
import { GUIDED, guidedAfter, guidedBefore, STEPS, stepOf } from "./setup";
import { hostOf, memoryInWords, sizeInWords } from "./size";

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

describe("sizes", () => {
  test("are said with the unit in which they are small", () => {
    expect(sizeInWords(190_085_487, "en")).toBe("190 MB");
    expect(sizeInWords(1_834_426_016, "en")).toBe("1.8 GB");
    expect(sizeInWords(1_834_426_016, "es")).toBe("1,8 GB");
    expect(sizeInWords(12, "en")).toBe("12 byte");
  });

  test("of a machine's memory are those that it was sold with", () => {
    expect(memoryInWords(25_213_206_528, "en")).toBe("23 GB");
    expect(memoryInWords(8_215_355_392, "en")).toBe("8 GB");
  });

  test("an address is shown by its host", () => {
    expect(hostOf("https://example.org/a/b.gguf")).toBe("example.org");
    expect(hostOf("nowhere")).toBe("nowhere");
  });
});
