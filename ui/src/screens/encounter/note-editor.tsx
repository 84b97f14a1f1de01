// The draft, sentence by sentence, each with where it comes from.

import { useEffect, useRef, useState } from "react";
import { useText } from "../../i18n";
import { addSentence, changeText, keysOf, originNow, removeSentence } from "../../logic/note";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import type { EncounterView, ErrorCode, Note } from "../../rpc/schema";
import { testIds } from "../../testids";
import { type DraftChoice, DraftChooser, FallbackNotice } from "./draft-choice";
import { Legend, SentenceRow } from "./sentence";
import { SignDialog } from "./sign";
import { useDraft } from "./use-draft";

export function NoteEditor(props: {
  readonly view: EncounterView;
  readonly note: Note;
  readonly revision: number;
  readonly fallback: ErrorCode | undefined;
  readonly onView: (view: EncounterView) => void;
  readonly onRedrafted: (view: EncounterView) => void;
  readonly onEvidence: (evidence: readonly number[]) => void;
}) {
  const { view, onEvidence } = props;
  const { t } = useText();
  const editing = useDraft({
    encounter: view.record.id,
    note: props.note,
    revision: props.revision,
    sections: view.sections,
    onView: props.onView,
  });
  const { draft, change, save } = editing;
  const [chosen, setChosen] = useState<string | null>(null);
  const [signing, setSigning] = useState<number | null>(null);
  const [replacing, setReplacing] = useState(false);
  const added = useRef(0);
  const toFocus = useRef<string | null>(null);
  const place = useRef<HTMLDivElement>(null);

  // After a sentence was added or removed, the keyboard goes on in the one that was meant.
  useEffect(() => {
    if (toFocus.current === null) return;
    const field = place.current?.querySelector<HTMLElement>(`[data-key="${toFocus.current}"] textarea`);
    toFocus.current = null;
    field?.focus();
  });

  // What the chosen sentence rests on is lit up in the transcript.
  const evidence = draft
    .flatMap((section) => section.sentences)
    .find((sentence) => sentence.key === chosen)?.evidence;
  useEffect(() => onEvidence(evidence ?? []), [evidence, onEvidence]);
  useEffect(() => () => onEvidence([]), [onEvidence]);

  function add(section: string, after: string | null) {
    added.current += 1;
    const key = `n${added.current}`;
    toFocus.current = key;
    change((old) => addSentence(old, section, after, key));
  }

  function remove(key: string) {
    const keys = keysOf(draft);
    const at = keys.indexOf(key);
    toFocus.current = keys[at - 1] ?? keys[at + 1] ?? null;
    change((old) => removeSentence(old, key));
    void save();
  }

  async function startSigning() {
    const revision = await save();
    if (revision !== null) setSigning(revision);
  }

  const findings = view.findings;
  const doubtful = new Set(findings.map((finding) => finding.sentence)).size;
  return (
    <div ref={place} className="editor">
      <div className="pane-head">
        <h2 id="note-title">{t("note.title")}</h2>
        <span className="saving" role="status" data-testid={testIds.note.saved} data-state={editing.saving}>
          {t(`note.${editing.saving}`)}
        </span>
        <div className="pane-actions">
          <Button size="small" onPress={() => setReplacing(true)} data-testid={testIds.note.redraft}>
            {t("note.redraft")}
          </Button>
          <Button
            size="small"
            look="primary"
            icon="lock"
            onPress={startSigning}
            data-testid={testIds.note.sign}
          >
            {t("note.sign")}
          </Button>
        </div>
      </div>
      <p className="engine">
        {t(`note.engine.${props.note.engine}`)}
        {props.note.model !== undefined && (
          <span className="muted">{t("draft.model", { name: props.note.model })}</span>
        )}
        {doubtful > 0 && (
          <span className="badge badge-urgent">{t("note.findings-count", { count: doubtful })}</span>
        )}
        {view.reading_grade !== null && (
          <span className="badge badge-quiet" title={t("draft.grade-help")} data-testid={testIds.note.grade}>
            {t("draft.grade", { grade: view.reading_grade.toFixed(1) })}
          </span>
        )}
      </p>
      {props.fallback !== undefined && <FallbackNotice code={props.fallback} />}
      <Legend />
      {editing.conflict !== null && (
        <div className="conflict" role="alert" data-testid={testIds.note.conflict}>
          <div>
            <p className="failure-what">{t("note.conflict.title")}</p>
            <p>{t("note.conflict.text")}</p>
          </div>
          <Button size="small" look="primary" onPress={editing.keepMine} data-testid={testIds.note.keepMine}>
            {t("note.conflict.mine")}
          </Button>
          <Button size="small" onPress={editing.takeTheirs} data-testid={testIds.note.takeTheirs}>
            {t("note.conflict.theirs")}
          </Button>
        </div>
      )}
      <FailureNotice failure={editing.failure} />
      {editing.failure !== null && (
        <Button size="small" onPress={save} data-testid={testIds.note.save}>
          {t("note.save-now")}
        </Button>
      )}
      {draft.map((section) => (
        <section
          key={section.id}
          className="note-section"
          aria-label={section.title}
          data-testid={testIds.note.section(section.id)}
        >
          <h3>{section.title}</h3>
          <ol className="sentences">
            {section.sentences.map((sentence, index) => (
              <SentenceRow
                key={sentence.key}
                sentence={sentence}
                origin={originNow(sentence)}
                label={{ section: section.title, place: index + 1 }}
                language={view.record.language}
                utterances={view.record.utterances}
                findings={findings.filter((finding) => finding.sentence === sentence.id)}
                chosen={sentence.key === chosen}
                onChoose={() => setChosen(sentence.key)}
                onText={(text) => change((old) => changeText(old, sentence.key, text))}
                onLeave={() => void save()}
                onAdd={() => add(section.id, sentence.key)}
                onRemove={() => remove(sentence.key)}
              />
            ))}
          </ol>
          <Button
            look="bare"
            size="small"
            icon="plus"
            className="note-add"
            onPress={() => add(section.id, null)}
            data-testid={testIds.note.add(section.id)}
          >
            {t("note.add-to", { section: section.title })}
          </Button>
        </section>
      ))}
      <p className="muted note-keys">{t("note.keys")}</p>
      {signing !== null && (
        <SignDialog
          view={view}
          revision={signing}
          onClose={() => setSigning(null)}
          onSigned={(signed) => {
            setSigning(null);
            props.onView(signed);
          }}
        />
      )}
      {replacing && (
        <RedraftDialog
          view={view}
          template={props.note.template}
          revision={props.revision}
          onClose={() => setReplacing(false)}
          onRedrafted={props.onRedrafted}
        />
      )}
    </div>
  );
}

function RedraftDialog(props: {
  readonly view: EncounterView;
  /** Of the draft that there is: the new one is another of its kind where nothing else is chosen. */
  readonly template: string;
  readonly revision: number;
  readonly onClose: () => void;
  readonly onRedrafted: (view: EncounterView) => void;
}) {
  const { t } = useText();
  const draft = useCall("note.draft");
  const [choice, setChoice] = useState<DraftChoice>({ template: props.template });

  async function run() {
    const view = await draft.run({ ...choice, encounter: props.view.record.id, replaces: props.revision });
    if (view === undefined) return;
    props.onClose();
    props.onRedrafted(view);
  }

  return (
    <Dialog title={t("note.redraft.title")} onClose={props.onClose} role="alertdialog">
      <p>{t("note.redraft.text")}</p>
      <DraftChooser choice={choice} onChoice={setChoice} />
      <FailureNotice failure={draft.failure} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={run}
          isPending={draft.pending}
          data-testid={testIds.note.redraftConfirm}
        >
          {draft.pending ? t("note.drafting") : t("note.redraft.confirm")}
        </Button>
        <Button look="bare" onPress={props.onClose}>
          {t("app.cancel")}
        </Button>
      </div>
    </Dialog>
  );
}
