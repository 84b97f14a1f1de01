// What was said: added, corrected, and lit up where the chosen sentence rests on it.

import { useEffect, useRef, useState } from "react";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { Button, IconButton } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField, TextAreaField } from "../../parts/field";
import type { EncounterId, EncounterView, Speaker, Utterance } from "../../rpc/schema";
import { testIds } from "../../testids";
import { Recorder } from "./recorder";

const SPEAKERS: readonly Speaker[] = ["clinician", "patient", "other", "unknown"];

export function TranscriptPane(props: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
  readonly evidence: readonly number[];
}) {
  const { t } = useText();
  const { record } = props.view;
  const closed = record.status === "signed" || record.status === "retracted";
  const mayWrite = useMay("transcript-write") && !closed;
  const [adding, setAdding] = useState(false);
  const [correcting, setCorrecting] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const empty = record.utterances.length === 0;

  useEffect(() => {
    const first = props.evidence[0];
    if (first === undefined || list.current === null) return;
    const shown = list.current.querySelector(`[data-index="${first}"]`);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Only the pane scrolls: the page stays where the clinician reads.
    if (shown instanceof HTMLElement) {
      const top = shown.offsetTop - list.current.offsetTop - list.current.clientHeight / 3;
      list.current.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
    }
  }, [props.evidence]);

  return (
    <section className="pane pane-transcript" aria-labelledby="transcript-title">
      <div className="pane-head">
        <h2 id="transcript-title">{t("transcript.title")}</h2>
        {!empty && (
          <span className="muted">{t("transcript.count", { count: record.utterances.length })}</span>
        )}
        {mayWrite && record.utterances.some(isNamed) && <SwapSpeakers {...props} />}
        {mayWrite && !adding && !empty && (
          <Button
            size="small"
            icon="plus"
            onPress={() => setAdding(true)}
            data-testid={testIds.encounter.transcriptOpen}
          >
            {t("transcript.add")}
          </Button>
        )}
      </div>
      {mayWrite && <Recorder view={props.view} onView={props.onView} />}
      {empty && <p className="muted">{t("transcript.empty")}</p>}
      {mayWrite && (adding || empty) && (
        <AddTranscript
          encounter={record.id}
          onAdded={(view) => {
            setAdding(false);
            props.onView(view);
          }}
          onCancel={empty ? undefined : () => setAdding(false)}
        />
      )}
      {!empty && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the keyboard, so that it can be read without a mouse.
        <ol className="utterances" ref={list} tabIndex={0} aria-labelledby="transcript-title">
          {record.utterances.map((utterance) => (
            <li
              key={utterance.index}
              className={`utterance utterance-${utterance.speaker}`}
              data-index={utterance.index}
              data-evidence={props.evidence.includes(utterance.index)}
              data-testid={testIds.encounter.utterance(utterance.index)}
            >
              {correcting === utterance.index ? (
                <CorrectUtterance
                  encounter={record.id}
                  utterance={utterance}
                  onDone={(view) => {
                    setCorrecting(null);
                    if (view !== null) props.onView(view);
                  }}
                />
              ) : (
                <>
                  <span className="utterance-speaker">{t(`speaker.${utterance.speaker}`)}</span>
                  <p className="utterance-text" lang={record.language}>
                    {utterance.text}
                    {isUnsure(utterance) && (
                      <span className="utterance-unsure">{t("transcript.unsure")}</span>
                    )}
                  </p>
                  <PlayUtterance view={props.view} utterance={utterance} />
                  {mayWrite && (
                    <IconButton
                      icon="pen"
                      className="utterance-correct"
                      label={t("transcript.correct-label", { place: utterance.index + 1 })}
                      onPress={() => setCorrecting(utterance.index)}
                      data-testid={testIds.encounter.correct(utterance.index)}
                    />
                  )}
                </>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function isNamed(utterance: Utterance): boolean {
  return utterance.speaker === "clinician" || utterance.speaker === "patient";
}

/** Where two voices on one microphone were named the wrong way round. */
function SwapSpeakers(props: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
}) {
  const { t } = useText();
  const swap = useCall("transcript.swap");
  async function press() {
    const view = await swap.run({ encounter: props.view.record.id });
    if (view !== undefined) props.onView(view);
  }
  return (
    <>
      <Button
        size="small"
        look="bare"
        onPress={press}
        isPending={swap.pending}
        data-testid={testIds.encounter.swapSpeakers}
      >
        {t("transcript.swap")}
      </Button>
      <FailureNotice failure={swap.failure} />
    </>
  );
}

/** Words that the recogniser was not sure of: to be listened to before anything rests on them. */
function isUnsure(utterance: Utterance): boolean {
  return utterance.confidence !== undefined && utterance.confidence !== null && utterance.confidence < 0.6;
}

/** Plays what was heard, for as long as the sound is kept. */
function PlayUtterance({ view, utterance }: { readonly view: EncounterView; readonly utterance: Utterance }) {
  const { t } = useText();
  const play = useCall("recording.play");
  const { start_ms: from, end_ms: to } = utterance;
  if (from === undefined || to === undefined || from === null || to === null) return null;
  const kept = (view.record.recordings ?? []).some((known) => !known.deleted && known.offset_ms <= from);
  if (!kept) return null;
  return (
    <IconButton
      icon="play"
      className="utterance-play"
      label={t("transcript.play", { place: utterance.index + 1 })}
      onPress={() => play.run({ encounter: view.record.id, from_ms: from, to_ms: to })}
      data-testid={testIds.encounter.play(utterance.index)}
    />
  );
}

function AddTranscript(props: {
  readonly encounter: EncounterId;
  readonly onAdded: (view: EncounterView) => void;
  readonly onCancel: (() => void) | undefined;
}) {
  const { t } = useText();
  const add = useCall("transcript.add");
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);

  async function submit() {
    setChecked(true);
    if (text.trim() === "") return;
    const view = await add.run({ encounter: props.encounter, text });
    if (view !== undefined) props.onAdded(view);
  }

  return (
    <Form onSubmit={submit} className="form form-tight">
      <TextAreaField
        label={t("transcript.field")}
        help={t("transcript.help")}
        placeholder={t("transcript.placeholder")}
        value={text}
        onChange={setText}
        rows={8}
        problem={checked && text.trim() === "" ? t("check.required") : null}
        testId={testIds.encounter.transcriptText}
      />
      <FailureNotice failure={add.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          isPending={add.pending}
          data-testid={testIds.encounter.transcriptAdd}
        >
          {t("transcript.submit")}
        </Button>
        {props.onCancel !== undefined && (
          <Button look="bare" onPress={props.onCancel}>
            {t("app.cancel")}
          </Button>
        )}
      </div>
    </Form>
  );
}

function CorrectUtterance(props: {
  readonly encounter: EncounterId;
  readonly utterance: Utterance;
  readonly onDone: (view: EncounterView | null) => void;
}) {
  const { t } = useText();
  const correct = useCall("transcript.correct");
  const [speaker, setSpeaker] = useState<Speaker>(props.utterance.speaker);
  const [text, setText] = useState(props.utterance.text);

  async function submit() {
    if (text.trim() === "") return;
    const view = await correct.run({
      encounter: props.encounter,
      index: props.utterance.index,
      speaker,
      text: text.trim(),
    });
    if (view !== undefined) props.onDone(view);
  }

  return (
    <Form onSubmit={submit} className="form form-tight">
      <OptionField
        label={t("transcript.speaker")}
        look="segments"
        value={speaker}
        onChange={(value) => setSpeaker(SPEAKERS.find((known) => known === value) ?? "unknown")}
        options={SPEAKERS.map((id) => ({
          id,
          label: t(`speaker.${id}`),
          testId: `${testIds.encounter.correctSpeaker}-${id}`,
        }))}
      />
      <TextAreaField
        label={t("transcript.correct-field")}
        value={text}
        onChange={setText}
        rows={3}
        problem={text.trim() === "" ? t("check.required") : null}
        testId={testIds.encounter.correctText}
        autoFocus
      />
      <FailureNotice failure={correct.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          size="small"
          isPending={correct.pending}
          data-testid={testIds.encounter.correctSave}
        >
          {t("transcript.save")}
        </Button>
        <Button look="bare" size="small" onPress={() => props.onDone(null)}>
          {t("app.cancel")}
        </Button>
      </div>
    </Form>
  );
}
