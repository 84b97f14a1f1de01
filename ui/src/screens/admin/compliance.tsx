// The technical safeguards of 45 CFR 164.312, each with what this installation has to show, and what is left to the clinic.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { compliance as complianceOf } from "../../app/queries";
import { useMay } from "../../app/session";
import { type Translate, useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { Button } from "../../parts/button";
import { FactList } from "../../parts/facts";
import { FailureNotice } from "../../parts/failure";
import { Sections } from "../../parts/sections";
import { asFailure } from "../../rpc/client";
import type { Compliance, Safeguard, SafeguardLine } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function CompliancePage() {
  const { t } = useText();
  const query = useQuery(complianceOf);
  const dashboard = { to: "/admin/figures" as const, label: t("figures.tab") };
  const here = { to: "/admin/figures/compliance" as const, label: t("figures.compliance-tab") };
  return (
    <>
      <PageHead title={t("compliance.title")} text={t("compliance.text")}>
        {query.data !== undefined && (
          <Button icon="printer" onPress={() => window.print()} data-testid={testIds.figures.print}>
            {t("compliance.print")}
          </Button>
        )}
      </PageHead>
      <Sections sections={useMay("analytics-read") ? [dashboard, here] : [here]} />
      <FailureNotice failure={query.error === null ? null : asFailure(query.error)} />
      {query.data !== undefined && <Report found={query.data} />}
    </>
  );
}

function Report({ found }: { readonly found: Compliance }) {
  const { t, language } = useText();
  const time = dayAndTime(language);
  return (
    <div className="sheet compliance">
      <div className="print-only">
        <p className="sheet-title">{t("compliance.report", { clinic: found.clinic ?? "" })}</p>
        <p>{t("compliance.text")}</p>
      </div>
      <p className="muted">
        {t("compliance.stamp", {
          time: time.format(found.generated),
          version: found.version,
          facility: found.facility,
        })}
      </p>
      <div className="safeguards">
        {found.safeguards.map((line) => (
          <SafeguardPanel
            key={line.safeguard}
            line={line}
            evidence={evidence(t, line.safeguard, found, time)}
          />
        ))}
      </div>
    </div>
  );
}

const STATES = { "in-place": "badge-good", partly: "badge-urgent", failed: "badge-emergency" } as const;

/** Where the evidence comes from, for those who may go there. */
const SOURCES: { readonly [safeguard in Safeguard]?: "audit" | "backup" } = {
  "unique-user": "audit",
  "emergency-access": "backup",
  "audit-controls": "audit",
  integrity: "audit",
  authentication: "audit",
  "transmission-integrity": "audit",
  "transmission-encryption": "audit",
};

type Evidence = readonly (readonly [name: string, value: string])[];

function SafeguardPanel(props: { readonly line: SafeguardLine; readonly evidence: Evidence }) {
  const { t } = useText();
  const { line } = props;
  const mayBackUp = useMay("backup-create");
  const source = SOURCES[line.safeguard];
  const id = `safeguard-${line.safeguard}`;
  return (
    <section
      className="panel safeguard"
      aria-labelledby={id}
      data-testid={testIds.figures.safeguard(line.safeguard)}
      data-state={line.state}
    >
      <div className="safeguard-head">
        <h2 className="panel-title" id={id}>
          {t(`compliance.${line.safeguard}.title`)}
        </h2>
        <span className={`badge ${STATES[line.state]}`}>{t(`compliance.state.${line.state}`)}</span>
      </div>
      <p className="muted">
        {`45 CFR ${line.citation}, ${t(line.required ? "compliance.required" : "compliance.addressable")}`}
      </p>
      <p>{t(`compliance.${line.safeguard}.does`)}</p>
      <h3 className="licence-heading">{t("compliance.evidence")}</h3>
      <FactList facts={props.evidence} />
      <h3 className="licence-heading">{t("compliance.clinic-part")}</h3>
      <p>{t(`compliance.${line.safeguard}.clinic`)}</p>
      <p className="screen-only">
        {source === "audit" && <Link to="/admin/audit">{t("compliance.audit-link")}</Link>}
        {source === "backup" && mayBackUp && <Link to="/admin/backup">{t("compliance.backup-link")}</Link>}
      </p>
    </section>
  );
}

function evidence(
  t: Translate,
  safeguard: Safeguard,
  found: Compliance,
  time: Intl.DateTimeFormat,
): Evidence {
  const check = found.audit_check;
  const checked: Evidence[number] = [
    t("compliance.check"),
    check === null
      ? t("compliance.never")
      : check.faults === 0
        ? t("compliance.check-good", {
            time: time.format(check.at),
            entries: check.entries,
            events: check.events,
          })
        : t("compliance.check-bad", { time: time.format(check.at), count: check.faults }),
  ];
  const backup: Evidence[number] = [
    t("compliance.backup"),
    found.backup === null
      ? t("compliance.never")
      : t("compliance.backup-at", { time: time.format(found.backup.at), count: found.backup.events }),
  ];
  const exports: Evidence = [
    [t("compliance.destinations"), t("compliance.no-destinations")],
    [t("compliance.exports"), String(found.exports)],
  ];
  switch (safeguard) {
    case "unique-user":
      return [
        [
          t("compliance.people"),
          found.people
            .map(({ role, count }) => t("compliance.role-count", { role: t(`role.${role}`), count }))
            .join(", "),
        ],
      ];
    case "emergency-access":
      return [
        [
          t("compliance.opens"),
          [
            ...(found.opens_by_passphrase ? [t("compliance.passphrase")] : []),
            ...(found.opens_by_words ? [t("compliance.words")] : []),
            ...(found.opens_by_keyring ? [t("compliance.keyring")] : []),
          ].join(", "),
        ],
        backup,
      ];
    case "automatic-logoff":
      return [
        [
          t("compliance.kiosk"),
          t("compliance.kiosk-waits", { ask: found.kiosk_ask_after_s, leave: found.kiosk_leave_after_s }),
        ],
        [t("compliance.staff-screens"), t("compliance.logoff", { count: found.logoff_after_min })],
        [t("compliance.locks"), String(found.locks)],
      ];
    case "encryption":
      return [[t("compliance.file"), t(found.file_encrypted ? "compliance.yes" : "compliance.no")]];
    case "audit-controls":
      return [
        [
          t("compliance.trail"),
          t("compliance.trail-newest", {
            count: found.audit_entries,
            time: found.audit_newest === null ? "" : time.format(found.audit_newest),
          }),
        ],
        checked,
        [t("compliance.refusals"), String(found.refusals)],
      ];
    case "integrity":
      return [checked, backup];
    case "authentication":
      return [
        [
          t("compliance.sign-ins"),
          t("compliance.sign-ins-refused", { count: found.sign_ins, refused: found.sign_ins_refused }),
        ],
        [t("compliance.pins"), String(found.pins)],
        [t("compliance.waits"), String(found.waits)],
      ];
    case "transmission-integrity":
    case "transmission-encryption":
      return exports;
  }
}
