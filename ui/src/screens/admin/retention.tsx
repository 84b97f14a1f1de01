// How long records are kept: the rules, what they would delete today, and the deletion itself.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryClient, retention } from "../../app/queries";
import { useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { sizeInWords } from "../../logic/size";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { CheckField, Form, OptionField, TextField } from "../../parts/field";
import { Good } from "../../parts/good";
import { asFailure, call } from "../../rpc/client";
import type { AudioRule, RetentionDue, RetentionRules, RetentionStatus } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

const MOST_DAYS = 3650;
const MOST_YEARS = 100;
const AUDIO = ["at-signing", "days", "keep"] as const;

export function RetentionPage() {
  const { t } = useText();
  const query = useQuery(retention);
  return (
    <div className="narrow" data-testid={testIds.retention.page}>
      <PageHead title={t("retention.title")} text={t("retention.text")} />
      <FailureNotice failure={query.error === null ? null : asFailure(query.error)} />
      {query.data !== undefined && (
        <>
          <DuePanel status={query.data} />
          <RulesForm key={JSON.stringify(query.data.rules)} status={query.data} />
        </>
      )}
    </div>
  );
}

/** What the fields hold: numbers as they are typed. */
interface Draft {
  readonly audio: (typeof AUDIO)[number];
  readonly audioDays: string;
  readonly years: string | null;
  readonly days: string | null;
  readonly hold: boolean;
}

function draftOf(rules: RetentionRules): Draft {
  return {
    audio: rules.audio.rule,
    audioDays: rules.audio.rule === "days" ? String(rules.audio.days) : "30",
    years: rules.signed_years === null ? null : String(rules.signed_years),
    days: rules.unfinished_days === null ? null : String(rules.unfinished_days),
    hold: rules.hold,
  };
}

const whole = (text: string, least: number, most: number) => {
  const number = Number(text);
  return /^\d+$/.test(text.trim()) && number >= least && number <= most ? number : null;
};

/** The rules that the fields say; none while a number is not one. */
function rulesOf(draft: Draft, status: RetentionStatus): RetentionRules | null {
  const audioDays = whole(draft.audioDays, 1, MOST_DAYS);
  const years = draft.years === null ? null : whole(draft.years, status.least_years, MOST_YEARS);
  const days = draft.days === null ? null : whole(draft.days, status.least_days, MOST_DAYS);
  if (draft.audio === "days" && audioDays === null) return null;
  if ((draft.years !== null && years === null) || (draft.days !== null && days === null)) return null;
  const audio: AudioRule =
    draft.audio === "days" ? { rule: "days", days: audioDays ?? 1 } : { rule: draft.audio };
  return { audio, signed_years: years, unfinished_days: days, hold: draft.hold };
}

function RulesForm({ status }: { readonly status: RetentionStatus }) {
  const { t, language } = useText();
  const set = useCall("retention.set");
  const [draft, setDraft] = useState(() => draftOf(status.rules));
  const rules = rulesOf(draft, status);
  const written = JSON.stringify(rules);
  // Field by field in one order, whatever the engine's is.
  const unchanged = written === JSON.stringify(rulesOf(draftOf(status.rules), status));
  const preview = useQuery({
    queryKey: ["retention", "preview", written],
    queryFn: () => call("retention.preview", { rules: rules ?? status.rules }),
    enabled: rules !== null,
    staleTime: 0,
  });
  const time = dayAndTime(language);
  const problem = (text: string | null, least: number, most: number) =>
    text !== null && whole(text, least, most) === null ? t("retention.number", { least, most }) : null;

  function change(part: Partial<Draft>) {
    setDraft((old) => ({ ...old, ...part }));
  }

  async function submit() {
    if (rules === null || preview.data === undefined) return;
    const next = await set.run({ rules, seen: preview.data.digest });
    if (next === undefined) void preview.refetch();
    else queryClient.setQueryData(retention.queryKey, next);
  }

  return (
    <Form onSubmit={submit}>
      <section className="panel">
        <h2>{t("retention.rules")}</h2>
        <OptionField
          label={t("retention.audio")}
          help={t("retention.audio-help")}
          value={draft.audio}
          onChange={(value) => change({ audio: AUDIO.find((rule) => rule === value) ?? "keep" })}
          options={AUDIO.map((id) => ({
            id,
            label: t(`retention.audio.${id}`),
            testId: testIds.retention.audio(id),
          }))}
        />
        {draft.audio === "days" && (
          <TextField
            className="short-field"
            label={t("retention.audio-days")}
            inputMode="numeric"
            value={draft.audioDays}
            onChange={(audioDays) => change({ audioDays })}
            problem={problem(draft.audioDays, 1, MOST_DAYS)}
            testId={testIds.retention.audioDays}
          />
        )}
        <KeepOrDelete
          label={t("retention.signed")}
          help={t("retention.signed-help")}
          after={t("retention.delete-after-years")}
          numberLabel={t("retention.years", { least: status.least_years })}
          number={draft.years}
          usual="10"
          problem={problem(draft.years, status.least_years, MOST_YEARS)}
          onChange={(years) => change({ years })}
          testIds={{ rule: testIds.retention.signed, number: testIds.retention.years }}
        />
        <KeepOrDelete
          label={t("retention.unfinished")}
          after={t("retention.delete-after-days")}
          numberLabel={t("retention.days", { least: status.least_days })}
          number={draft.days}
          usual="30"
          problem={problem(draft.days, status.least_days, MOST_DAYS)}
          onChange={(days) => change({ days })}
          testIds={{ rule: testIds.retention.unfinished, number: testIds.retention.days }}
        />
        <div className="field">
          <CheckField
            isSelected={draft.hold}
            onChange={(hold) => change({ hold })}
            testId={testIds.retention.hold}
          >
            {t("retention.hold")}
          </CheckField>
          <p className="field-help">{t("retention.hold-help")}</p>
        </div>
        {!unchanged && rules !== null && preview.data !== undefined && (
          <div className="due-preview" data-testid={testIds.retention.preview} role="status">
            <h3 className="licence-heading">{t("retention.preview")}</h3>
            <DueList due={preview.data} />
          </div>
        )}
        <FailureNotice failure={set.failure ?? (preview.error === null ? null : asFailure(preview.error))} />
        <div className="buttons">
          <Button
            type="submit"
            look="primary"
            isDisabled={unchanged || rules === null || preview.data === undefined}
            isPending={set.pending}
            data-testid={testIds.retention.save}
          >
            {t("retention.save")}
          </Button>
          {unchanged && (
            <p className="muted">
              {status.changed === null
                ? t("retention.unchanged")
                : status.changed_by === null
                  ? t("retention.changed-unnamed", { time: time.format(status.changed) })
                  : t("retention.changed", {
                      name: status.changed_by,
                      time: time.format(status.changed),
                    })}
            </p>
          )}
        </div>
      </section>
    </Form>
  );
}

/** Whether something is kept, or deleted after a number of years or days. */
function KeepOrDelete(props: {
  readonly label: string;
  readonly help?: string;
  readonly after: string;
  readonly numberLabel: string;
  /** None where it is kept. */
  readonly number: string | null;
  readonly usual: string;
  readonly problem: string | null;
  readonly onChange: (number: string | null) => void;
  readonly testIds: { readonly rule: (rule: string) => string; readonly number: string };
}) {
  const { t } = useText();
  const { number, testIds: ids } = props;
  return (
    <>
      <OptionField
        label={props.label}
        {...(props.help === undefined ? {} : { help: props.help })}
        value={number === null ? "keep" : "delete"}
        onChange={(value) => props.onChange(value === "keep" ? null : props.usual)}
        options={[
          { id: "keep", label: t("retention.keep-all"), testId: ids.rule("keep") },
          { id: "delete", label: props.after, testId: ids.rule("delete") },
        ]}
      />
      {number !== null && (
        <TextField
          className="short-field"
          label={props.numberLabel}
          inputMode="numeric"
          value={number}
          onChange={props.onChange}
          problem={props.problem}
          testId={ids.number}
        />
      )}
    </>
  );
}

function isNothing(due: RetentionDue) {
  return due.recordings + due.signed + due.unfinished === 0;
}

function DueList({ due }: { readonly due: RetentionDue }) {
  const { t, language } = useText();
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  if (isNothing(due)) {
    return (
      <div className="due-list">
        <p>{t("retention.due-nothing")}</p>
      </div>
    );
  }
  return (
    <div className="due-list due-some">
      {due.recordings > 0 && (
        <p>
          {t("retention.due-recordings", {
            count: due.recordings,
            size: sizeInWords(due.recording_bytes, language),
          })}
        </p>
      )}
      {due.signed > 0 && <p>{t("retention.due-signed", { count: due.signed })}</p>}
      {due.unfinished > 0 && <p>{t("retention.due-unfinished", { count: due.unfinished })}</p>}
      {due.oldest !== null && <p>{t("retention.due-oldest", { date: date.format(due.oldest) })}</p>}
    </div>
  );
}

function DuePanel({ status }: { readonly status: RetentionStatus }) {
  const { t, language } = useText();
  const run = useCall("retention.run");
  const [asking, setAsking] = useState(false);
  const time = dayAndTime(language);
  const { due, last } = status;

  // Whatever made the deletion fail, what is shown is what there is now.
  useEffect(() => {
    if (run.failure !== null) void queryClient.invalidateQueries({ queryKey: retention.queryKey });
  }, [run.failure]);

  async function go() {
    const next = await run.run({ seen: due.digest });
    setAsking(false);
    if (next !== undefined) queryClient.setQueryData(retention.queryKey, next);
  }

  return (
    <section className="panel">
      <h2>{t("retention.due")}</h2>
      {status.stopped !== null && (
        <p className="refusal" data-testid={testIds.retention.stopped}>
          {t(`retention.stopped.${status.stopped}`)}
        </p>
      )}
      <div data-testid={testIds.retention.due}>
        <DueList due={due} />
      </div>
      <FailureNotice failure={run.failure} />
      {!isNothing(due) && (
        <div className="buttons">
          <Button
            look="danger"
            icon="trash"
            isDisabled={status.stopped !== null}
            onPress={() => setAsking(true)}
            data-testid={testIds.retention.run}
          >
            {t("retention.run")}
          </Button>
        </div>
      )}
      <div role="status">
        {last !== null && (
          <Good testId={testIds.retention.last}>
            <span>
              {`${t("retention.last")}: ${t(
                last.by_hand ? "retention.last-by-hand" : "retention.last-by-day",
                {
                  time: time.format(last.at),
                },
              )}`}
              <span className="cell-second verdict-faults">
                {t("retention.last-counts", {
                  recordings: last.recordings,
                  size: sizeInWords(last.recording_bytes, language),
                  signed: last.signed,
                  unfinished: last.unfinished,
                })}
              </span>
            </span>
          </Good>
        )}
      </div>
      <p className="muted">{t("retention.backups")}</p>
      {asking && (
        <Dialog title={t("retention.run-title")} role="alertdialog" onClose={() => setAsking(false)}>
          <DueList due={due} />
          <p>{t("retention.run-text")}</p>
          <div className="buttons">
            <Button
              look="danger"
              icon="trash"
              isPending={run.pending}
              onPress={go}
              data-testid={testIds.retention.runGo}
            >
              {run.pending ? t("retention.running") : t("retention.run-go")}
            </Button>
            <Button onPress={() => setAsking(false)}>{t("app.cancel")}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
