// The administration's index: every page of it, by what it is about, with how this machine is on top.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { groupsOf } from "../../app/navigation";
import { destinations, diagnostics } from "../../app/queries";
import { useMay, useSession } from "../../app/session";
import { useText } from "../../i18n";
import { Icon } from "../../parts/icon";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function AdministrationIndex() {
  const { t } = useText();
  const present = useSession();
  const seesHealth = useMay("diagnostics-read");
  if (present === null) return null;
  return (
    <div className="administration" data-testid={testIds.administration.index}>
      <PageHead title={t("admin.title")} text={t("admin.text")} />
      {seesHealth && <HealthLine />}
      <div className="index">
        {groupsOf(present).map(({ group, pages }) => (
          <section key={group} className="index-group" aria-labelledby={`group-${group}`}>
            <h2 className="index-heading" id={`group-${group}`}>
              {t(`admin.group.${group}`)}
            </h2>
            <ul className="index-pages">
              {pages.map((page) => (
                <li key={page.to}>
                  <Link to={page.to} className="index-link" data-testid={page.testId}>
                    <Icon name={page.icon} />
                    <span className="index-words">
                      <span className="index-label">{t(page.label)}</span>
                      <span className="index-text">{t(page.text)}</span>
                    </span>
                    {page.to === "/admin/destinations" && <FailedBadge />}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

/** That something did not arrive, and waits for a person. */
function FailedBadge() {
  const { t } = useText();
  const lines = useQuery(destinations).data?.destinations ?? [];
  const count = lines.reduce((sum, line) => sum + line.failed, 0);
  if (count === 0) return null;
  return (
    <span className="badge badge-emergency" data-testid={testIds.destinations.failed}>
      {t("admin.destinations-failed", { count })}
    </span>
  );
}

/** How this machine is, in one line. */
function HealthLine() {
  const { t } = useText();
  const asked = useQuery(diagnostics);
  const found = asked.data;
  if (found === undefined) {
    // As high as the answer, which must not push what is below it away from a finger.
    return asked.isError ? null : (
      <p className="verdict verdict-asking health-line">
        <Icon name="clock" />
        {t("diagnostics.checking")}
      </p>
    );
  }
  const first = found.concerns[0];
  if (first === undefined) {
    return (
      <p className="verdict verdict-good health-line" data-testid={testIds.administration.health}>
        <Icon name="check" />
        {t("diagnostics.well")}
      </p>
    );
  }
  return (
    <p
      className={`verdict health-line ${first.urgent ? "verdict-bad" : "verdict-due"}`}
      data-testid={testIds.administration.health}
    >
      <Icon name="alarm" />
      <span>{t("diagnostics.attention", { count: found.concerns.length })}</span>
      <Link to="/admin/diagnostics">{t("diagnostics.see")}</Link>
    </p>
  );
}
