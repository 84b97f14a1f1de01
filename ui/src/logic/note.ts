// A draft under the clinician's hands: edits, what is sent, and how the saved note and later typing come together.

import type { EditedSection, Note, SectionTitle, SentenceOrigin } from "../rpc/schema";

/** A sentence on the screen. `key` stays while the screen does; `id` is the engine's, none until it was saved. */
export interface DraftSentence {
  readonly key: string;
  readonly id: number | null;
  readonly text: string;
  /** The text as the engine holds it. */
  readonly saved: string;
  readonly origin: SentenceOrigin;
  readonly evidence: readonly number[];
}

export interface DraftSection {
  readonly id: string;
  readonly title: string;
  readonly sentences: readonly DraftSentence[];
}

export type Draft = readonly DraftSection[];

/** The note as it is edited: with every section of its template, so that a sentence can be added to an empty one. */
export function draftOf(note: Note, sections: readonly SectionTitle[]): Draft {
  const present: DraftSection[] = note.sections.map((section) => ({
    id: section.id,
    title: section.title,
    sentences: section.sentences.map((sentence) => ({
      key: `s${sentence.id}`,
      id: sentence.id,
      text: sentence.text,
      saved: sentence.text,
      origin: sentence.origin,
      evidence: sentence.evidence,
    })),
  }));
  const offered = sections.map(
    ({ id, title }) => present.find((section) => section.id === id) ?? { id, title, sentences: [] as const },
  );
  const others = present.filter((section) => !sections.some(({ id }) => id === section.id));
  return [...offered, ...others];
}

/** A sentence's mark while it is edited: the engine decides in the end, by the same rule. */
export function originNow(sentence: DraftSentence): SentenceOrigin {
  return sentence.origin === "drafted" && sentence.text.trim() !== sentence.saved
    ? "edited"
    : sentence.origin;
}

const mapSection = (draft: Draft, id: string, change: (section: DraftSection) => DraftSection): Draft =>
  draft.map((section) => (section.id === id ? change(section) : section));

export function changeText(draft: Draft, key: string, text: string): Draft {
  return draft.map((section) => ({
    ...section,
    sentences: section.sentences.map((sentence) => (sentence.key === key ? { ...sentence, text } : sentence)),
  }));
}

/** Adds an empty sentence after another one, or at the end of the section where `after` is null. */
export function addSentence(draft: Draft, section: string, after: string | null, key: string): Draft {
  const added: DraftSentence = { key, id: null, text: "", saved: "", origin: "typed", evidence: [] };
  return mapSection(draft, section, (old) => {
    const place = after === null ? old.sentences.length : old.sentences.findIndex((s) => s.key === after) + 1;
    return { ...old, sentences: [...old.sentences.slice(0, place), added, ...old.sentences.slice(place)] };
  });
}

export function removeSentence(draft: Draft, key: string): Draft {
  return draft.map((section) => ({
    ...section,
    sentences: section.sentences.filter((sentence) => sentence.key !== key),
  }));
}

/** The keys of the sentences in order: where the keyboard goes next. */
export function keysOf(draft: Draft): string[] {
  return draft.flatMap((section) => section.sentences.map((sentence) => sentence.key));
}

/** What is sent: sentences with words, in order. Sections without any are left out. */
export function editsOf(draft: Draft): EditedSection[] {
  return draft
    .map((section) => ({
      id: section.id,
      sentences: section.sentences
        .filter((sentence) => sentence.text.trim() !== "")
        .map((sentence) => ({ id: sentence.id, text: sentence.text.trim() })),
    }))
    .filter((section) => section.sentences.length > 0);
}

const editsOfNote = (note: Note): EditedSection[] =>
  note.sections
    .map((section) => ({
      id: section.id,
      sentences: section.sentences.map(({ id, text }) => ({ id, text })),
    }))
    .filter((section) => section.sentences.length > 0);

/** Whether the draft says something else than the note. */
export function differs(draft: Draft, note: Note): boolean {
  return JSON.stringify(editsOf(draft)) !== JSON.stringify(editsOfNote(note));
}

/**
 * After `sent` was saved as `saved`: the draft on the screen, in which typing may have gone on, takes over the ids, marks and
 * evidence of the sentences that it still holds. Sent and saved sentences correspond by their place.
 */
export function afterSave(now: Draft, sent: Draft, saved: Note): Draft {
  const known = new Map<string, Note["sections"][number]["sentences"][number]>();
  for (const section of sent) {
    const counterpart = saved.sections.find((other) => other.id === section.id);
    const worded = section.sentences.filter((sentence) => sentence.text.trim() !== "");
    worded.forEach((sentence, index) => {
      const match = counterpart?.sentences[index];
      if (match !== undefined) known.set(sentence.key, match);
    });
  }
  return now.map((section) => ({
    ...section,
    title: saved.sections.find((other) => other.id === section.id)?.title ?? section.title,
    sentences: section.sentences.map((sentence) => {
      const match = known.get(sentence.key);
      if (match === undefined) return sentence;
      return {
        ...sentence,
        id: match.id,
        saved: match.text,
        origin: match.origin,
        evidence: match.evidence,
      };
    }),
  }));
}

/** The clinician's version on top of a note that was changed elsewhere: sentences gone from it become new ones. */
export function rebase(mine: Draft, theirs: Note): Draft {
  const theirSentences = new Map(
    theirs.sections.flatMap((section) =>
      section.sentences.map((sentence) => [sentence.id, sentence] as const),
    ),
  );
  return mine.map((section) => ({
    ...section,
    sentences: section.sentences.map((sentence) => {
      const match = sentence.id === null ? undefined : theirSentences.get(sentence.id);
      return match === undefined
        ? { ...sentence, id: null, saved: "", origin: "typed" as const, evidence: [] }
        : { ...sentence, saved: match.text, origin: match.origin, evidence: match.evidence };
    }),
  }));
}
