// How a brand looks, before it is installed: the kiosk and the desk side by side, in its colours.

import type { CSSProperties } from "react";
import { textIn } from "../../app/brand";
import { type MessageKey, useText } from "../../i18n";
import { tokensOf } from "../../logic/brand";
import { Icon, type IconName } from "../../parts/icon";
import type { BrandProblem, BrandShown } from "../../rpc/schema";
import { testIds } from "../../testids";

export function BrandPreview({ shown }: { readonly shown: BrandShown }) {
  const { t, language } = useText();
  const own: CSSProperties & Record<string, string> = tokensOf(shown.colours);
  if (shown.fonts !== null) own["--brand-font"] = shown.fonts;
  const welcome = textIn(language, shown.welcome);
  const legal = textIn(language, shown.legal);
  const ticket = shown.ticket_prefix === "" ? "A-1" : `${shown.ticket_prefix}-A1`;
  const picture = (source: string | null, className: string) =>
    source === null ? null : <img className={className} src={source} alt={shown.company} />;
  return (
    <section className="brand-preview" style={own} data-testid={testIds.brand.preview}>
      <h2 className="visually-hidden">{t("brand.preview")}</h2>
      <figure>
        <figcaption>{t("brand.preview-kiosk")}</figcaption>
        <div className="brand-kiosk">
          <div className="brand-kiosk-head">{picture(shown.logo_dark, "logo")}</div>
          <p className="brand-kiosk-title">{t("kiosk.welcome.title")}</p>
          {welcome !== null && <p lang={welcome.lang}>{welcome.text}</p>}
          <p className="brand-kiosk-begin">{t("kiosk.attract.touch")}</p>
          {legal !== null && (
            <p className="brand-kiosk-legal" lang={legal.lang}>
              {legal.text}
            </p>
          )}
        </div>
      </figure>
      <figure>
        <figcaption>{t("brand.preview-desk")}</figcaption>
        <div className="brand-desk">
          <div className="brand-desk-bar">
            {picture(shown.icon, "mark")}
            <strong>{shown.product}</strong>
            <span className="brand-desk-here">
              <Icon name="list" />
              {t("nav.work-list")}
            </span>
          </div>
          <div className="brand-desk-body">
            <div className="brand-desk-row">
              <span className="ticket-small">{ticket}</span>
              <span>{t("brand.preview-patient")}</span>
              <span className="brand-desk-soft">{t("brand.preview-waiting")}</span>
            </div>
            <div className="brand-desk-buttons">
              <span className="brand-desk-primary">{t("nav.kiosk")}</span>
              <span className="brand-desk-focus">{t("about.support")}</span>
            </div>
            <div className="brand-desk-ticket">
              <span>{t("brand.preview-ticket")}</span>
              <bdi dir="ltr">{ticket}</bdi>
            </div>
          </div>
        </div>
      </figure>
    </section>
  );
}

/** What is wrong, each thing in a sentence; or that nothing is. */
export function Problems({ problems }: { readonly problems: readonly BrandProblem[] }) {
  const { t } = useText();
  if (problems.length === 0) {
    return <State icon="check" look="verdict verdict-good" text={t("brand.fine")} />;
  }
  return (
    <div className="brand-problems">
      <State icon="alarm" look="brand-bad" text={t("brand.problems", { count: problems.length })} />
      <ul>
        {problems.map((problem) => (
          <li key={problem.said} data-testid={testIds.brand.problem} data-kind={problem.kind}>
            <Said problem={problem} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function State(props: { readonly icon: IconName; readonly look: string; readonly text: string }) {
  return (
    <p className={props.look}>
      <Icon name={props.icon} />
      {props.text}
    </p>
  );
}

type FieldKey = Extract<
  MessageKey,
  | "brand.company"
  | "brand.product"
  | "brand.ticket-prefix"
  | "brand.identifier"
  | "brand.fonts"
  | "brand.primary"
  | "brand.secondary"
  | "brand.logo"
  | "brand.logo-dark"
  | "brand.icon"
  | "brand.email"
  | "brand.phone"
>;

const KINDS = [
  "toml",
  "no-file",
  "unknown-key",
  "missing",
  "wrong-kind",
  "too-long",
  "control",
  "colour",
  "contrast",
  "font",
  "email",
  "phone",
  "language",
  "prefix",
  "identifier",
  "file-name",
  "file-missing",
  "file-too-large",
  "picture",
  "active",
  "size",
] as const satisfies readonly (MessageKey extends infer Key
  ? Key extends `brand.problem.${infer Kind}`
    ? Kind
    : never
  : never)[];

/** What the form calls the keys of `brand.toml`. */
const FIELDS: { readonly [key: string]: FieldKey | undefined } = {
  company: "brand.company",
  product: "brand.product",
  ticket_prefix: "brand.ticket-prefix",
  identifier: "brand.identifier",
  fonts: "brand.fonts",
  "colours.primary": "brand.primary",
  "colours.secondary": "brand.secondary",
  "pictures.logo": "brand.logo",
  "pictures.logo_dark": "brand.logo-dark",
  "pictures.icon": "brand.icon",
  "support.email": "brand.email",
  "support.phone": "brand.phone",
};

function Said({ problem }: { readonly problem: BrandProblem }) {
  const { t } = useText();
  const { value, wanted } = problem;
  const field = FIELDS[problem.key];
  const key = field === undefined ? problem.key : t(field);
  const kind = KINDS.find((known) => known === problem.kind);
  // One that this page does not know yet is said in the engine's own words.
  return kind === undefined ? problem.said : t(`brand.problem.${kind}`, { key, value, wanted });
}
