import { describe, expect, test } from "vitest";
import type { Note, Sentence } from "../rpc/schema";
import {
  addSentence,
  afterSave,
  changeText,
  differs,
  draftOf,
  editsOf,
  keysOf,
  originNow,
  rebase,
  removeSentence,
} from "./note";

const sentence = (id: number, text: string, rest: Partial<Sentence> = {}): Sentence => ({
  id,
  text,
  origin: "drafted",
  evidence: [id],
  ...rest,
});

const note = (...sections: [string, ...Sentence[]][]): Note => ({
  template: "soap",
  engine: "extractive",
  sections: sections.map(([id, ...sentences]) => ({ id, title: id.toUpperCase(), sentences })),
});

const NOTE = note(
  ["subjective", sentence(1, "Cough."), sentence(2, "No fever.")],
  ["plan", sentence(3, "Rest.")],
);
const SECTIONS = ["subjective", "objective", "assessment", "plan"].map((id) => ({ id, title: `<${id}>` }));
const open = (of: Note) => draftOf(of, SECTIONS);

describe("a draft on the screen", () => {
  test("shows every section of the template, in its order", () => {
    expect(open(NOTE).map((section) => [section.id, section.title])).toEqual([
      ["subjective", "SUBJECTIVE"],
      ["objective", "<objective>"],
      ["assessment", "<assessment>"],
      ["plan", "PLAN"],
    ]);
  });

  test("that nobody touched says the same as the note", () => {
    expect(differs(open(NOTE), NOTE)).toBe(false);
    expect(differs(changeText(open(NOTE), "s1", "Cough. "), NOTE)).toBe(false);
    expect(differs(addSentence(open(NOTE), "plan", null, "n1"), NOTE)).toBe(false);
  });

  test("sends kept ids, new sentences without one, and no empty ones", () => {
    let draft = open(NOTE);
    draft = changeText(draft, "s1", "Dry cough.");
    draft = addSentence(draft, "subjective", "s1", "n1");
    draft = changeText(draft, "n1", "Three days.");
    draft = addSentence(draft, "assessment", null, "n2");
    draft = removeSentence(draft, "s3");
    expect(editsOf(draft)).toEqual([
      {
        id: "subjective",
        sentences: [
          { id: 1, text: "Dry cough." },
          { id: null, text: "Three days." },
          { id: 2, text: "No fever." },
        ],
      },
    ]);
    expect(differs(draft, NOTE)).toBe(true);
    expect(keysOf(draft)).toEqual(["s1", "n1", "s2", "n2"]);
  });

  test("marks a drafted sentence as edited while its words differ", () => {
    const [first] = changeText(open(NOTE), "s1", "Dry cough.")[0]?.sentences ?? [];
    const [same] = open(NOTE)[0]?.sentences ?? [];
    expect(first && originNow(first)).toBe("edited");
    expect(same && originNow(same)).toBe("drafted");
  });
});

describe("after a save", () => {
  const sent = changeText(addSentence(open(NOTE), "subjective", "s1", "n1"), "n1", "Three days.");
  const saved = note(
    [
      "subjective",
      sentence(1, "Cough."),
      sentence(4, "Three days.", { origin: "typed", evidence: [] }),
      sentence(2, "No fever."),
    ],
    ["plan", sentence(3, "Rest.")],
  );

  test("a new sentence has its id and what was typed meanwhile stays", () => {
    const now = afterSave(changeText(sent, "n1", "Three days, worse at night."), sent, saved);
    const added = now[0]?.sentences[1];
    expect(added).toMatchObject({ id: 4, text: "Three days, worse at night.", saved: "Three days." });
    expect(differs(now, saved)).toBe(true);
    expect(differs(afterSave(sent, sent, saved), saved)).toBe(false);
  });

  test("a sentence that was removed meanwhile stays removed", () => {
    const now = afterSave(removeSentence(sent, "n1"), sent, saved);
    expect(keysOf(now)).toEqual(["s1", "s2", "s3"]);
    expect(differs(now, saved)).toBe(true);
  });
});

test("my version on top of another one keeps my words and lets go of sentences that are gone", () => {
  const mine = changeText(open(NOTE), "s2", "No fever at all.");
  const theirs = note(["subjective", sentence(2, "Denies fever.")]);
  const rebased = rebase(mine, theirs);
  expect(editsOf(rebased)).toEqual([
    {
      id: "subjective",
      sentences: [
        { id: null, text: "Cough." },
        { id: 2, text: "No fever at all." },
      ],
    },
    { id: "plan", sentences: [{ id: null, text: "Rest." }] },
  ]);
});
