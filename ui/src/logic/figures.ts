// Periods and quantities, as the dashboard shows them.

import type { DayFigures, Spread } from "../rpc/schema";
import { localDay } from "./date";

export const PERIODS = ["this-month", "last-month", "thirty-days", "year"] as const;
export type PeriodName = (typeof PERIODS)[number];

/** The first and the last day of a period, as `YYYY-MM-DD`, seen from a moment. */
export function periodDays(name: PeriodName, now: Date): { readonly from: string; readonly until: string } {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const at = (...date: [number, number, number]) => localDay(new Date(...date));
  const today = localDay(now);
  switch (name) {
    case "this-month":
      return { from: at(year, month, 1), until: today };
    case "last-month":
      return { from: at(year, month - 1, 1), until: at(year, month, 0) };
    case "thirty-days":
      return { from: at(year, month, day - 29), until: today };
    case "year":
      return { from: at(year - 1, month, day + 1), until: today };
  }
}

/** A share in whole percent; none of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 100) / whole);
}

/** A time in the unit that it is told in. */
export function duration(seconds: number): {
  readonly unit: "seconds" | "minutes" | "hours";
  readonly value: number;
} {
  if (seconds < 100) return { unit: "seconds", value: seconds };
  if (seconds < 100 * 60) return { unit: "minutes", value: Math.round(seconds / 60) };
  return { unit: "hours", value: Math.round(seconds / 3600) };
}

/** Whether anything fell into any stretch. */
export const isEmpty = (spread: Spread) => spread.count === 0;

/** Days put together into their months, each named `YYYY-MM`. */
export function byMonth(days: readonly DayFigures[]): DayFigures[] {
  const months: DayFigures[] = [];
  for (const { day, channels } of days) {
    const month = day.slice(0, "YYYY-MM".length);
    const last = months.at(-1);
    if (last?.day !== month) {
      months.push({ day: month, channels: { ...channels } });
      continue;
    }
    last.channels = {
      touch: last.channels.touch + channels.touch,
      typed: last.channels.typed + channels.typed,
      voice: last.channels.voice + channels.voice,
      none: last.channels.none + channels.none,
    };
  }
  return months;
}
