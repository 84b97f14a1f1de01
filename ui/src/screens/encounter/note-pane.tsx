// The note: none yet, a draft, or signed.

import { useState } from "react";
import { drafting, useDrafting } from "../../app/drafting";
import { useMay } from "../../app/session";
import { errorText, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import type { FailureCode } from "../../rpc/client";
import type { EncounterView, Note } from "../../rpc/schema";
import { testIds } from "../../testids";
import { type DraftChoice, DraftChooser, DraftWriting, FallbackNotice } from "./draft-choice";
import { NoteEditor } from "./note-editor";
import { SignedNote } from "./signed-note";

/** Refusals that are an answer rather than a fault: the transcript does not carry a note. */
const REFUSALS: readonly FailureCode[] = ["transcript.too-short", "transcript.not-clinical"];

export function NotePane(props: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
  readonly onEvidence: (evidence: readonly number[]) => void;
}) {
  const { t } = useText();
  const { note } = props.view.record;
  const writing = props.view.drafting;
  const closed = props.view.record.status === "retracted";
  // A new draft after "draft again" starts a new editor; an edit of this one does not.
  const [drafts, setDrafts] = useState(0);
  return (
    <section className="pane pane-note" aria-labelledby="note-title" data-testid={testIds.note.pane}>
      {writing !== null && (
        <>
          <div className="pane-head">
            <h2 id="note-title">{t("note.title")}</h2>
          </div>
          <DraftWriting
            encounter={props.view.record.id}
            progress={writing}
            language={props.view.record.language}
            onView={props.onView}
          />
        </>
      )}
      {closed && note.state !== "signed" && <LeftNote note={note.state === "draft" ? note.note : null} />}
      {!closed && writing === null && note.state === "none" && (
        <NoNote view={props.view} onView={props.onView} />
      )}
      {!closed && writing === null && note.state === "draft" && (
        <NoteEditor
          key={`${drafts} ${note.note.template} ${note.note.engine}`}
          view={props.view}
          note={note.note}
          revision={note.revision}
          fallback={note.fallback}
          onView={props.onView}
          onRedrafted={(view) => {
            props.onView(view);
            setDrafts(drafts + 1);
          }}
          onEvidence={props.onEvidence}
        />
      )}
      {note.state === "signed" && (
        <SignedNote view={props.view} signed={note} onView={props.onView} onEvidence={props.onEvidence} />
      )}
    </section>
  );
}

/** The note of an encounter that was entered in error, as it was left. */
function LeftNote({ note }: { readonly note: Note | null }) {
  const { t } = useText();
  return (
    <>
      <div className="pane-head">
        <h2 id="note-title">{t("note.title")}</h2>
      </div>
      {note === null && <p className="muted">{t("note.none")}</p>}
      {note?.sections.map((section) => (
        <section key={section.id} className="note-section">
          <h3>{section.title}</h3>
          {section.sentences.map((sentence) => (
            <p key={sentence.id}>{sentence.text}</p>
          ))}
        </section>
      ))}
    </>
  );
}

function NoNote(props: { readonly view: EncounterView; readonly onView: (view: EncounterView) => void }) {
  const { t, language } = useText();
  const mayWrite = useMay("note-write");
  const draft = useCall("note.draft");
  const [choice, setChoice] = useState<DraftChoice>({});
  const ended = useDrafting(props.view.record.id)?.failure ?? null;
  const refusal =
    draft.failure !== null && REFUSALS.includes(draft.failure.code)
      ? errorText(language, draft.failure.code)
      : null;

  async function run() {
    drafting.forget();
    const view = await draft.run({ ...choice, encounter: props.view.record.id, replaces: null });
    if (view !== undefined) props.onView(view);
  }

  return (
    <>
      <div className="pane-head">
        <h2 id="note-title">{t("note.title")}</h2>
      </div>
      <div className="empty">
        <Icon name="quote" />
        <p className="empty-title">{t("note.none")}</p>
        <p>{t("note.none-text")}</p>
        {mayWrite && <DraftChooser choice={choice} onChoice={setChoice} />}
        {ended !== null && <FallbackNotice code={ended} />}
        {mayWrite && (
          <Button
            look="primary"
            icon="spark"
            onPress={run}
            isPending={draft.pending}
            data-testid={testIds.note.draft}
          >
            {draft.pending ? t("note.drafting") : t("note.draft")}
          </Button>
        )}
        {refusal === null ? (
          <FailureNotice failure={draft.failure} />
        ) : (
          <div
            className="refusal"
            role="alert"
            data-testid={testIds.failure}
            data-code={draft.failure?.code ?? ""}
          >
            <p className="failure-what">{t("note.refused")}</p>
            <p>{refusal.what}</p>
            <p>{refusal.next}</p>
          </div>
        )}
      </div>
    </>
  );
}
