// What there is to say of a licence, the gravest thing only.

import type { LicenceStatus, MonthUsage } from "../rpc/schema";

/** An evaluation's end is announced so many days before. */
const EVALUATION_DAYS = 10;
/** A licence's end is announced so many days before. */
const EXPIRING_DAYS = 30;

export type LicenceNotice =
  | "used-up"
  | "over"
  | "near"
  | "grace"
  | "fallback"
  | "evaluation"
  | "expiring"
  | "clock";

export function licenceNotice(status: LicenceStatus): LicenceNotice | null {
  switch (status.usage.level) {
    case "used-up":
      return "used-up";
    case "over":
      return "over";
    case "near80":
    case "near95":
      return "near";
    case "fine":
  }
  if (status.clock !== null) return "clock";
  switch (status.standing) {
    case "grace":
      return "grace";
    case "expired":
    case "revoked":
    case "not-yet":
    case "other-facility":
    case "evaluation-over":
      return "fallback";
    case "evaluation":
      return (status.days_left ?? 0) <= EVALUATION_DAYS ? "evaluation" : null;
    case "licensed":
      return status.ends_in_days !== null && status.ends_in_days <= EXPIRING_DAYS ? "expiring" : null;
  }
}

/** How much of the month's limit is used, in whole percent and never rounded up to a mark that is not reached. */
export function percentUsed(usage: MonthUsage): number | null {
  if (usage.limit === null) return null;
  return usage.limit === 0 ? 100 : Math.floor((usage.opened * 100) / usage.limit);
}
