// A visit that was recorded elsewhere: its file is taken in, and how far that is.

import { useState } from "react";
import { type SoundImport, soundImport, useSoundImport } from "../../app/sound-import";
import { useText } from "../../i18n";
import { clock } from "../../logic/clock";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form, TextField } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import { platform } from "../../platform";
import { Failure } from "../../rpc/client";
import type { EncounterRecord, EncounterView } from "../../rpc/schema";
import { testIds } from "../../testids";

interface Props {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
}

export function ImportSound(props: Props & { readonly isDisabled: boolean }) {
  const { t } = useText();
  const now = useSoundImport();
  const [asking, setAsking] = useState(false);
  const { record } = props.view;
  // The question stays until it is answered: what is wrong with a file is said there.
  if (now !== null && now.encounter === record.id && !asking) {
    return <Progress {...props} now={now} />;
  }
  return (
    <>
      <Button
        icon="plus"
        look="bare"
        size="small"
        isDisabled={props.isDisabled || now !== null}
        onPress={() => setAsking(true)}
        data-testid={testIds.soundImport.open}
      >
        {t("sound-import.open")}
      </Button>
      {asking && <Ask {...props} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ view, onView, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useText();
  const { record } = view;
  const bring = useCall("recording.import");
  const [path, setPath] = useState("");
  const [checked, setChecked] = useState(false);
  const pick = platform.pickPath;

  async function choose() {
    const chosen = await pick?.("file");
    if (chosen !== undefined && chosen !== null) setPath(chosen);
  }

  async function submit() {
    setChecked(true);
    if (path.trim() === "") return;
    soundImport.begin(record.id);
    const next = await bring.run({ encounter: record.id, path: path.trim(), agreed: !hasAgreed(record) });
    if (next === undefined) return soundImport.end();
    onView(next);
    onClose();
  }

  return (
    <Dialog title={t("sound-import.title")} onClose={onClose} testId={testIds.soundImport.dialog}>
      <Form onSubmit={submit}>
        <p>{t("sound-import.text")}</p>
        {!hasAgreed(record) && (
          <p>{record.declined.includes("recording") ? t("recorder.ask.declined") : t("sound-import.ask")}</p>
        )}
        <TextField
          label={t("sound-import.path")}
          help={t("sound-import.path-help")}
          value={path}
          onChange={setPath}
          problem={checked && path.trim() === "" ? t("check.required") : null}
          testId={testIds.soundImport.path}
        />
        {pick !== null && (
          <div className="buttons">
            <Button onPress={choose} data-testid={testIds.soundImport.choose}>
              {t("models.import.file")}
            </Button>
          </div>
        )}
        <FormEnd
          failure={bring.failure}
          submit={hasAgreed(record) ? t("sound-import.submit") : t("sound-import.submit-agreed")}
          pending={bring.pending}
          testId={testIds.soundImport.submit}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

function Progress({ view, onView, now }: Props & { readonly now: SoundImport }) {
  const { t } = useText();
  const stop = useCall("recording.import-stop");

  async function end() {
    const next = await stop.run({ encounter: view.record.id });
    soundImport.end();
    if (next !== undefined) onView(next);
  }

  return (
    <div className="recorder recorder-on" data-testid={testIds.soundImport.progress} data-stage={now.stage}>
      {now.stage !== "over" && (
        <p className="recorder-state">
          <span>
            <strong>{t(`sound-import.${now.stage}`)}</strong>{" "}
            {now.of === null
              ? clock(now.seconds)
              : t("sound-import.so-far", { done: clock(now.seconds), of: clock(now.of) })}
          </span>
          <progress
            className="recorder-level"
            aria-label={t(`sound-import.${now.stage}`)}
            {...(now.of === null ? {} : { value: Math.min(now.seconds, now.of), max: now.of })}
          />
          <Button size="small" isPending={stop.pending} onPress={end} data-testid={testIds.soundImport.stop}>
            {t("sound-import.stop")}
          </Button>
        </p>
      )}
      <div role="status" data-testid={testIds.soundImport.trouble} data-trouble={now.trouble ?? "none"}>
        {now.trouble === "no-model" && <p>{t("recorder.no-model")}</p>}
        {now.trouble !== null && now.trouble !== "no-model" && (
          <FailureNotice failure={new Failure(now.trouble)} />
        )}
      </div>
      {now.stage === "over" && (
        <Button size="small" onPress={soundImport.end} data-testid={testIds.soundImport.done}>
          {t("sound-import.done")}
        </Button>
      )}
      <FailureNotice failure={stop.failure} />
    </div>
  );
}

function hasAgreed(record: EncounterRecord): boolean {
  return record.consents.includes("recording");
}
