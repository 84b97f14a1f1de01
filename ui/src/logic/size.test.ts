import { describe, expect, test } from "vitest";
import { hostOf, memoryInWords, sizeInWords } from "./size";

describe("a size", () => {
  test("is said in the largest unit of which there is one", () => {
    expect(sizeInWords(0, "en")).toBe("0 byte");
    expect(sizeInWords(999, "en")).toBe("999 byte");
    expect(sizeInWords(1_500, "en")).toBe("1.5 kB");
    expect(sizeInWords(12_345_678, "en")).toBe("12 MB");
    expect(sizeInWords(2_147_483_648, "en")).toBe("2.1 GB");
    expect(sizeInWords(5e15, "en")).toBe("5,000,000 GB");
    expect(sizeInWords(2_147_483_648, "es")).toContain("2,1");
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
