// A signed note. It does not change; addenda follow it.

import { useEffect, useState } from "react";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { momentInWords } from "../../logic/date";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, TextAreaField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import type { EncounterView, NoteState, PersonId } from "../../rpc/schema";
import { testIds } from "../../testids";
import { OwnSecretField } from "../account/own-secret";
import { Evidence, OriginMark } from "./sentence";

export function SignedNote(props: {
  readonly view: EncounterView;
  readonly signed: Extract<NoteState, { state: "signed" }>;
  readonly onView: (view: EncounterView) => void;
  readonly onEvidence: (evidence: readonly number[]) => void;
}) {
  const { view, signed, onEvidence } = props;
  const { t, language } = useText();
  const [chosen, setChosen] = useState<number | null>(null);
  const nameOf = (person: PersonId) => view.people[person] ?? person;

  const evidence = signed.note.sections
    .flatMap((section) => section.sentences)
    .find((sentence) => sentence.id === chosen)?.evidence;
  useEffect(() => onEvidence(evidence ?? []), [evidence, onEvidence]);
  useEffect(() => () => onEvidence([]), [onEvidence]);

  return (
    <>
      <div className="pane-head">
        <h2 id="note-title">{t("note.title")}</h2>
        <Icon name="lock" />
      </div>
      {signed.note.sections.map((section) => (
        <section
          key={section.id}
          className="note-section"
          aria-label={section.title}
          data-testid={testIds.note.section(section.id)}
        >
          <h3>{section.title}</h3>
          <ol className="sentences">
            {section.sentences.map((sentence) => (
              <li
                key={sentence.id}
                className="sentence"
                data-testid={testIds.note.sentence}
                data-id={sentence.id}
                data-origin={sentence.origin}
                data-chosen={sentence.id === chosen}
              >
                <OriginMark origin={sentence.origin} />
                <button
                  type="button"
                  className="sentence-fixed"
                  aria-expanded={sentence.id === chosen}
                  onClick={() => setChosen(sentence.id === chosen ? null : sentence.id)}
                  lang={view.record.language}
                  data-testid={testIds.note.sentenceText}
                >
                  {sentence.text}
                </button>
                <span className="sentence-sources">
                  {sentence.evidence.length > 0 &&
                    t("note.evidence-count", { count: sentence.evidence.length })}
                </span>
                {sentence.id === chosen && (
                  <div className="sentence-detail">
                    <Evidence
                      evidence={sentence.evidence}
                      utterances={view.record.utterances}
                      language={view.record.language}
                    />
                  </div>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
      <div className="signature" data-testid={testIds.note.signature}>
        <Icon name="lock" />
        <div>
          <p>
            {t("note.signed", {
              name: nameOf(signed.signature.by),
              time: momentInWords(signed.signature.at, new Date(), language),
            })}
          </p>
          {signed.signature.confirmed !== undefined && (
            <p className="muted">{t("note.confirmed", { count: signed.signature.confirmed.length })}</p>
          )}
          <p className="digest">{t("note.digest", { digest: signed.signature.digest.slice(0, 16) })}</p>
        </div>
      </div>
      {signed.addenda.map((addendum) => (
        <article key={addendum.at} className="addendum" data-testid={testIds.note.addendum}>
          <h3>{t("note.addendum.title")}</h3>
          <p className="addendum-text" lang={view.record.language}>
            {addendum.text}
          </p>
          <p className="muted">
            {t("note.addendum.by", {
              name: nameOf(addendum.by),
              time: momentInWords(addendum.at, new Date(), language),
            })}
          </p>
        </article>
      ))}
      <AddAddendum view={view} onView={props.onView} />
    </>
  );
}

function AddAddendum(props: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
}) {
  const { t } = useText();
  const maySign = useMay("note-sign");
  const sign = useCall("note.addendum");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);

  async function submit() {
    setChecked(true);
    if (text.trim() === "" || password === "") return;
    const view = await sign.run({ encounter: props.view.record.id, text: text.trim(), password });
    setPassword("");
    setChecked(false);
    if (view === undefined) return;
    setText("");
    setOpen(false);
    props.onView(view);
  }

  if (!maySign) return null;
  if (!open) {
    return (
      <div className="buttons">
        <Button
          size="small"
          icon="plus"
          onPress={() => setOpen(true)}
          data-testid={testIds.note.addendumOpen}
        >
          {t("note.addendum.add")}
        </Button>
      </div>
    );
  }
  return (
    <Form onSubmit={submit} className="form form-tight">
      <TextAreaField
        label={t("note.addendum.field")}
        value={text}
        onChange={setText}
        problem={checked && text.trim() === "" ? t("check.required") : null}
        testId={testIds.note.addendumText}
        autoFocus
      />
      <OwnSecretField
        value={password}
        onChange={setPassword}
        problem={checked && password === "" ? t("check.required") : null}
        autoComplete="current-password"
        testId={testIds.note.addendumPassword}
      />
      <FailureNotice failure={sign.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          size="small"
          icon="lock"
          isPending={sign.pending}
          data-testid={testIds.note.addendumSubmit}
        >
          {t("note.addendum.submit")}
        </Button>
        <Button look="bare" size="small" onPress={() => setOpen(false)}>
          {t("app.cancel")}
        </Button>
      </div>
    </Form>
  );
}
