// The dashboard: counts and times of a period. Loaded when it is opened, with the library that draws.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { figures as figuresOf } from "../../app/queries";
import { useMay } from "../../app/session";
import { nameOf, type Translate, useText } from "../../i18n";
import { dateInWords } from "../../logic/date";
import { byMonth, duration, isEmpty, PERIODS, type PeriodName, periodDays, share } from "../../logic/figures";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { ChartPanel, type Row, type Series } from "../../parts/chart";
import { FailureNotice } from "../../parts/failure";
import { OptionField } from "../../parts/field";
import { Sections } from "../../parts/sections";
import { toast } from "../../parts/toast";
import { platform } from "../../platform";
import { asFailure, Failure } from "../../rpc/client";
import type { Analytics, QuestionFigures, SiteId, Spread } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { SiteChoice } from "../sites/site-choice";

/** How answers are given, each with its colour. */
const CHANNELS = [
  { key: "touch", colour: "first" },
  { key: "typed", colour: "second" },
  { key: "voice", colour: "third" },
  { key: "none", colour: "quiet" },
] as const;
/** More days than these are shown as months. */
const MOST_DAYS = 92;
/** The longest name that stands beside a bar. */
const LONGEST = 56;

export function FigureSections() {
  const { t } = useText();
  const sections = [{ to: "/admin/figures" as const, label: t("figures.tab") }];
  const compliance = {
    to: "/admin/figures/compliance" as const,
    label: t("figures.compliance-tab"),
    testId: testIds.figures.complianceTab,
  };
  return <Sections sections={useMay("audit-read") ? [...sections, compliance] : sections} />;
}

export function Figures() {
  const { t } = useText();
  const [name, setName] = useState<PeriodName>("thirty-days");
  const period = periodDays(name, new Date());
  const [site, setSite] = useState<SiteId | null>(null);
  const query = useQuery({
    ...figuresOf(period.from, period.until, site),
    placeholderData: keepPreviousData,
  });
  const save = useCall("analytics.export");
  const [saveFailure, setSaveFailure] = useState<Failure | null>(null);

  async function keep() {
    setSaveFailure(null);
    const file = await save.run({ ...period, site });
    if (file === undefined) return;
    const outcome = await platform.saveFile(file);
    if ("error" in outcome) setSaveFailure(new Failure(outcome.error.code, outcome.error.parameters));
    else if (outcome.ok === "saved") toast(t("usage.saved"));
  }

  return (
    <>
      <PageHead title={t("figures.title")} text={t("figures.text")} />
      <FigureSections />
      <div className="figures-bar">
        <OptionField
          label={t("figures.period")}
          hideLabel
          look="segments"
          value={name}
          onChange={(chosen) => setName(PERIODS.find((known) => known === chosen) ?? name)}
          options={PERIODS.map((known) => ({
            id: known,
            label: t(`figures.period.${known}`),
            testId: testIds.figures.period(known),
          }))}
        />
        <SiteChoice value={site} onChange={setSite} testId={testIds.sites.ofFigures} />
        <Button icon="download" onPress={keep} isPending={save.pending} data-testid={testIds.figures.export}>
          {t("figures.export")}
        </Button>
        <p className="muted figures-note">{t("figures.export-note")}</p>
      </div>
      <FailureNotice
        failure={save.failure ?? saveFailure ?? (query.error === null ? null : asFailure(query.error))}
      />
      {query.isPending && (
        <p className="waiting" role="status">
          {t("figures.loading")}
        </p>
      )}
      {query.data !== undefined && query.error === null && <Dashboard figures={query.data} />}
    </>
  );
}

