// What the clinic is entitled to, how much of it is used, and how another licence is installed.

import { useQuery } from "@tanstack/react-query";
import { licenceStatus } from "../../app/queries";
import { useText } from "../../i18n";
import { dateInWords } from "../../logic/date";
import { percentUsed } from "../../logic/licence";
import { Button } from "../../parts/button";
import { FactList } from "../../parts/facts";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import { Sections } from "../../parts/sections";
import { toast } from "../../parts/toast";
import { asFailure } from "../../rpc/client";
import type { LicenceStatus, MonthUsage } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { InstallForm } from "./licence-install";

/** The features that a licence can include, in the order in which they are shown. */
const FEATURES = [
  "text",
  "voice",
  "analytics",
  "compliance-reports",
  "several-sites",
  "white-label",
  "custom-integrations",
] as const;

export function LicenceSections() {
  const { t } = useText();
  return (
    <Sections
      sections={[
        { to: "/admin/licence", label: t("licence.title") },
        { to: "/admin/licence/usage", label: t("licence.usage-tab"), testId: testIds.licence.usageTab },
      ]}
    />
  );
}

export function LicencePage() {
  const { t } = useText();
  const query = useQuery({ ...licenceStatus, staleTime: 0 });
  const status = query.data;
  return (
    <>
      <PageHead title={t("licence.title")} text={t("licence.text")} />
      <LicenceSections />
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
      {status !== undefined && (
        <div className="licence-columns" data-testid={testIds.licence.page}>
          <div className="licence-column">
            <Use usage={status.usage} call={status.call} />
            <Granted status={status} />
          </div>
          <div className="licence-column">
            <Install />
            <Support status={status} />
          </div>
        </div>
      )}
    </>
  );
}

function Use({ usage, call }: { readonly usage: MonthUsage; readonly call: string }) {
  const { t, language } = useText();
  const percent = percentUsed(usage);
  const values = { allowed: usage.allowed ?? 0 };
  return (
    <section className="panel" aria-labelledby="licence-use">
      <h2 className="subtitle" id="licence-use">
        {t("licence.month", { month: dateInWords(usage.month, language) })}
      </h2>
      <p className="licence-used">
        {usage.limit === null
          ? t("licence.used-no-limit", { opened: usage.opened })
          : t("licence.used", { opened: usage.opened, limit: usage.limit })}
      </p>
      {percent !== null && <Meter percent={percent} level={usage.level} />}
      {percent !== null && (
        <p>{usage.level === "fine" ? t("licence.level.fine") : t(`licence.level.${usage.level}`, values)}</p>
      )}
      {usage.level === "used-up" && <p className="licence-call">{t("licence.call", { call })}</p>}
      <p className="muted">{t("licence.time-zone", { zone: usage.time_zone })}</p>
    </section>
  );
}

/** The whole width is 110 %: the limit and the allowance above it. */
function Meter({ percent, level }: { readonly percent: number; readonly level: MonthUsage["level"] }) {
  const { t } = useText();
  const shown = Math.min(percent, 110);
  return (
    <div>
      <Marks marks={[95, 110]} />
      <div
        role="meter"
        aria-label={t("licence.meter")}
        aria-valuemin={0}
        aria-valuemax={110}
        aria-valuenow={shown}
        aria-valuetext={t("licence.meter-value", { percent })}
        className={`meter meter-${level}`}
        data-testid={testIds.licence.meter}
        data-percent={percent}
      >
        <svg viewBox="0 0 110 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect className="meter-ground" width="110" height="4" />
          <rect className="meter-allowance" x="100" width="10" height="4" />
          <rect className="meter-used" width={shown} height="4" />
          {[80, 95, 100].map((mark) => (
            <line key={mark} className="meter-mark" x1={mark} x2={mark} y1="0" y2="4" />
          ))}
        </svg>
      </div>
      <Marks marks={[80, 100]} />
      <p className="visually-hidden">{t("licence.marks")}</p>
    </div>
  );
}

/** What the marks are, over or under them. */
function Marks({ marks }: { readonly marks: readonly number[] }) {
  const { t } = useText();
  return (
    <svg className="meter-marks" aria-hidden="true" focusable="false">
      {marks.map((mark) => (
        <text key={mark} x={`${(mark / 110) * 100}%`} y="1em" textAnchor={mark === 110 ? "end" : "middle"}>
          {t("licence.mark", { percent: mark })}
        </text>
      ))}
    </svg>
  );
}

