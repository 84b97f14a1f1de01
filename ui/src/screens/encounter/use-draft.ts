// A draft that saves itself: a moment after the last key, when a sentence is left, and when the page is.

import { useCallback, useEffect, useRef, useState } from "react";
import { beforeLock, onUnlock } from "../../app/logoff";
import type { Draft } from "../../logic/note";
import { afterSave, differs, draftOf, editsOf, rebase } from "../../logic/note";
import { asFailure, call, type Failure } from "../../rpc/client";
import type { EncounterId, EncounterView, Note, SectionTitle } from "../../rpc/schema";

const SAVE_AFTER_MS = 1_500;

export interface DraftState {
  readonly draft: Draft;
  readonly change: (next: (draft: Draft) => Draft) => void;
  readonly saving: "saved" | "unsaved" | "saving";
  readonly failure: Failure | null;
  /** The note as somebody else left it, while the two versions stand against each other. */
  readonly conflict: { readonly note: Note; readonly revision: number } | null;
  /** Saves now. Answers the saved revision, or none where it could not be saved. */
  readonly save: () => Promise<number | null>;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

interface Base {
  readonly note: Note;
  readonly revision: number;
}

export function useDraft(props: {
  readonly encounter: EncounterId;
  readonly note: Note;
  readonly revision: number;
  readonly sections: readonly SectionTitle[];
  readonly onView: (view: EncounterView) => void;
}): DraftState {
  const { encounter, note, revision, sections, onView } = props;
  const [draft, setDraft] = useState(() => draftOf(note, sections));
  const [saving, setSaving] = useState<DraftState["saving"]>("saved");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [conflict, setConflict] = useState<Base | null>(null);
  const latest = useRef(draft);
  const base = useRef<Base>({ note, revision });
  const running = useRef<Promise<number | null> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const put = useCallback((next: Draft) => {
    latest.current = next;
    setDraft(next);
  }, []);

  const adopt = useCallback(
    (theirs: Base) => {
      base.current = theirs;
      put(draftOf(theirs.note, sections));
      setSaving("saved");
      setFailure(null);
    },
    [put, sections],
  );

  const attempt = useCallback(async (): Promise<number | null> => {
    clearTimeout(timer.current);
    while (differs(latest.current, base.current.note)) {
      const sent = latest.current;
      setSaving("saving");
      try {
        const view = await call("note.edit", {
          encounter,
          revision: base.current.revision,
          sections: editsOf(sent),
        });
        if (view.record.note.state !== "draft") return null;
        base.current = { note: view.record.note.note, revision: view.record.note.revision };
        put(afterSave(latest.current, sent, view.record.note.note));
        setFailure(null);
        onView(view);
        // The engine may trim or join what was sent; what it keeps is what stands.
        if (latest.current.every((section, index) => sameTexts(section, sent[index]))) break;
      } catch (thrown) {
        const failed = asFailure(thrown);
        setSaving("unsaved");
        if (failed.code === "session.locked") keep(encounter, base.current, latest.current);
        if (failed.code === "note.conflict") {
          const theirs = await call("encounters.show", { encounter }).catch(() => null);
          if (theirs?.record.note.state === "draft") {
            setConflict({ note: theirs.record.note.note, revision: theirs.record.note.revision });
            return null;
          }
        }
        setFailure(failed);
        return null;
      }
    }
    setSaving("saved");
    return base.current.revision;
  }, [encounter, onView, put]);

  const save = useCallback(async () => {
    running.current ??= attempt().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [attempt]);

  const change = useCallback(
    (next: (draft: Draft) => Draft) => {
      put(next(latest.current));
      setSaving("unsaved");
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_AFTER_MS);
    },
    [put, save],
  );

  useEffect(() => beforeLock(save), [save]);

  // Somebody else changed the note, and nothing here is unsaved: their version is shown.
  useEffect(() => {
    if (revision <= base.current.revision || running.current !== null) return;
    if (differs(latest.current, base.current.note)) return;
    adopt({ note, revision });
  }, [note, revision, adopt]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (differs(latest.current, base.current.note)) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, []);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (running.current === null && differs(latest.current, base.current.note)) {
        const edit = { encounter, revision: base.current.revision, sections: editsOf(latest.current) };
        call("note.edit", edit).then(onView, (thrown) => {
          if (asFailure(thrown).code === "session.locked") keep(encounter, base.current, latest.current);
        });
      }
    },
    [encounter, onView],
  );

  const keepMine = useCallback(() => {
    if (conflict === null) return;
    base.current = conflict;
    put(rebase(latest.current, conflict.note));
    setConflict(null);
    void save();
  }, [conflict, put, save]);

  const takeTheirs = useCallback(() => {
    if (conflict === null) return;
    setConflict(null);
    adopt(conflict);
  }, [conflict, adopt]);

  return { draft, change, saving, failure, conflict, save, keepMine, takeTheirs };
}

/** Nobody was here for so long that the session is locked already: the draft waits for whoever unlocks it. */
function keep(encounter: EncounterId, base: Base, draft: Draft) {
  const edit = { encounter, revision: base.revision, sections: editsOf(draft) };
  onUnlock(() => call("note.edit", edit));
}

function sameTexts(now: Draft[number], sent: Draft[number] | undefined): boolean {
  return (
    sent !== undefined &&
    now.sentences.length === sent.sentences.length &&
    now.sentences.every((sentence, index) => sentence.text === sent.sentences[index]?.text)
  );
}
