// The ways out: a file in the format that the other side takes, and text for a record system without an interface.

import { useState } from "react";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField } from "../../parts/field";
import { toast } from "../../parts/toast";
import { platform } from "../../platform";
import { Failure } from "../../rpc/client";
import type { EncounterId, ExportFormat } from "../../rpc/schema";
import { testIds } from "../../testids";

const FORMATS = ["pdf", "fhir", "hl7v2", "csv", "text"] as const satisfies readonly ExportFormat[];

export function ExportButtons({ encounter }: { readonly encounter: EncounterId }) {
  const { t } = useText();
  const mayExport = useMay("encounter-export");
  const leave = useCall("encounters.export");
  const [choosing, setChoosing] = useState(false);
  const [copyFailed, setCopyFailed] = useState(false);

  async function copy() {
    setCopyFailed(false);
    const file = await leave.run({ encounter, format: "text" });
    if (file === undefined) return;
    try {
      await navigator.clipboard.writeText(file.content);
      toast(t("encounter.copied"));
    } catch {
      setCopyFailed(true);
    }
  }

  if (!mayExport) return null;
  return (
    <>
      <Button size="small" icon="copy" onPress={copy} data-testid={testIds.encounter.copy}>
        {t("encounter.copy")}
      </Button>
      <Button
        size="small"
        icon="download"
        onPress={() => setChoosing(true)}
        data-testid={testIds.encounter.export}
      >
        {t("encounter.export")}
      </Button>
      {choosing && <ExportDialog encounter={encounter} onClose={() => setChoosing(false)} />}
      {copyFailed && (
        <p className="note" role="alert">
          {t("encounter.copy-failed")}
        </p>
      )}
      <FailureNotice failure={leave.failure} />
    </>
  );
}

function ExportDialog(props: { readonly encounter: EncounterId; readonly onClose: () => void }) {
  const { t } = useText();
  const leave = useCall("encounters.export");
  const [format, setFormat] = useState<ExportFormat>("pdf");
  const [saveFailure, setSaveFailure] = useState<Failure | null>(null);

  async function save() {
    setSaveFailure(null);
    const file = await leave.run({ encounter: props.encounter, format });
    if (file === undefined) return;
    const outcome = await platform.saveFile(file);
    if ("error" in outcome) {
      setSaveFailure(new Failure(outcome.error.code, outcome.error.parameters));
      return;
    }
    if (outcome.ok === "saved") toast(t("encounter.exported"));
    props.onClose();
  }

  return (
    <Dialog title={t("export.title")} onClose={props.onClose} testId={testIds.encounter.exportDialog}>
      <Form onSubmit={save}>
        <OptionField
          label={t("export.format")}
          value={format}
          onChange={(chosen) => setFormat(FORMATS.find((known) => known === chosen) ?? format)}
          options={FORMATS.map((known) => ({
            id: known,
            label: t(`export.${known}`),
            help: t(`export.${known}-help`),
            testId: testIds.encounter.exportFormat(known),
          }))}
        />
        <p className="note">{t("export.leaves")}</p>
        <FailureNotice failure={leave.failure ?? saveFailure} />
        <Button
          type="submit"
          look="primary"
          icon="download"
          isPending={leave.pending}
          data-testid={testIds.encounter.exportSave}
        >
          {leave.pending ? t("encounter.exporting") : t("export.save")}
        </Button>
      </Form>
    </Dialog>
  );
}
