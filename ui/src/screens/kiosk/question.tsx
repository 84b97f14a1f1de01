// One question.

import { useId, useRef, useState } from "react";
import { type Translate, useText } from "../../i18n";
import { type Entry, type EntryProblem, entryOf, readEntry } from "../../logic/answer";
import { OTHER } from "../../logic/choice";
import { scaleOf } from "../../logic/number";
import { Button } from "../../parts/button";
import { Form } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { StepHeading } from "../../parts/page";
import type { Answer, AnswerSource, IntakeView, Question } from "../../rpc/schema";
import { testIds } from "../../testids";
import { AskBackStep, OwnWords } from "./ask-back";
import { Asked, OtherLanguage } from "./asked";
import { Choices, Scale, YesNo } from "./choices";
import { DateEntry, NumberEntry, UnitChoice, WordsEntry } from "./entries";
import { Foot } from "./frame";
import { type Given, useSpokenStep } from "./voice";

export function QuestionStep(props: {
  readonly view: IntakeView;
  readonly question: Question;
  readonly busy: boolean;
  readonly onAnswer: (answer: Answer, source: AnswerSource, words?: string) => void;
  /** Leaves the question to staff, with the words that were not understood. */
  readonly onLeave: (given: Given) => void;
  readonly onBack: () => void;
}) {
  const { question, view } = props;
  const { t, language } = useText();
  const [entry, setEntry] = useState<Entry>(() => entryOf(question));
  // The answer in the patient's own words, while they write it; none while they choose.
  const [own, setOwn] = useState<string | null>(null);
  const [problem, setProblem] = useState<EntryProblem | null>(null);
  const headingId = useId();
  const helpId = useId();
  const problemPlace = useRef<HTMLDivElement>(null);

  const update = (change: Partial<Entry>) => {
    setProblem(null);
    setEntry((old) => ({ ...old, ...change }));
  };

  function submit() {
    if (own !== null && own.trim() !== "") return void say(own.trim(), null);
    const reading = readEntry(question, entry);
    if (reading.kind === "problem") {
      setProblem(reading.problem);
      requestAnimationFrame(() => problemPlace.current?.scrollIntoView({ block: "nearest" }));
      return;
    }
    const source = sourceOf(question, entry);
    const words = wordsOf(question, entry);
    if (words !== null) return void say(words, reading.answer);
    props.onAnswer(reading.answer, source);
  }

  /** What is written is made out as what is said is. Where that fails, the words are the answer, or the question stays. */
  async function say(words: string, written: Answer | null) {
    try {
      if (back === null) throw new Error("nobody understands words here");
      await back.say(words);
    } catch {
      if (written !== null) props.onAnswer(written, "typed");
      else setProblem({ kind: "text" });
    }
  }

  const several = question.kind.type === "choice" && question.repeats;
  const help = question.help ?? (several ? t("kiosk.several") : null);
  const passes = question.kind.type !== "display";
  const back = useSpokenStep({
    key: `question-${question.link_id}`,
    prompt: spoken(t, question, help),
    asked: { what: "question", link_id: question.link_id },
    showsAskBack: true,
    onLeave: question.required ? undefined : props.onLeave,
    onMeaning: (meaning, { words, source }) => {
      switch (meaning.meaning) {
        case "answer":
          props.onAnswer(meaning.answer, source, words);
          return true;
        case "unknown":
          if (question.required) return false;
          props.onAnswer({ outcome: "unknown" }, source, words);
          return true;
        case "skip":
          if (question.required) return false;
          props.onAnswer({ outcome: "skipped" }, source, words);
          return true;
        case "back":
          if (!view.can_go_back) return false;
          props.onBack();
          return true;
        case "next":
          if (passes) return false;
          props.onAnswer({ outcome: "given", values: [] }, source);
          return true;
        default:
          return false;
      }
    },
  });
  const place = { "data-testid": testIds.kiosk.question, "data-link-id": question.link_id };
  if (back !== null && (back.doubt !== null || back.leaving !== null)) {
    return (
      <div className="kiosk-step">
        <div className="kiosk-body" {...place}>
          <AskBackStep question={question.text} back={back} />
        </div>
      </div>
    );
  }
  const trouble =
    problem !== null
      ? problemSentence(t, problem, question.required, language)
      : back?.missed === true
        ? t("kiosk.ask-back.missed")
        : null;
  return (
    <Form className="kiosk-step" onSubmit={submit}>
      <div className="kiosk-body" {...place}>
        <OtherLanguage />
        {question.heading !== null && (
          <p className="kiosk-over">
            <Asked>{question.heading}</Asked>
          </p>
        )}
        <StepHeading id={headingId} className="kiosk-title">
          <Asked>{question.text}</Asked>
        </StepHeading>
        {help !== null && (
          <p className="kiosk-text" id={helpId}>
            {question.help === null ? help : <Asked>{help}</Asked>}
          </p>
        )}
        {own === null ? (
          <AnswerEntry
            question={question}
            entry={entry}
            update={update}
            headingId={headingId}
            helpId={help === null ? undefined : helpId}
          />
        ) : (
          <OwnWords
            label={question.text}
            value={own}
            onChange={(words) => {
              setProblem(null);
              setOwn(words);
            }}
            onClose={() => setOwn(null)}
          />
        )}
        {own === null && takesOwnWords(question) && back !== null && (
          <Button
            look="bare"
            icon="keyboard"
            className="kiosk-own-words"
            onPress={() => setOwn("")}
            data-testid={testIds.kiosk.ownWords}
          >
            {t("kiosk.own-words")}
          </Button>
        )}
        <div role="alert" ref={problemPlace}>
          {trouble !== null && (
            <p className="kiosk-problem" data-testid={testIds.kiosk.problem}>
              <Icon name="alarm" />
              {trouble}
            </p>
          )}
        </div>
      </div>
      <Foot
        next={t("kiosk.next")}
        busy={props.busy}
        onBack={view.can_go_back ? props.onBack : undefined}
        onSkip={
          passes && !question.required ? () => props.onAnswer({ outcome: "skipped" }, "touch") : undefined
        }
        onUnknown={
          passes && !question.required ? () => props.onAnswer({ outcome: "unknown" }, "touch") : undefined
        }
      />
    </Form>
  );
}

