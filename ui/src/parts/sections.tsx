// Links between the pages of one place in the navigation.

import { Link } from "@tanstack/react-router";
import { useText } from "../i18n";

export type Section = {
  readonly to: "/admin/licence" | "/admin/licence/usage" | "/admin/figures" | "/admin/figures/compliance";
  readonly label: string;
  readonly testId?: string;
};

export function Sections({ sections }: { readonly sections: readonly Section[] }) {
  const { t } = useText();
  return (
    <nav className="sections" aria-label={t("oversight.sections")}>
      {sections.map((section) => (
        <Link
          key={section.to}
          to={section.to}
          className="sections-link"
          activeOptions={{ exact: true }}
          activeProps={{ className: "sections-link sections-here" }}
          data-testid={section.testId}
        >
          {section.label}
        </Link>
      ))}
    </nav>
  );
}
