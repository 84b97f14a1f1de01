// The fields of a brand, with what is wrong beside them, and for each colour whether it can be read.

import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { type MessageKey, nameOf, SCREEN_LANGUAGES, useText } from "../../i18n";
import { languagesOf, namesOf, readPicture, withText } from "../../logic/brand";
import { Button } from "../../parts/button";
import { TextAreaField, TextField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import type { BrandChecked, BrandFields, BrandPicture, BrandVerdict } from "../../rpc/schema";
import { testIds } from "../../testids";

interface FormProps {
  readonly fields: BrandFields;
  readonly checked: BrandChecked;
  readonly onChange: (part: Partial<BrandFields>) => void;
  readonly onPicture: (key: PictureKey, picture: BrandPicture) => void;
}

type PictureKey = "logo" | "logo_dark" | "icon";

const PICTURES = [
  { key: "logo", label: "brand.logo", dark: false },
  { key: "logo_dark", label: "brand.logo-dark", dark: true },
  { key: "icon", label: "brand.icon", dark: false },
] as const satisfies readonly { key: PictureKey; label: MessageKey; dark: boolean }[];

export function BrandForm(props: FormProps) {
  const { t, language } = useText();
  const { fields, checked, onChange } = props;
  const languages = languagesOf(fields, SCREEN_LANGUAGES);
  const text = (key: "company" | "product" | "ticket_prefix" | "identifier" | "email" | "phone") => ({
    value: fields[key],
    onChange: (value: string) => onChange({ [key]: value }),
    testId: testIds.brand.field(key),
  });
  return (
    <div className="brand-fields">
      <section className="panel">
        <h2>{t("brand.colours")}</h2>
        <ColourField
          id="primary"
          label={t("brand.primary")}
          help={t("brand.primary-help")}
          value={fields.primary}
          verdict={verdictOf(checked, "colours.primary")}
          onChange={(primary) => onChange({ primary })}
        />
        <ColourField
          id="secondary"
          label={t("brand.secondary")}
          help={t("brand.secondary-help")}
          value={fields.secondary}
          verdict={verdictOf(checked, "colours.secondary")}
          onChange={(secondary) => onChange({ secondary })}
        />
      </section>
      <section className="panel">
        <h2>{t("brand.names")}</h2>
        <TextField label={t("brand.company")} {...text("company")} />
        <TextField label={t("brand.product")} {...text("product")} />
        <TextField
          label={t("brand.ticket-prefix")}
          help={t("brand.ticket-prefix-help")}
          {...text("ticket_prefix")}
        />
        <FontsField fonts={fields.fonts} onChange={(fonts) => onChange({ fonts })} />
        <TextField label={t("brand.identifier")} help={t("brand.identifier-help")} {...text("identifier")} />
      </section>
      <section className="panel">
        <h2>{t("brand.pictures")}</h2>
        <p className="field-help">{t("brand.pictures-help")}</p>
        {PICTURES.map(({ key, label, dark }) => (
          <PictureRow
            key={key}
            id={key}
            label={t(label)}
            dark={dark}
            source={checked.shown[key]}
            onChoose={(picture) => props.onPicture(key, picture)}
          />
        ))}
      </section>
      <section className="panel">
        <h2>{t("brand.support")}</h2>
        <TextField label={t("brand.phone")} {...text("phone")} />
        <TextField label={t("brand.email")} inputMode="email" {...text("email")} />
        {languages.map((id) => (
          <TextField
            key={id}
            label={t("brand.hours-in", { language: nameOf(id, language) })}
            value={fields.hours[id] ?? ""}
            onChange={(value) => onChange({ hours: withText(fields.hours, id, value) })}
            testId={testIds.brand.text("hours", id)}
          />
        ))}
      </section>
      <section className="panel brand-texts">
        <h2>{t("brand.texts")}</h2>
        <div className="brand-text-columns">
          {languages.map((id) => (
            <TextAreaField
              key={id}
              label={t("brand.welcome-in", { language: nameOf(id, language) })}
              value={fields.welcome[id] ?? ""}
              rows={3}
              onChange={(value) => onChange({ welcome: withText(fields.welcome, id, value) })}
              testId={testIds.brand.text("welcome", id)}
            />
          ))}
          {languages.map((id) => (
            <TextAreaField
              key={id}
              label={t("brand.legal-in", { language: nameOf(id, language) })}
              value={fields.legal[id] ?? ""}
              rows={3}
              onChange={(value) => onChange({ legal: withText(fields.legal, id, value) })}
              testId={testIds.brand.text("legal", id)}
            />
          ))}
        </div>
      </section>
    </div>
  );
}

function verdictOf(checked: BrandChecked, key: string): BrandVerdict | undefined {
  return checked.verdicts.find((verdict) => verdict.key === key);
}

function ColourField(props: {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly verdict: BrandVerdict | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useText();
  const { verdict, value } = props;
  // A picker shows colours only; while something else is typed it keeps to black.
  const picked = /^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : "#000000";
  return (
    <div className="brand-colour">
      <div className="brand-colour-row">
        <TextField
          label={props.label}
          help={props.help}
          value={value}
          onChange={props.onChange}
          maxLength={7}
          testId={testIds.brand.field(props.id)}
        />
        <input
          type="color"
          className="brand-picker"
          aria-label={t("brand.picker", { field: props.label })}
          value={picked}
          onChange={(event) => props.onChange(event.target.value)}
        />
      </div>
      {verdict !== undefined && verdict.colour === value.trim().toLowerCase() && (
        <Verdict id={props.id} verdict={verdict} onTake={() => props.onChange(verdict.proposed)} />
      )}
    </div>
  );
}

/** Whether a colour can be read, where it does worst, and what to take where it cannot. */
function Verdict(props: {
  readonly id: string;
  readonly verdict: BrandVerdict;
  readonly onTake: () => void;
}) {
  const { t } = useText();
  const { verdict } = props;
  const surface = surfaceKey(verdict.against);
  const said = {
    // Down, so that what is not enough never reads as if it were.
    ratio: (Math.floor(verdict.ratio * 100) / 100).toFixed(2),
    needed: String(verdict.needed),
    surface: t(surface),
  };
  return (
    <div
      className={verdict.passes ? "verdict verdict-good" : "brand-bad"}
      data-testid={testIds.brand.verdict(props.id)}
      data-passes={verdict.passes}
      role="status"
    >
      <Icon name={verdict.passes ? "check" : "alarm"} />
      <span>
        {verdict.passes
          ? t("brand.verdict-good", said)
          : t("brand.verdict-bad", { ...said, proposed: verdict.proposed })}
      </span>
      {!verdict.passes && (
        <Button size="small" onPress={props.onTake} data-testid={testIds.brand.take(props.id)}>
          <span className="brand-take">
            <span className="brand-swatch" style={{ background: verdict.proposed }} aria-hidden="true" />
            {t("brand.take", { proposed: verdict.proposed })}
          </span>
        </Button>
      )}
    </div>
  );
}

const SURFACES = ["ground", "surface", "surface-sunk", "accent-soft", "accent", "ink"] as const;

function surfaceKey(token: string): `brand.surface.${(typeof SURFACES)[number]}` {
  return `brand.surface.${SURFACES.find((known) => known === token) ?? "surface"}`;
}

/** A list as it is typed: a comma at its end is not taken away under the finger. */
function FontsField(props: {
  readonly fonts: readonly string[];
  readonly onChange: (fonts: string[]) => void;
}) {
  const { t } = useText();
  const present = props.fonts.join(", ");
  const [typed, setTyped] = useState(present);
  const shown = namesOf(typed).join(", ") === present ? typed : present;
  return (
    <TextField
      label={t("brand.fonts")}
      help={t("brand.fonts-help")}
      value={shown}
      onChange={(value) => {
        setTyped(value);
        props.onChange(namesOf(value));
      }}
      testId={testIds.brand.field("fonts")}
    />
  );
}

function PictureRow(props: {
  readonly id: string;
  readonly label: string;
  readonly dark: boolean;
  readonly source: string | null;
  readonly onChoose: (picture: BrandPicture) => void;
}) {
  const { t } = useText();
  async function choose(files: FileList | null) {
    const file = files?.[0];
    if (file !== undefined) props.onChoose(await readPicture(file));
  }
  return (
    <div className="brand-picture" data-testid={testIds.brand.picture(props.id)}>
      <div className={props.dark ? "brand-thumb brand-thumb-dark" : "brand-thumb"}>
        {props.source === null ? (
          <span>{t("brand.no-picture")}</span>
        ) : (
          <img src={props.source} alt={props.label} />
        )}
      </div>
      <span className="brand-picture-label">{props.label}</span>
      <FileTrigger acceptedFileTypes={[".svg", ".png"]} onSelect={choose}>
        <Button size="small" aria-label={t("brand.choose-picture-of", { picture: props.label })}>
          {t("brand.choose-picture")}
        </Button>
      </FileTrigger>
    </div>
  );
}