function Granted({ status }: { readonly status: LicenceStatus }) {
  const { t, language } = useText();
  const good = status.standing === "licensed";
  const evaluation = status.standing === "evaluation";
  const lines: (readonly [string, string | null])[] = [
    [t("licence.company"), status.company],
    [t("licence.tier"), status.tier],
    [t("licence.begins-ends"), ends(status)],
    [t("licence.grace"), status.grace_until === null ? null : dateInWords(status.grace_until, language)],
    [
      t("licence.devices"),
      status.licence === null
        ? null
        : status.devices === null
          ? t("licence.any-number")
          : String(status.devices),
    ],
    [t("licence.id"), status.licence],
    [t("licence.signed-by"), status.signed_by],
  ];

  function ends({ until, ends_in_days }: LicenceStatus): string | null {
    if (status.licence === null) return null;
    if (until === null) return good ? t("licence.never") : null;
    const date = dateInWords(until, language);
    return ends_in_days === null
      ? t("licence.until", { date })
      : t("licence.until-days", { date, count: ends_in_days });
  }

  return (
    <section className="panel" aria-labelledby="licence-granted">
      <h2 className="subtitle" id="licence-granted">
        {t("licence.granted")}{" "}
        <span
          className={`badge ${good ? "badge-good" : evaluation ? "badge-help" : "badge-urgent"}`}
          data-testid={testIds.licence.standing}
          data-standing={status.standing}
        >
          {t(`licence.standing.${status.standing}`)}
        </span>
      </h2>
      {evaluation && <p className="note">{t("licence.evaluation", { count: status.days_left ?? 0 })}</p>}
      {!good && !evaluation && status.standing !== "grace" && (
        <p className="note">{t("licence.starter-limits")}</p>
      )}
      {status.clock !== null && <p className="note">{t(`licence.clock.${status.clock}`)}</p>}
      {!status.version_included && <p className="note">{t("licence.version-newer")}</p>}
      <FactList facts={lines.filter(([, value]) => value !== null)} />
      <h3 className="licence-heading">{t("licence.features")}</h3>
      <Features granted={status.features} />
      <p className="muted">{t("licence.care-first")}</p>
    </section>
  );
}

function Features({ granted }: { readonly granted: readonly string[] }) {
  const { t } = useText();
  const others = granted.filter((name) => !FEATURES.some((known) => known === name));
  return (
    <ul className="licence-features" data-testid={testIds.licence.features}>
      {FEATURES.map((name) => {
        const included = granted.includes(name);
        return (
          <li key={name} className={included ? "" : "muted"} data-included={included}>
            <Icon name={included ? "check" : "minus"} />
            <span>
              {t(`licence.feature.${name}`)}
              {!included && <span>{` (${t("licence.not-included")})`}</span>}
            </span>
          </li>
        );
      })}
      {others.map((name) => (
        <li key={name}>
          <Icon name="check" />
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );
}

function Support({ status }: { readonly status: LicenceStatus }) {
  const { t } = useText();
  async function copy() {
    try {
      await navigator.clipboard.writeText(status.facility);
      toast(t("licence.copied"));
    } catch {
      // It stands there to be typed off.
    }
  }
  return (
    <section className="panel" aria-labelledby="licence-support">
      <h2 className="subtitle" id="licence-support">
        {t("licence.support")}
      </h2>
      {status.support !== null && <p>{t("licence.support-as", { support: status.support })}</p>}
      <p className="licence-call">{t("licence.call", { call: status.call })}</p>
      <h3 className="licence-heading">{t("licence.facility")}</h3>
      <p>
        <code className="licence-fingerprint" data-testid={testIds.licence.fingerprint}>
          {status.facility}
        </code>
      </p>
      <p className="muted">{t("licence.facility-help")}</p>
      <div className="buttons">
        <Button size="small" icon="copy" onPress={copy}>
          {t("licence.copy-fingerprint")}
        </Button>
      </div>
    </section>
  );
}

function Install() {
  const { t } = useText();
  return (
    <section className="panel" aria-labelledby="licence-install">
      <h2 className="subtitle" id="licence-install">
        {t("licence.install.title")}
      </h2>
      <InstallForm label={t("licence.install.field")} help={t("licence.install.text")} look="primary" />
    </section>
  );
}
