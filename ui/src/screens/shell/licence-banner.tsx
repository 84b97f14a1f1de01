// What the people who run the place should know of the licence in time. Quiet: it never stands in the way of a visit.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { licenceStatus } from "../../app/queries";
import { useSession } from "../../app/session";
import { type Translate, useText } from "../../i18n";
import { dateInWords } from "../../logic/date";
import { licenceNotice, percentUsed } from "../../logic/licence";
import type { LicenceStatus } from "../../rpc/schema";
import { testIds } from "../../testids";

export function LicenceBanner() {
  const { t, language } = useText();
  const role = useSession()?.role;
  const told = role === "administrator" || role === "front-desk";
  const status = useQuery({ ...licenceStatus, enabled: told }).data;
  if (!told || status === undefined) return null;
  const text = sentence(t, status, language);
  if (text === null) return null;
  return (
    <p className="licence-banner" role="status" data-testid={testIds.licence.banner}>
      <span>{text}</span>
      {role === "administrator" && <Link to="/admin/licence">{t("licence.banner.open")}</Link>}
    </p>
  );
}

function sentence(t: Translate, status: LicenceStatus, language: string): string | null {
  const { usage } = status;
  switch (licenceNotice(status)) {
    case "used-up":
      return t("licence.banner.used-up", { call: status.call });
    case "over":
      return t("licence.banner.over", { limit: usage.limit ?? 0, allowed: usage.allowed ?? 0 });
    case "near":
      return t("licence.banner.near", { percent: percentUsed(usage) ?? 0 });
    case "grace":
      return t("licence.banner.grace", { date: dateInWords(status.grace_until ?? "", language) });
    case "fallback":
      return t("licence.banner.fallback");
    case "evaluation":
      return t("licence.banner.evaluation", { count: status.days_left ?? 0 });
    case "expiring":
      return t("licence.banner.expiring", { count: status.ends_in_days ?? 0 });
    case "clock":
      return t(`licence.clock.${status.clock ?? "set-back"}`);
    case null:
      return null;
  }
}