function Dashboard({ figures }: { readonly figures: Analytics }) {
  const { t, language } = useText();
  const one: readonly Series[] = [{ key: "count", label: t("figures.count"), colour: "first" }];
  return (
    <>
      <p className="muted">
        {t("figures.range", {
          from: dateInWords(figures.from, language),
          until: dateInWords(figures.until, language),
          zone: figures.time_zone,
        })}
      </p>
      <Tiles figures={figures} />
      <div className="charts">
        <ByDay figures={figures} />
        <ChartPanel
          name="channels"
          title={t("figures.by-channel")}
          by={t("figures.channel")}
          rows={CHANNELS.map(({ key }) => ({
            name: t(`figures.channel.${key}`),
            count: figures.channels[key],
          }))}
          series={one}
          lying
        />
        <ChartPanel
          name="languages"
          title={t("figures.by-language")}
          by={t("figures.language")}
          rows={figures.languages.map(({ name, count }) => ({ name: nameOf(name, language), count }))}
          series={one}
          lying
        />
        <ChartPanel
          name="protocols"
          title={t("figures.by-protocol")}
          by={t("figures.protocol")}
          rows={figures.protocols.map(({ url, title, count }) =>
            named(title ?? url ?? t("figures.no-protocol"), { count }),
          )}
          series={one}
          lying
        />
        <Voice figures={figures} />
        <Questions figures={figures} />
        <Histogram
          name="intake-time"
          title={t("figures.intake-time-title")}
          text={t("figures.intake-time-text")}
          spread={figures.intake_time}
        />
        <Flags figures={figures} />
        <Histogram
          name="sign-time"
          title={t("figures.sign-title")}
          text={t("figures.sign-text", { drafts: figures.notes.drafts })}
          spread={figures.notes.sign_time}
        />
        <Histogram
          name="changed"
          title={t("figures.changed-title")}
          text={t("figures.changed-text")}
          spread={figures.notes.changed}
          percent
        />
      </div>
    </>
  );
}

/** A row whose name is shortened beside its bar and whole in the table. */
function named(full: string, values: { readonly [series: string]: number }): Row {
  const name = full.length > LONGEST ? `${full.slice(0, LONGEST - 1)}…` : full;
  return { name, full, ...values };
}

function time(t: Translate, seconds: number) {
  const { unit, value } = duration(seconds);
  return t(`figures.${unit}`, { value });
}

function Tiles({ figures }: { readonly figures: Analytics }) {
  const { t, language } = useText();
  const number = (count: number) => new Intl.NumberFormat(language).format(count);
  const percent = (value: number | null) =>
    value === null ? t("figures.no-value") : t("figures.percent", { value });
  const { intakes, voice } = figures;
  const spoken = voice.understood + voice.after_asking_back + voice.by_hand + voice.left_open;
  const understood = voice.understood + voice.after_asking_back;
  const spread = (of: Spread, say: (value: number) => string) => ({
    value: of.median === null ? t("figures.no-value") : say(of.median),
    below:
      of.ninetieth === null
        ? ""
        : t("figures.median-ninetieth", { ninetieth: say(of.ninetieth), count: of.count }),
  });
  const tiles = [
    { name: "encounters", label: t("figures.encounters"), value: number(figures.encounters), below: "" },
    {
      name: "completion",
      label: t("figures.completion"),
      value: percent(share(intakes.completed, intakes.begun - intakes.open)),
      below: t("figures.completion-of", intakes),
    },
    {
      name: "intake-time",
      label: t("figures.intake-time"),
      ...spread(figures.intake_time, (value) => time(t, value)),
    },
    {
      name: "acknowledge-time",
      label: t("figures.acknowledge-time"),
      ...spread(figures.flags.time, (value) => time(t, value)),
    },
    {
      name: "understood",
      label: t("figures.understood"),
      value: percent(share(understood, spoken)),
      below: t("figures.understood-of", { understood, all: spoken }),
    },
    {
      name: "sign-time",
      label: t("figures.sign-time"),
      ...spread(figures.notes.sign_time, (value) => time(t, value)),
    },
    {
      name: "changed",
      label: t("figures.changed"),
      ...spread(figures.notes.changed, (value) => t("figures.percent", { value })),
    },
  ];
  return (
    <dl className="tiles">
      {tiles.map((tile) => (
        <div key={tile.name} className="tile" data-testid={testIds.figures.tile(tile.name)}>
          <dt>{tile.label}</dt>
          <dd className="tile-value">{tile.value}</dd>
          {tile.below !== "" && <dd className="muted">{tile.below}</dd>}
        </div>
      ))}
    </dl>
  );
}

function ByDay({ figures }: { readonly figures: Analytics }) {
  const { t, language } = useText();
  const months = figures.days.length > MOST_DAYS;
  const short = new Intl.DateTimeFormat(language, {
    ...(months ? { year: "2-digit" } : { day: "numeric" }),
    month: "short",
    timeZone: "UTC",
  });
  return (
    <ChartPanel
      name="days"
      title={t(months ? "figures.by-month" : "figures.by-day")}
      text={t("figures.by-day-text")}
      by={t(months ? "usage.month" : "figures.day")}
      rows={(months ? byMonth(figures.days) : figures.days).map((line) => ({
        key: line.day,
        name: short.format(new Date(line.day)),
        full: dateInWords(line.day, language),
        ...line.channels,
        all: line.channels.touch + line.channels.typed + line.channels.voice + line.channels.none,
      }))}
      series={CHANNELS.map(({ key, colour }) => ({ key, label: t(`figures.channel.${key}`), colour }))}
      columns={[{ key: "all", label: t("figures.all") }]}
      wide
    />
  );
}

