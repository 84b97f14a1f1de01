// One sentence of a note: its words, who wrote it, where it comes from, what is doubtful.

import { type KeyboardEvent, useId } from "react";
import { useText } from "../../i18n";
import type { DraftSentence } from "../../logic/note";
import { IconButton } from "../../parts/button";
import { Icon, type IconName } from "../../parts/icon";
import type { NoteFinding, SentenceOrigin, Utterance } from "../../rpc/schema";
import { testIds } from "../../testids";

const ORIGINS: Record<SentenceOrigin, IconName> = { drafted: "spark", edited: "pen", typed: "keyboard" };

/** The mark that tells who wrote a sentence: a picture and words, never colour alone. */
export function OriginMark({ origin }: { readonly origin: SentenceOrigin }) {
  const { t } = useText();
  return (
    <span className={`origin origin-${origin}`} title={t(`note.origin.${origin}`)}>
      <Icon name={ORIGINS[origin]} />
      <span className="origin-text">{t(`note.origin.${origin}-short`)}</span>
    </span>
  );
}

export function Legend() {
  const { t } = useText();
  return (
    <ul className="legend" aria-label={t("note.legend")}>
      {(["drafted", "edited", "typed"] as const).map((origin) => (
        <li key={origin}>
          <Icon name={ORIGINS[origin]} className={`origin-${origin}`} />
          {t(`note.origin.${origin}`)}
        </li>
      ))}
    </ul>
  );
}

/** The utterances that a sentence rests on. */
export function Evidence(props: {
  readonly id?: string;
  readonly evidence: readonly number[];
  readonly utterances: readonly Utterance[];
  readonly language: string;
}) {
  const { t } = useText();
  const said = props.evidence.flatMap((index) => props.utterances[index] ?? []);
  return (
    <div className="evidence" id={props.id} data-testid={testIds.note.evidence}>
      <p className="evidence-title">
        <Icon name="quote" />
        {said.length === 0 ? t("note.evidence-none") : t("note.evidence")}
      </p>
      {said.length > 0 && (
        <ul>
          {said.map((utterance) => (
            <li key={utterance.index} data-index={utterance.index}>
              <span className="utterance-speaker">{t(`speaker.${utterance.speaker}`)}</span>
              <span lang={props.language}>{utterance.text}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Finding({ finding }: { readonly finding: NoteFinding }) {
  const { t } = useText();
  return (
    <p className="finding" data-testid={testIds.note.finding} data-reason={finding.reason}>
      <Icon name="alarm" />
      <span>
        <strong>{t("note.finding-label")}</strong>{" "}
        {finding.reason === "no-evidence"
          ? t("note.finding.no-evidence")
          : t(`note.finding.${finding.reason}`, { words: finding.words.join(", ") })}
      </span>
    </p>
  );
}

export function SentenceRow(props: {
  readonly sentence: DraftSentence;
  readonly origin: SentenceOrigin;
  readonly label: { readonly section: string; readonly place: number };
  readonly language: string;
  readonly utterances: readonly Utterance[];
  readonly findings: readonly NoteFinding[];
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onText: (text: string) => void;
  readonly onLeave: () => void;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
}) {
  const { sentence, origin } = props;
  const { t } = useText();
  const detailId = useId();

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      props.onAdd();
    } else if (event.key === "Backspace" && sentence.text === "") {
      event.preventDefault();
      props.onRemove();
    }
  }

  return (
    <li
      className="sentence"
      data-testid={testIds.note.sentence}
      data-key={sentence.key}
      data-id={sentence.id ?? ""}
      data-origin={origin}
      data-chosen={props.chosen}
    >
      <OriginMark origin={origin} />
      {/* The words stand twice, once invisibly: the grid makes the field as tall as they are. */}
      <div className="grow" data-text={`${sentence.text} `}>
        <textarea
          rows={1}
          value={sentence.text}
          spellCheck
          autoComplete="off"
          lang={props.language}
          aria-label={t("note.sentence", { ...props.label, origin: t(`note.origin.${origin}`) })}
          aria-describedby={detailId}
          onFocus={props.onChoose}
          onBlur={props.onLeave}
          onKeyDown={onKeyDown}
          onChange={(event) => props.onText(event.target.value.replace(/\s*\n\s*/g, " "))}
          data-testid={testIds.note.sentenceText}
        />
      </div>
      <span className="sentence-sources">
        {sentence.evidence.length > 0 && t("note.evidence-count", { count: sentence.evidence.length })}
      </span>
      <div className="sentence-detail" id={detailId}>
        {props.findings.map((finding) => (
          <Finding key={finding.reason} finding={finding} />
        ))}
        {props.chosen && (
          <Evidence evidence={sentence.evidence} utterances={props.utterances} language={props.language} />
        )}
      </div>
      {props.chosen && (
        <div className="sentence-tools">
          <IconButton
            icon="plus"
            label={t("note.add-after")}
            onPress={props.onAdd}
            data-testid={testIds.note.addAfter}
          />
          <IconButton
            icon="trash"
            label={t("note.delete")}
            onPress={props.onRemove}
            data-testid={testIds.note.delete}
          />
        </div>
      )}
    </li>
  );
}
