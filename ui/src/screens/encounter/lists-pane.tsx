// Medicines, allergies, problems and vital signs beside the note: each line with where it was said, until the note is signed to be
// dropped, corrected or added to.

import { useEffect, useState } from "react";
import { useMay } from "../../app/session";
import { type Translate, useText } from "../../i18n";
import { amountInWords, LISTS, type ListName, linesOf, measured } from "../../logic/lists";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Icon, type IconName } from "../../parts/icon";
import type { EncounterView, ListChange, ListItem, ListLine, SentenceOrigin } from "../../rpc/schema";
import { testIds } from "../../testids";
import { LineDialog } from "./line-dialog";
import { Evidence } from "./sentence";

const ORIGINS: Record<SentenceOrigin, IconName> = { drafted: "spark", edited: "pen", typed: "keyboard" };

/** A line that is being changed, or a list that is being added to. */
type Editing = { readonly line: ListLine } | { readonly list: ListName };

export function ListsPane(props: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
  readonly onEvidence: (evidence: readonly number[]) => void;
}) {
  const { view, onEvidence } = props;
  const { t } = useText();
  const mayWrite = useMay("note-write");
  const edit = useCall("lists.edit");
  const [chosen, setChosen] = useState<number | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const lines = view.record.lists ?? [];
  const open = view.record.note.state === "draft" && view.drafting === null && mayWrite;
  const evidence = lines.find((line) => line.id === chosen)?.evidence;
  useEffect(() => {
    if (evidence !== undefined) onEvidence(evidence);
  }, [evidence, onEvidence]);

  async function change(change: ListChange) {
    const next = await edit.run({ encounter: view.record.id, change });
    if (next === undefined) return;
    setEditing(null);
    props.onView(next);
  }

  function choose(line: ListLine) {
    if (line.id === chosen) onEvidence([]);
    setChosen(line.id === chosen ? null : line.id);
  }

  if (view.record.note.state === "none" || (lines.length === 0 && !open)) return null;
  return (
    <section className="pane pane-lists" aria-labelledby="lists-title" data-testid={testIds.lists.pane}>
      <div className="pane-head">
        <h2 id="lists-title">{t("lists.title")}</h2>
        {!open && <Icon name="lock" />}
      </div>
      <p className="muted lists-help">{t(open ? "lists.help" : "lists.signed-help")}</p>
      {editing === null && <FailureNotice failure={edit.failure} />}
      {LISTS.map((list) => {
        const own = linesOf(lines, list);
        if (own.length === 0 && (!open || list === "vital")) return null;
        return (
          <section
            key={list}
            className="list"
            aria-labelledby={`list-${list}`}
            data-testid={testIds.lists.list(list)}
          >
            <h3 id={`list-${list}`}>{t(`lists.${list}`)}</h3>
            {own.length === 0 && <p className="muted">{t("lists.none")}</p>}
            <ul>
              {own.map((line) => (
                <Line
                  key={line.id}
                  line={line}
                  view={view}
                  open={open}
                  chosen={line.id === chosen}
                  onChoose={() => choose(line)}
                  onChange={change}
                  onCorrect={() => setEditing({ line })}
                />
              ))}
            </ul>
            {open && list !== "vital" && (
              <Button
                look="bare"
                size="small"
                icon="plus"
                onPress={() => setEditing({ list })}
                data-testid={testIds.lists.add(list)}
              >
                {t(`lists.add.${list}`)}
              </Button>
            )}
          </section>
        );
      })}
      {editing !== null && (
        <LineDialog
          item={"line" in editing ? editing.line.item : null}
          list={"line" in editing ? null : editing.list}
          failure={edit.failure}
          pending={edit.pending}
          onSave={(item) =>
            change(
              "line" in editing ? { kind: "correct", line: editing.line.id, item } : { kind: "add", item },
            )
          }
          onClose={() => {
            edit.forget();
            setEditing(null);
          }}
        />
      )}
    </section>
  );
}

