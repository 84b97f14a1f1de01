import { describe, expect, test } from "vitest";
import { sizeOf } from "./size";

describe("a size", () => {
  test("is said in the largest unit of which there is one", () => {
    expect(sizeOf(0, "en")).toBe("0 byte");
    expect(sizeOf(999, "en")).toBe("999 byte");
    expect(sizeOf(1_500, "en")).toBe("1.5 kB");
    expect(sizeOf(12_345_678, "en")).toBe("12 MB");
    expect(sizeOf(2_147_483_648, "en")).toBe("2.1 GB");
    expect(sizeOf(5e15, "en")).toBe("5,000 TB");
    expect(sizeOf(2_147_483_648, "es")).toContain("2,1");
  });
});
