// Records the visit: one button, and everything that can happen to a microphone in words.

import { useState } from "react";
import { recorderOnPage, recording, useRecording } from "../../app/recording";
import { useText } from "../../i18n";
import { clock } from "../../logic/clock";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { useFollowing } from "../../parts/following";
import { Icon } from "../../parts/icon";
import { platform } from "../../platform";
import type { EncounterView } from "../../rpc/schema";
import { testIds } from "../../testids";
import { ImportSound } from "./sound-import";

export function Recorder(props: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
}) {
  const { t } = useText();
  const { record } = props.view;
  const now = useRecording();
  const start = useCall("recording.start");
  const stop = useCall("recording.stop");
  const [asking, setAsking] = useState(false);
  const here = now !== null && now.encounter === record.id;
  const consented = record.consents.includes("recording");

  // The keys for it begin what this page would begin.
  useFollowing(recorderOnPage.take, () => {
    if (now !== null || start.pending || asking) return;
    if (consented) void begin(false);
    else setAsking(true);
  });

  async function begin(agreed: boolean) {
    setAsking(false);
    recording.begin(record.id);
    const view = await start.run({ encounter: record.id, agreed });
    if (view === undefined) recording.end();
    else props.onView(view);
  }

  async function end() {
    const view = await stop.run({ encounter: record.id });
    if (view === undefined) return;
    recording.end();
    props.onView(view);
  }

  if (here) {
    return (
      <div className="recorder recorder-on" data-testid={testIds.encounter.recorder} data-on="true">
        <p className="recorder-state">
          <span className="recorder-dot" aria-hidden="true" />
          <strong>{t("recorder.on")}</strong>
          <span data-testid={testIds.encounter.recorderTime}>{clock(now.seconds)}</span>
          <meter
            className="recorder-level"
            min={0}
            max={1}
            value={Math.sqrt(now.peak)}
            aria-label={t("recorder.level")}
          />
          <Button
            look="danger"
            size="small"
            isPending={stop.pending}
            onPress={end}
            data-testid={testIds.encounter.recordStop}
          >
            {t("recorder.stop")}
          </Button>
        </p>
        <div role="status">
          {now.loss !== null && (
            <p className="recorder-trouble" data-testid={testIds.encounter.recorderLoss} data-loss={now.loss}>
              <Icon name="alarm" />
              {t(`recorder.loss.${now.loss}`)}
            </p>
          )}
          {now.notSaved !== null && (
            <p className="recorder-trouble">
              <Icon name="alarm" />
              {t("recorder.not-saved")}
            </p>
          )}
          {now.noModel && <p className="muted">{t("recorder.no-model")}</p>}
          {now.notRecognised && <p className="muted">{t("recorder.not-recognised")}</p>}
          {now.behind > 0 && <p className="muted">{t("recorder.behind", { count: now.behind })}</p>}
        </div>
        {now.words !== null && (
          <p className="recorder-words" lang={record.language} aria-hidden="true">
            {now.words.committed} <span className="recorder-tentative">{now.words.tentative}</span>
          </p>
        )}
        <FailureNotice failure={stop.failure} />
      </div>
    );
  }
  return (
    <div className="recorder" data-testid={testIds.encounter.recorder} data-on="false">
      <Button
        icon="microphone"
        look="primary"
        isPending={start.pending}
        isDisabled={now !== null}
        onPress={() => (consented ? begin(false) : setAsking(true))}
        data-testid={testIds.encounter.record}
      >
        {(record.recordings ?? []).length === 0 ? t("recorder.start") : t("recorder.again")}
      </Button>
      <ImportSound {...props} isDisabled={start.pending || now !== null} />
      {now !== null && <p className="muted">{t("recorder.elsewhere")}</p>}
      <FailureNotice failure={start.failure} />
      {asking && (
        <Dialog
          title={t("recorder.ask.title")}
          onClose={() => setAsking(false)}
          testId={testIds.encounter.recordAsk}
        >
          <p>{record.declined.includes("recording") ? t("recorder.ask.declined") : t("recorder.ask.text")}</p>
          <div className="buttons">
            <Button look="primary" onPress={() => begin(true)} data-testid={testIds.encounter.recordAgreed}>
              {t("recorder.ask.agreed")}
            </Button>
            <Button onPress={() => setAsking(false)}>{t("app.cancel")}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

/** The recording, on every other page: it is never invisible. The keys for it end it from anywhere. */
export function RecordingBadge() {
  const { t } = useText();
  const now = useRecording();
  const stop = useCall("recording.stop");
  useFollowing(platform.onShortcut, () => {
    if (now === null) recorderOnPage.begin();
    else if (!stop.pending) {
      void stop.run({ encounter: now.encounter }).then((view) => view !== undefined && recording.end());
    }
  });
  if (now === null) return null;
  return (
    <span className="recording-badge" role="status" data-testid={testIds.shell.recording}>
      <span className="recorder-dot" aria-hidden="true" />
      {t("recorder.on")}
    </span>
  );
}