function Questions({ figures }: { readonly figures: Analytics }) {
  const { t } = useText();
  const protocols = figures.protocols.filter((line) => line.url !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = protocols.find((line) => line.url === chosen)?.url ?? protocols[0]?.url ?? "";
  const reached = (line: QuestionFigures) => line.answered + line.passed + line.left;
  return (
    <ChartPanel
      name="questions"
      title={t("figures.by-question")}
      text={t("figures.by-question-text", {
        before: figures.intakes.left_before_first,
        review: figures.intakes.left_at_review,
      })}
      by={t("figures.question")}
      rows={figures.questions
        .filter((line) => line.protocol === shown)
        .map((line) => ({
          key: line.link_id,
          ...named(line.text ?? line.link_id, {
            answered: line.answered,
            passed: line.passed,
            left: line.left,
            share: share(line.left, reached(line)) ?? 0,
          }),
        }))}
      series={[
        { key: "answered", label: t("figures.answered"), colour: "first" },
        { key: "passed", label: t("figures.passed"), colour: "quiet" },
        { key: "left", label: t("figures.left"), colour: "second" },
      ]}
      columns={[{ key: "share", label: t("figures.left-share") }]}
      lying
      wide
    >
      {protocols.length > 1 && (
        <OptionField
          label={t("figures.protocol")}
          hideLabel
          look="segments"
          value={shown}
          onChange={setChosen}
          options={protocols.map((line) => ({ id: line.url ?? "", label: line.title ?? line.url ?? "" }))}
        />
      )}
    </ChartPanel>
  );
}

function stretchName(t: Translate, up_to: number | null, before: number | null, percent: boolean) {
  if (up_to === null) {
    if (before === null) return t("figures.more");
    return `> ${percent ? t("figures.percent", { value: before }) : time(t, before)}`;
  }
  if (percent && up_to === 0) return t("figures.unchanged");
  return t("figures.up-to", { end: percent ? t("figures.percent", { value: up_to }) : time(t, up_to) });
}

function Histogram(props: {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly spread: Spread;
  readonly percent?: boolean;
}) {
  const { t } = useText();
  const percent = props.percent ?? false;
  const { stretches } = props.spread;
  return (
    <ChartPanel
      name={props.name}
      title={props.title}
      text={props.text}
      by={t(percent ? "figures.share" : "figures.time")}
      rows={
        isEmpty(props.spread)
          ? []
          : stretches.map(({ up_to, count }, place) => ({
              name: stretchName(t, up_to, stretches[place - 1]?.up_to ?? null, percent),
              count,
            }))
      }
      series={[{ key: "count", label: t("figures.count"), colour: "first" }]}
    />
  );
}

function Flags({ figures }: { readonly figures: Analytics }) {
  const { t } = useText();
  const [emergency, urgent] = (["emergency", "urgent"] as const).map((severity) =>
    figures.flags.severities.find((line) => line.severity === severity),
  );
  const stretches = emergency?.time.stretches ?? [];
  const raised = (emergency?.raised ?? 0) + (urgent?.raised ?? 0);
  const open = (emergency?.open ?? 0) + (urgent?.open ?? 0);
  return (
    <ChartPanel
      name="flags"
      title={t("figures.flags-title")}
      text={t("figures.flags-text", { raised, open })}
      by={t("figures.time")}
      rows={stretches.map(({ up_to, count }, place) => ({
        name: stretchName(t, up_to, stretches[place - 1]?.up_to ?? null, false),
        emergency: count,
        urgent: urgent?.time.stretches[place]?.count ?? 0,
      }))}
      series={[
        { key: "emergency", label: t("figures.emergency"), colour: "danger" },
        { key: "urgent", label: t("figures.urgent"), colour: "second" },
      ]}
    />
  );
}

function Voice({ figures }: { readonly figures: Analytics }) {
  const { t } = useText();
  const { voice } = figures;
  return (
    <ChartPanel
      name="voice"
      title={t("figures.voice-title")}
      text={t("figures.voice-text")}
      by={t("figures.outcome")}
      rows={[
        { name: t("figures.voice.understood"), count: voice.understood },
        { name: t("figures.voice.after"), count: voice.after_asking_back },
        { name: t("figures.voice.by-hand"), count: voice.by_hand },
        { name: t("figures.voice.left-open"), count: voice.left_open },
      ]}
      series={[{ key: "count", label: t("figures.count"), colour: "first" }]}
      lying
    />
  );
}
