// Beside a page of the administration: all of its pages.

import { Link } from "@tanstack/react-router";
import { groupsOf } from "../../app/navigation";
import { useText } from "../../i18n";
import { Icon } from "../../parts/icon";
import type { Session } from "../../rpc/schema";
import { testIds } from "../../testids";

export function Rail({ session }: { readonly session: Session }) {
  const { t } = useText();
  return (
    <nav className="rail" aria-label={t("nav.pages")} data-testid={testIds.administration.rail}>
      {groupsOf(session).map(({ group, pages }) => (
        <div key={group}>
          <p className="rail-heading" id={`rail-${group}`}>
            {t(`admin.group.${group}`)}
          </p>
          <ul aria-labelledby={`rail-${group}`}>
            {pages.map((page) => (
              <li key={page.to}>
                <Link
                  to={page.to}
                  className="rail-link"
                  activeOptions={{ exact: page.to === "/admin/figures" }}
                  activeProps={{ className: "rail-link rail-here" }}
                  data-testid={page.testId}
                >
                  <Icon name={page.icon} />
                  {t(page.label)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
