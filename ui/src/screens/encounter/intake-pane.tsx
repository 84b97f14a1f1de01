// What the patient told the kiosk, and the alarms that it raised.

import { queryClient } from "../../app/queries";
import { useMay } from "../../app/session";
import { type Translate, useText } from "../../i18n";
import { momentInWords } from "../../logic/date";
import { slice } from "../../logic/text";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import type { EncounterView, FlagRecord } from "../../rpc/schema";
import { testIds } from "../../testids";

export function FlagList({ view }: { readonly view: EncounterView }) {
  const { t } = useText();
  if (view.record.flags.length === 0) return null;
  const order = (flag: FlagRecord) =>
    (flag.acknowledged === null ? 0 : 2) + (flag.severity === "emergency" ? 0 : 1);
  const flags = [...view.record.flags].sort((a, b) => order(a) - order(b) || a.raised - b.raised);
  return (
    <section className="flags" aria-label={t("flags.title")}>
      <h2 className="visually-hidden">{t("flags.title")}</h2>
      {flags.map((flag) => (
        <Flag key={flag.id} flag={flag} view={view} />
      ))}
    </section>
  );
}

function Flag({ flag, view }: { readonly flag: FlagRecord; readonly view: EncounterView }) {
  const { t, language } = useText();
  const mayAcknowledge = useMay("red-flag-acknowledge");
  const acknowledge = useCall("flags.acknowledge");
  const rule = view.rules[flag.rule];
  const open = flag.acknowledged === null;

  async function take() {
    const done = await acknowledge.run({ encounter: view.record.id, flag: flag.id });
    if (done !== undefined) await queryClient.invalidateQueries({ queryKey: ["encounters"] });
  }

  return (
    <article
      className={`flag flag-${open ? flag.severity : "seen"}`}
      data-testid={testIds.encounter.flag}
      data-rule={flag.rule}
      data-acknowledged={!open}
    >
      <Icon name={open ? "alarm" : "check"} />
      <div className="flag-text">
        <h3>
          <span className="flag-severity">{t(`severity.${flag.severity}`)}</span>
          {rule?.title ?? t("flags.rule-unnamed")}
        </h3>
        {rule !== undefined && <p>{rule.staff}</p>}
        <FlagSource flag={flag} view={view} t={t} />
        {flag.acknowledged !== null && (
          <p className="muted">
            {t("flags.acknowledged", {
              name: whoIs(view, flag.acknowledged[0]),
              time: momentInWords(flag.acknowledged[1], new Date(), language),
            })}
          </p>
        )}
        <FailureNotice failure={acknowledge.failure} />
      </div>
      {open && mayAcknowledge && (
        <Button
          look="danger"
          size="small"
          onPress={take}
          isPending={acknowledge.pending}
          data-testid={testIds.encounter.flagAcknowledge}
        >
          {t("flags.acknowledge")}
        </Button>
      )}
    </article>
  );
}

function whoIs(view: EncounterView, who: NonNullable<FlagRecord["acknowledged"]>[0]): string {
  return (who.kind === "person" ? view.people[who.id] : undefined) ?? who.id;
}

/** The words that raised the alarm. */
function FlagSource(props: {
  readonly flag: FlagRecord;
  readonly view: EncounterView;
  readonly t: Translate;
}) {
  const { source } = props.flag;
  if (source.kind === "utterance") {
    const said = props.view.record.utterances[source.index];
    if (said === undefined) return null;
    return (
      <p className="flag-source">{props.t("flags.in-utterance", { text: slice(said.text, source.span) })}</p>
    );
  }
  const line = props.view.intake.find((one) => one.link_id === source.link_id);
  const words = line?.answer ?? line?.unclear ?? null;
  if (line === undefined || words === null) return null;
  const text = source.span === null ? words : slice(words, source.span);
  return (
    <p className="flag-source">
      <span>{line.question}</span> {props.t("flags.in-answer", { text })}
    </p>
  );
}

export function IntakePane({ view }: { readonly view: EncounterView }) {
  const { t } = useText();
  return (
    <section className="pane pane-intake" aria-labelledby="intake-title">
      <div className="pane-head">
        <h2 id="intake-title">{t("intake.title")}</h2>
      </div>
      {view.protocol !== null && (
        <p className="muted" data-testid={testIds.encounter.protocol} data-protocol={view.record.protocol}>
          {t(view.record.protocol_choice === "reason" ? "intake.protocol-reason" : "intake.protocol", {
            title: view.protocol,
          })}
        </p>
      )}
      <Scores view={view} />
      {view.intake.length === 0 ? (
        <p className="muted">{t("intake.empty")}</p>
      ) : (
        <dl className="intake">
          {view.intake.map((line) => (
            <div
              key={line.link_id}
              className={line.answer === null ? "intake-line intake-none" : "intake-line"}
            >
              <dt>{line.question}</dt>
              {line.unclear === null ? (
                <dd data-testid={testIds.encounter.intakeAnswer(line.link_id)}>
                  {line.answer ?? t("intake.none")}
                </dd>
              ) : (
                <dd className="intake-unclear" data-testid={testIds.encounter.intakeUnclear(line.link_id)}>
                  {t("intake.unclear", { words: line.unclear })}
                </dd>
              )}
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** What the answers come to. For staff: no patient sees a score. */
function Scores({ view }: { readonly view: EncounterView }) {
  const { t } = useText();
  if (view.scores.length === 0) return null;
  return (
    <dl className="scores" aria-label={t("scores.title")}>
      {view.scores.map((score) => (
        <div key={score.name} data-testid={testIds.encounter.score(score.name)}>
          <dt>{score.name}</dt>
          <dd>
            {score.total === null ? (
              <span className="muted">{t("scores.open", { count: score.open })}</span>
            ) : (
              <>
                {score.most === null
                  ? String(score.total)
                  : t("scores.of", { total: String(score.total), most: String(score.most) })}
                {score.band !== null && <span className="badge">{score.band}</span>}
                <span className="muted cell-second">{score.source}</span>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
