// The note: none yet, a draft, or signed.

import { useState } from "react";
import { useMay } from "../../app/session";
import { errorText, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import type { FailureCode } from "../../rpc/client";
import type { EncounterView } from "../../rpc/schema";
import { testIds } from "../../testids";
import { NoteEditor } from "./note-editor";
import { SignedNote } from "./signed-note";

/** Refusals that are an answer rather than a fault: the transcript does not carry a note. */
const REFUSALS: readonly FailureCode[] = ["transcript.too-short", "transcript.not-clinical"];

export function NotePane(props: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
  readonly onEvidence: (evidence: readonly number[]) => void;
}) {
  const { note } = props.view.record;
  // A new draft after "draft again" starts a new editor; an edit of this one does not.
  const [drafts, setDrafts] = useState(0);
  return (
    <section className="pane pane-note" aria-labelledby="note-title" data-testid={testIds.note.pane}>
      {note.state === "none" && <NoNote view={props.view} onView={props.onView} />}
      {note.state === "draft" && (
        <NoteEditor
          key={drafts}
          view={props.view}
          note={note.note}
          revision={note.revision}
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

function NoNote(props: { readonly view: EncounterView; readonly onView: (view: EncounterView) => void }) {
  const { t, language } = useText();
  const mayWrite = useMay("note-write");
  const draft = useCall("note.draft");
  const refusal =
    draft.failure !== null && REFUSALS.includes(draft.failure.code)
      ? errorText(language, draft.failure.code)
      : null;

  async function run() {
    const view = await draft.run({ encounter: props.view.record.id, replaces: null });
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