/** Whether the question has buttons in place of a field for words. */
function takesOwnWords({ kind }: Question): boolean {
  return !["display", "string", "text"].includes(kind.type) && !(kind.type === "choice" && kind.open);
}

/** The words that are the whole answer: one field's text, or what was written beside the options. */
function wordsOf(question: Question, entry: Entry): string | null {
  const { kind } = question;
  const alone =
    kind.type === "choice"
      ? entry.chosen.length === 1 && entry.chosen[0] === OTHER
      : (kind.type === "string" || kind.type === "text") && entry.added.length === 0;
  const words = entry.text.trim();
  return alone && words !== "" ? words : null;
}

/** The question as it is said: with its help, and with the options of a short list. */
function spoken(t: Translate, question: Question, help: string | null): string {
  const parts = [question.text];
  if (help !== null) parts.push(help);
  if (question.kind.type === "choice") {
    parts.push(
      t("kiosk.voice.options", { options: question.kind.options.map((option) => option.display).join("; ") }),
    );
  }
  return parts.join(" ");
}

function AnswerEntry(props: {
  readonly question: Question;
  readonly entry: Entry;
  readonly update: (change: Partial<Entry>) => void;
  readonly headingId: string;
  readonly helpId: string | undefined;
}) {
  const { question, entry, update } = props;
  const { t } = useText();
  const named = { labelledBy: props.headingId, describedBy: props.helpId };
  const { kind } = question;
  switch (kind.type) {
    case "display":
      return null;
    case "boolean":
      return (
        <YesNo
          {...named}
          value={entry.chosen[0] ?? null}
          onChange={(value) => update({ chosen: [value] })}
          yesTestId={testIds.kiosk.yes}
          noTestId={testIds.kiosk.no}
        />
      );
    case "choice":
      return (
        <Choices
          {...named}
          options={kind.options}
          several={question.repeats}
          open={kind.open}
          chosen={entry.chosen}
          otherText={entry.text}
          onChoose={(chosen) => update({ chosen })}
          onOtherText={(text) => update({ text })}
        />
      );
    case "integer": {
      const numbers = scaleOf(kind.min, kind.max);
      return numbers.length > 0 ? (
        <Scale {...named} numbers={numbers} value={entry.text} onChange={(text) => update({ text })} />
      ) : (
        <NumberEntry label={question.text} whole value={entry.text} onChange={(text) => update({ text })} />
      );
    }
    case "decimal":
      return (
        <NumberEntry
          label={question.text}
          whole={false}
          value={entry.text}
          onChange={(text) => update({ text })}
        />
      );
    case "quantity":
      return (
        <div className="quantity">
          <NumberEntry
            label={t("kiosk.number")}
            whole={false}
            value={entry.text}
            onChange={(text) => update({ text })}
          />
          <UnitChoice
            units={kind.units}
            value={entry.unit ?? (kind.units.length === 1 ? (kind.units[0]?.code ?? null) : null)}
            onChange={(unit) => update({ unit })}
          />
        </div>
      );
    case "date":
      return (
        <>
          <p className="kiosk-text">{t("kiosk.date.day-optional")}</p>
          <DateEntry labelledBy={props.headingId} value={entry.date} onChange={(date) => update({ date })} />
        </>
      );
    case "string":
    case "text":
      return (
        <WordsEntry
          label={question.text}
          lines={kind.type === "string" ? "one" : "several"}
          maxLength={kind.max_length}
          value={entry.text}
          onChange={(text) => update({ text })}
          several={
            question.repeats ? { added: entry.added, onAdded: (added) => update({ added, text: "" }) } : null
          }
        />
      );
  }
}

function sourceOf(question: Question, entry: Entry): AnswerSource {
  const { kind } = question;
  const typed =
    kind.type === "string" || kind.type === "text" || (kind.type === "choice" && entry.text.trim() !== "");
  return typed ? "typed" : "touch";
}

export function problemSentence(
  t: Translate,
  problem: EntryProblem,
  required: boolean,
  language: string,
): string {
  switch (problem.kind) {
    case "choose":
      return required ? t("check.choose-required") : t("check.choose");
    case "other":
      return t("check.other");
    case "text":
      return required ? t("check.text-required") : t("check.text");
    case "unit":
      return t("check.unit");
    case "long":
      return t("check.long", { most: problem.most });
    case "date":
      return t(`check.date-${problem.problem}`);
    case "number":
      switch (problem.problem.kind) {
        case "number":
          return t("check.number");
        case "whole":
          return t("check.whole");
        case "least":
          return t("check.least", { least: new Intl.NumberFormat(language).format(problem.problem.least) });
        case "most":
          return t("check.most", { most: new Intl.NumberFormat(language).format(problem.problem.most) });
      }
  }
}
