import { describe, expect, test } from "vitest";
import { byMonth, duration, periodDays, share } from "./figures";

describe("figures", () => {
  test("a period is whole days, across months and years", () => {
    const now = new Date(2027, 0, 15, 13);
    expect(periodDays("this-month", now)).toEqual({ from: "2027-01-01", until: "2027-01-15" });
    expect(periodDays("last-month", now)).toEqual({ from: "2026-12-01", until: "2026-12-31" });
    expect(periodDays("thirty-days", now)).toEqual({ from: "2026-12-17", until: "2027-01-15" });
    expect(periodDays("year", now)).toEqual({ from: "2026-01-16", until: "2027-01-15" });
  });

  test("a share of nothing is none, and a time is told in the unit that fits", () => {
    expect(share(0, 0)).toBeNull();
    expect(share(2, 3)).toBe(67);
    expect(duration(99)).toEqual({ unit: "seconds", value: 99 });
    expect(duration(240)).toEqual({ unit: "minutes", value: 4 });
    expect(duration(28_800)).toEqual({ unit: "hours", value: 8 });
  });

  test("days are put together into their months", () => {
    const day = (name: string, touch: number) => ({
      day: name,
      channels: { touch, typed: 1, voice: 0, none: 0 },
    });
    const days = [day("2026-12-30", 2), day("2026-12-31", 3), day("2027-01-01", 4)];
    expect(byMonth(days)).toEqual([
      { day: "2026-12", channels: { touch: 5, typed: 2, voice: 0, none: 0 } },
      { day: "2027-01", channels: { touch: 4, typed: 1, voice: 0, none: 0 } },
    ]);
    expect(days[0]?.channels.touch).toBe(2);
  });
});
