import { describe, expect, test } from "vitest";
import type { LicenceStatus, MonthUsage } from "../rpc/schema";
import { licenceNotice, percentUsed } from "./licence";

const usage: MonthUsage = {
  month: "2027-01",
  time_zone: "Europe/Berlin",
  opened: 10,
  limit: 100,
  allowed: 110,
  level: "fine",
};
const licensed: LicenceStatus = {
  standing: "licensed",
  until: "2027-12-31",
  grace_until: null,
  days_left: null,
  licence: null,
  signed_by: null,
  ends_in_days: 200,
  company: null,
  tier: null,
  features: [],
  support: null,
  call: "your vendor",
  devices: null,
  usage,
  clock: null,
  version_included: true,
  facility: "AAAAA",
};

describe("what is said of a licence", () => {
  test("is nothing while all is well, and one thing where several could be said", () => {
    expect(licenceNotice(licensed)).toBeNull();
    expect(licenceNotice({ ...licensed, ends_in_days: 31 })).toBeNull();
    expect(licenceNotice({ ...licensed, ends_in_days: 30 })).toBe("expiring");
    expect(licenceNotice({ ...licensed, ends_in_days: null })).toBeNull();
    expect(licenceNotice({ ...licensed, standing: "evaluation", days_left: 11 })).toBeNull();
    expect(licenceNotice({ ...licensed, standing: "evaluation", days_left: 10 })).toBe("evaluation");
    expect(licenceNotice({ ...licensed, standing: "grace" })).toBe("grace");
    for (const standing of ["expired", "revoked", "not-yet", "other-facility", "evaluation-over"] as const) {
      expect(licenceNotice({ ...licensed, standing })).toBe("fallback");
    }
    for (const [level, notice] of [
      ["near80", "near"],
      ["near95", "near"],
      ["over", "over"],
      ["used-up", "used-up"],
    ] as const) {
      expect(licenceNotice({ ...licensed, standing: "grace", usage: { ...usage, level } })).toBe(notice);
    }
    expect(licenceNotice({ ...licensed, clock: "set-back" })).toBe("clock");
  });

  test("is no higher percentage than what is used", () => {
    expect(percentUsed({ ...usage, opened: 799, limit: 1000 })).toBe(79);
    expect(percentUsed({ ...usage, opened: 800, limit: 1000 })).toBe(80);
    expect(percentUsed({ ...usage, limit: null })).toBeNull();
    expect(percentUsed({ ...usage, limit: 0 })).toBe(100);
  });
});
