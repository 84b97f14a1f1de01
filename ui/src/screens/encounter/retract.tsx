// What should not be there is entered as made in error: hidden, not forgotten.

import { useState } from "react";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { Form, TextAreaField } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import type { EncounterView } from "../../rpc/schema";
import { testIds } from "../../testids";

interface RetractProps {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
}

export function RetractButton({ view, onView }: RetractProps) {
  const { t } = useText();
  const may = useMay("encounter-retract");
  const [asking, setAsking] = useState(false);
  const { status } = view.record;
  if (!may || status === "intake" || status === "retracted") return null;
  return (
    <>
      <Button
        look="bare"
        size="small"
        onPress={() => setAsking(true)}
        data-testid={testIds.encounter.retract}
      >
        {t("retract.open")}
      </Button>
      {asking && <RetractDialog view={view} onView={onView} onClose={() => setAsking(false)} />}
    </>
  );
}

function RetractDialog({ view, onView, onClose }: RetractProps & { readonly onClose: () => void }) {
  const { t } = useText();
  const retract = useCall("encounters.retract");
  const [reason, setReason] = useState("");
  const [checked, setChecked] = useState(false);

  async function submit() {
    setChecked(true);
    if (reason.trim() === "") return;
    const next = await retract.run({ encounter: view.record.id, reason: reason.trim() });
    if (next === undefined) return;
    onView(next);
    onClose();
  }

  return (
    <Dialog title={t("retract.title")} role="alertdialog" onClose={onClose}>
      <Form onSubmit={submit}>
        <p>{t("retract.text")}</p>
        <TextAreaField
          label={t("retract.reason")}
          help={t("retract.reason-help")}
          value={reason}
          onChange={setReason}
          rows={2}
          problem={checked && reason.trim() === "" ? t("check.required") : null}
          testId={testIds.encounter.retractReason}
          autoFocus
        />
        <FormEnd
          failure={retract.failure}
          submit={t("retract.submit")}
          pending={retract.pending}
          testId={testIds.encounter.retractSure}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

/** Over everything that the encounter holds. */
export function Retracted({ view }: { readonly view: EncounterView }) {
  const { t, language } = useText();
  const { retracted } = view.record;
  if (retracted === undefined || retracted === null) return null;
  const { by } = retracted;
  const who = by.kind === "person" ? view.people[by.id] : undefined;
  return (
    <p className="refusal" role="note" data-testid={testIds.encounter.retracted}>
      {t("retract.banner", {
        who: who ?? t("retract.device"),
        time: dayAndTime(language).format(retracted.at),
        reason: retracted.reason,
      })}
    </p>
  );
}
