// Which of the clinic's sites a list or a figure is of. Where there is one or none, nobody is asked.

import { useQuery } from "@tanstack/react-query";
import { sites } from "../../app/queries";
import { useText } from "../../i18n";
import { SelectField } from "../../parts/select";
import type { SiteId } from "../../rpc/schema";

/** All of them, or one. Those that were closed come last: what was there is still of interest. */
export function SiteChoice(props: {
  readonly value: SiteId | null;
  readonly onChange: (site: SiteId | null) => void;
  readonly testId: string;
}) {
  const { t } = useText();
  const known = useQuery(sites).data?.sites ?? [];
  if (known.length < 2) return null;
  return (
    <SelectField
      label={t("sites.of")}
      hideLabel
      value={props.value ?? ""}
      onChange={(value) => props.onChange(known.find((site) => site.id === value)?.id ?? null)}
      options={[
        { id: "", label: t("sites.all") },
        ...known.map((site) => ({
          id: site.id,
          label: site.closed ? t("sites.closed-name", { name: site.name }) : site.name,
        })),
      ]}
      testId={props.testId}
    />
  );
}

/** What a site is called, where the clinic has several. */
export function useSiteName(site: SiteId | null | undefined): string | null {
  const known = useQuery(sites).data?.sites ?? [];
  if (known.length < 2) return null;
  return known.find((one) => one.id === site)?.name ?? null;
}
