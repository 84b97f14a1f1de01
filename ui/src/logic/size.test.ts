import { describe, expect, test } from "vitest";
import { sizeInWords } from "./size";

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
