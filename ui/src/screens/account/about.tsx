// What this program is, who stands behind it, and whom to ask.

import { useQuery } from "@tanstack/react-query";
import { textIn, useBrand } from "../../app/brand";
import { appState } from "../../app/queries";
import { useText } from "../../i18n";
import { Logo } from "../../parts/icon";
import type { BrandShown } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function About() {
  const { t, language } = useText();
  const state = useQuery(appState).data;
  const brand = useBrand();
  if (brand === undefined || state === undefined) return null;
  const legal = textIn(language, brand.legal);
  return (
    <div className="narrow" data-testid={testIds.brand.about}>
      <PageHead title={t("about.title", { product: brand.product })} />
      <section className="panel about">
        <Logo ground="light" />
        <dl className="about-list">
          <div>
            <dt>{t("about.version")}</dt>
            <dd>{state.version}</dd>
          </div>
          {brand.installed && (
            <div>
              <dt>{t("about.company")}</dt>
              <dd>{brand.company}</dd>
            </div>
          )}
          {state.clinic !== null && (
            <div>
              <dt>{t("about.clinic")}</dt>
              <dd>{state.clinic}</dd>
            </div>
          )}
        </dl>
      </section>
      <section className="panel">
        <h2>{t("about.support")}</h2>
        <Support brand={brand} />
        {brand.email === null && brand.phone === null && <p>{t("about.no-support")}</p>}
      </section>
      {legal !== null && (
        <section className="panel">
          <h2>{t("about.legal")}</h2>
          <p lang={legal.lang}>{legal.text}</p>
        </section>
      )}
    </div>
  );
}

/** Whom to ask, and when somebody answers. */
function Support({ brand }: { readonly brand: BrandShown }) {
  const { t, language } = useText();
  const hours = textIn(language, brand.hours);
  if (brand.email === null && brand.phone === null) return null;
  return (
    <dl className="about-list" data-testid={testIds.brand.support}>
      {brand.phone !== null && (
        <div>
          <dt>{t("about.phone")}</dt>
          <dd>
            <bdi>{brand.phone}</bdi>
          </dd>
        </div>
      )}
      {brand.email !== null && (
        <div>
          <dt>{t("about.email")}</dt>
          <dd>
            <bdi>{brand.email}</bdi>
          </dd>
        </div>
      )}
      {hours !== null && (
        <div>
          <dt>{t("about.hours")}</dt>
          <dd lang={hours.lang}>{hours.text}</dd>
        </div>
      )}
    </dl>
  );
}

/** Under a form: what an installed brand has to say there. */
export function BrandFoot() {
  const { t, language } = useText();
  const brand = useBrand();
  if (brand === undefined || !brand.installed) return null;
  const legal = textIn(language, brand.legal);
  const contact = [brand.phone, brand.email].filter((part) => part !== null).join(" · ");
  return (
    <div className="brand-foot">
      <p>
        {brand.product}
        {contact !== "" && ` · ${t("about.help", { contact })}`}
      </p>
      {legal !== null && (
        <p lang={legal.lang} data-testid={testIds.brand.legal}>
          {legal.text}
        </p>
      )}
    </div>
  );
}