function Line(props: {
  readonly line: ListLine;
  readonly view: EncounterView;
  readonly open: boolean;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onChange: (change: ListChange) => void;
  readonly onCorrect: () => void;
}) {
  const { line, chosen } = props;
  const { t } = useText();
  const { record } = props.view;
  const { text, more, mark } = inWords(line.item, t);
  const intake = (line.answers ?? []).length > 0;
  return (
    <li
      className="list-line"
      data-testid={testIds.lists.line}
      data-id={line.id}
      data-origin={line.origin}
      data-dropped={line.dropped}
      data-chosen={chosen}
    >
      <button
        type="button"
        className="list-line-text"
        aria-expanded={chosen}
        onClick={props.onChoose}
        data-testid={testIds.lists.text}
      >
        <span className={`origin origin-${line.origin}`} title={t(`lists.origin.${line.origin}`)}>
          <Icon name={ORIGINS[line.origin]} />
          <span className="visually-hidden">{t(`lists.origin.${line.origin}`)}</span>
        </span>
        <span className="list-line-words">
          <span className="list-line-name" lang={record.language}>
            {text}
          </span>
          {more !== "" && (
            <span className="list-line-more" lang={record.language}>
              {more}
            </span>
          )}
        </span>
        <span className="list-line-marks">
          {line.dropped && <span className="badge badge-quiet">{t("lists.dropped")}</span>}
          {mark !== null && !line.dropped && <span className={`badge ${mark.look}`}>{mark.text}</span>}
        </span>
      </button>
      {chosen && (
        <div className="list-line-detail">
          <p className="muted">
            {t(`lists.said-by.${line.says}`)}
            {intake && `, ${t("lists.from-intake")}`}
          </p>
          {line.item.kind === "medicine" && line.item.earlier.length > 0 && (
            <p className="muted">
              {t("lists.earlier", { doses: line.item.earlier.map(amountInWords).join(", ") })}
            </p>
          )}
          {line.found !== undefined && (
            <p className="muted">{t("lists.found-as", { text: whole(line.found, t) })}</p>
          )}
          {line.evidence.length > 0 && (
            <Evidence evidence={line.evidence} utterances={record.utterances} language={record.language} />
          )}
          {props.open && (
            <div className="list-line-tools">
              {!line.dropped && line.item.kind !== "no-allergies" && (
                <Button size="small" icon="pen" onPress={props.onCorrect} data-testid={testIds.lists.correct}>
                  {t("lists.correct")}
                </Button>
              )}
              {line.dropped ? (
                <Button
                  size="small"
                  icon="repeat"
                  onPress={() => props.onChange({ kind: "keep", line: line.id })}
                  data-testid={testIds.lists.keep}
                >
                  {t("lists.keep")}
                </Button>
              ) : (
                <Button
                  size="small"
                  icon="trash"
                  onPress={() => props.onChange({ kind: "drop", line: line.id })}
                  data-testid={testIds.lists.drop}
                >
                  {t("lists.drop")}
                </Button>
              )}
            </div>
          )}
        </div>
      )}
    </li>
  );
}

interface InWords {
  readonly text: string;
  readonly more: string;
  readonly mark: { readonly text: string; readonly look: string } | null;
}

const VITALS = ["85354-9", "8867-4", "9279-1", "2708-6", "8310-5", "29463-7"] as const;

function inWords(item: ListItem, t: Translate): InWords {
  switch (item.kind) {
    case "medicine": {
      const often = item.often ?? (item.as_needed ? t("lists.as-needed") : null);
      const more = [item.dose === null ? null : amountInWords(item.dose), often].filter(
        (part) => part !== null,
      );
      const calm = item.state === "taking" || item.state === null;
      return {
        text: item.name,
        more: more.join(", "),
        mark: { text: t(`lists.state.${item.state ?? "none"}`), look: calm ? "badge-quiet" : "" },
      };
    }
    case "allergy":
      return {
        text: item.substance,
        more: item.reaction ?? "",
        mark: item.denied ? { text: t("lists.denied"), look: "badge-quiet" } : null,
      };
    case "no-allergies":
      return { text: t(`lists.no-allergies.${item.to}`), more: "", mark: null };
    case "problem": {
      const family = item.standing === "family" && item.relative !== null;
      const text = family
        ? t("lists.family-of", { relative: item.relative ?? "" })
        : t(`lists.standing.${item.standing}`);
      return {
        text: item.text,
        more: "",
        mark: item.standing === "present" ? null : { text, look: "badge-quiet" },
      };
    }
    case "vital": {
      const known = VITALS.find((code) => code === item.code.code);
      return {
        text: known === undefined ? item.code.display : t(`lists.vital.${known}`),
        more: measured(item),
        mark: null,
      };
    }
  }
}

function whole(item: ListItem, t: Translate): string {
  const { text, more, mark } = inWords(item, t);
  return [text, more, mark?.text ?? ""].filter((part) => part !== "").join(", ");
}
