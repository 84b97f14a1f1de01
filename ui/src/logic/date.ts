// Dates as patients enter them: three numbers, of which the smaller ones may be missing.

import type { PartialDate } from "../rpc/schema";

export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

export const NO_DATE: DateParts = { day: "", month: "", year: "" };

export type DateProblem = "incomplete" | "no-year" | "no-month" | "no-day" | "future" | "past";

export type DateReading =
  | { readonly kind: "empty" }
  | { readonly kind: "date"; readonly date: PartialDate }
  | { readonly kind: "problem"; readonly problem: DateProblem };

const EARLIEST_YEAR = 1880;

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const problem = (of: DateProblem): DateReading => ({ kind: "problem", problem: of });

/** Reads the three fields. `today` is `YYYY-MM-DD`; where it is given, later dates and unlikely years are refused. */
export function readDate(parts: DateParts, today: string | null): DateReading {
  const [day, month, year] = [parts.day.trim(), parts.month.trim(), parts.year.trim()];
  if (day === "" && month === "" && year === "") return { kind: "empty" };
  if (year === "") return problem("incomplete");
  if (day !== "" && month === "") return problem("incomplete");
  if (!/^\d{4}$/.test(year) || Number(year) === 0) return problem("no-year");
  let date = year;
  if (month !== "") {
    if (!/^\d{1,2}$/.test(month) || Number(month) < 1 || Number(month) > 12) return problem("no-month");
    date += `-${month.padStart(2, "0")}`;
    if (day !== "") {
      if (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) {
        return problem("no-day");
      }
      date += `-${day.padStart(2, "0")}`;
    }
  }
  if (today !== null) {
    if (date > today.slice(0, date.length)) return problem("future");
    if (Number(year) < EARLIEST_YEAR) return problem("past");
  }
  return { kind: "date", date };
}

/** Takes a stored date apart again. */
export function dateParts(date: PartialDate): DateParts {
  const [year = "", month = "", day = ""] = date.split("-");
  return { day: day.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
}

/** The local day of a moment, as `YYYY-MM-DD`. */
export function localDay(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The beginning of the local day that lies `days` before the moment, in milliseconds since 1970. */
export function startOfDay(moment: Date, days = 0): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() - days).getTime();
}

/** Reads a date that is written in one field: a year, a month or a day, as in `1948-05-03`. */
export function readBirth(text: string, today: string): DateReading {
  const [year = "", month = "", day = "", ...rest] = text.trim().split("-");
  return rest.length > 0 ? problem("incomplete") : readDate({ day, month, year }, today);
}

/** A date in words: "3 May 1981", "May 1981", "1981". */
export function dateInWords(date: PartialDate, language: string): string {
  const [year = 0, month, day] = date.split("-").map(Number);
  const moment = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  moment.setUTCFullYear(year);
  return new Intl.DateTimeFormat(language, {
    timeZone: "UTC",
    year: "numeric",
    ...(month === undefined ? {} : { month: "long" }),
    ...(day === undefined ? {} : { day: "numeric" }),
  }).format(moment);
}

/** The name of a month, from 1. */
export function monthName(month: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: "UTC", month: "long" }).format(
    new Date(Date.UTC(2001, month - 1, 1)),
  );
}

/** A moment as staff read it: the time, and the date where it is not today's. */
export function momentInWords(moment: number, now: Date, language: string): string {
  const date = new Date(moment);
  const sameDay = localDay(date) === localDay(now);
  return new Intl.DateTimeFormat(language, {
    timeStyle: "short",
    ...(sameDay ? {} : { dateStyle: "medium" }),
  }).format(date);
}

/** Says moments with their day and their time. */
export function dayAndTime(language: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
}
