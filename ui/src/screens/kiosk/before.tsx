// Before the questions: consent, who you are.

import { useId, useState } from "react";
import { useText } from "../../i18n";
import { type DateParts, localDay, NO_DATE, readDate } from "../../logic/date";
import { Form } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { StepHeading } from "../../parts/page";
import type { ConsentScope, PartialDate, VoiceMeaning } from "../../rpc/schema";
import { testIds } from "../../testids";
import { YesNo } from "./choices";
import { DateEntry, WordsEntry } from "./entries";
import { Foot } from "./frame";
import { useSpokenStep } from "./voice";

/** One consent after the other. Declining the intake's own ends the questions. */
export function ConsentStep(props: {
  readonly scopes: readonly ConsentScope[];
  readonly busy: boolean;
  readonly onConsent: (consents: { [scope in ConsentScope]?: boolean }) => void;
}) {
  const { t } = useText();
  const [place, setPlace] = useState(0);
  const [given, setGiven] = useState<{ readonly [scope in ConsentScope]?: boolean }>({});
  const [missing, setMissing] = useState(false);
  const headingId = useId();
  const helpId = useId();
  const scope = props.scopes[place] ?? "intake";
  const answer = given[scope];

  function decide(agreed: boolean) {
    const all = { ...given, [scope]: agreed };
    setMissing(false);
    setGiven(all);
    const ends = (scope === "intake" && !agreed) || place + 1 === props.scopes.length;
    if (ends) props.onConsent(scope === "intake" && !agreed ? { intake: false } : all);
    else setPlace(place + 1);
  }

  function submit() {
    if (answer === undefined) return setMissing(true);
    decide(answer);
  }

  useSpokenStep({
    key: `consent-${scope}`,
    prompt: `${t(`kiosk.consent.${scope}`)} ${t(`kiosk.consent.${scope}-help`)}`,
    asked: { what: "consent", scope },
    onMeaning: (meaning) => {
      if (meaning.meaning === "back" && place > 0) {
        setPlace(place - 1);
        return true;
      }
      const value = booleanOf(meaning);
      if (value === null) return false;
      decide(value);
      return true;
    },
  });

  return (
    <Form className="kiosk-step" onSubmit={submit} key={scope}>
      <div className="kiosk-body">
        <p className="kiosk-over">{t("kiosk.consent.title")}</p>
        <StepHeading id={headingId} className="kiosk-title">
          {t(`kiosk.consent.${scope}`)}
        </StepHeading>
        <p className="kiosk-text" id={helpId}>
          {t(`kiosk.consent.${scope}-help`)}
        </p>
        <YesNo
          labelledBy={headingId}
          describedBy={helpId}
          value={answer === undefined ? null : answer ? "yes" : "no"}
          onChange={(value) => {
            setMissing(false);
            setGiven((old) => ({ ...old, [scope]: value === "yes" }));
          }}
          yesTestId={testIds.kiosk.consentYes(scope)}
          noTestId={testIds.kiosk.consentNo(scope)}
        />
        <div role="alert">
          {missing && (
            <p className="kiosk-problem" data-testid={testIds.kiosk.problem}>
              <Icon name="alarm" />
              {t("kiosk.consent.missing")}
            </p>
          )}
        </div>
        <p className="kiosk-small">{t("kiosk.consent.text")}</p>
      </div>
      <Foot
        next={t("kiosk.next")}
        busy={props.busy}
        onBack={place > 0 ? () => setPlace(place - 1) : undefined}
      />
    </Form>
  );
}

/** The yes or the no in what was meant. */
export function booleanOf(meaning: VoiceMeaning): boolean | null {
  if (meaning.meaning !== "answer" || meaning.answer.outcome !== "given") return null;
  const [value] = meaning.answer.values;
  return value?.type === "boolean" ? value.value : null;
}

export function IdentifyStep(props: {
  readonly busy: boolean;
  readonly onIdentify: (name: string, birthDate: PartialDate | null) => void;
}) {
  const { t } = useText();
  const [part, setPart] = useState<"name" | "birth">("name");
  const [name, setName] = useState("");
  const [birth, setBirth] = useState<DateParts>(NO_DATE);
  const [problem, setProblem] = useState<string | null>(null);
  const headingId = useId();

  function submit() {
    if (part === "name") {
      if (name.trim() === "") return setProblem(t("check.text-required"));
      setProblem(null);
      return setPart("birth");
    }
    const reading = readDate(birth, localDay(new Date()));
    if (reading.kind === "problem") return setProblem(t(`check.date-${reading.problem}`));
    setProblem(null);
    props.onIdentify(name.trim(), reading.kind === "date" ? reading.date : null);
  }

  const question = part === "name" ? t("kiosk.identify.name") : t("kiosk.identify.birth");
  useSpokenStep({
    key: `identify-${part}`,
    prompt: question,
    asked: { what: part === "name" ? "name" : "birth-date" },
    confirms: true,
    onMeaning: (meaning) => {
      if (meaning.meaning === "back" && part === "birth") {
        setPart("name");
        return true;
      }
      if (meaning.meaning === "skip") {
        if (part === "birth") props.onIdentify(name.trim(), null);
        else {
          // A name that a patient would rather not say aloud is taken by staff.
          setName(t("kiosk.voice.later"));
          setPart("birth");
        }
        return true;
      }
      const value =
        meaning.meaning === "answer" && meaning.answer.outcome === "given"
          ? meaning.answer.values[0]
          : undefined;
      if (part === "name" && (value?.type === "string" || value?.type === "text")) {
        setName(value.value);
        setPart("birth");
        return true;
      }
      if (part === "birth" && value?.type === "date") {
        props.onIdentify(name.trim(), value.value);
        return true;
      }
      return false;
    },
  });
  return (
    <Form className="kiosk-step" onSubmit={submit} key={part}>
      <div className="kiosk-body">
        <p className="kiosk-over">{t("kiosk.identify.title")}</p>
        <StepHeading id={headingId} className="kiosk-title">
          {question}
        </StepHeading>
        {part === "name" ? (
          <>
            <p className="kiosk-text">{t("kiosk.identify.text")}</p>
            <WordsEntry
              label={question}
              lines="one"
              capitals="words"
              maxLength={null}
              value={name}
              onChange={(value) => {
                setProblem(null);
                setName(value);
              }}
              testId={testIds.kiosk.name}
            />
          </>
        ) : (
          <DateEntry
            labelledBy={headingId}
            value={birth}
            onChange={(value) => {
              setProblem(null);
              setBirth(value);
            }}
          />
        )}
        <div role="alert">
          {problem !== null && (
            <p className="kiosk-problem" data-testid={testIds.kiosk.problem}>
              <Icon name="alarm" />
              {problem}
            </p>
          )}
        </div>
      </div>
      <Foot
        next={t("kiosk.next")}
        busy={props.busy}
        onBack={part === "birth" ? () => setPart("name") : undefined}
        onSkip={part === "birth" ? () => props.onIdentify(name.trim(), null) : undefined}
      />
    </Form>
  );
}
