// The ways out: a FHIR file, and text for a record system without an interface.

import { useState } from "react";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { toast } from "../../parts/toast";
import { platform } from "../../platform";
import { Failure } from "../../rpc/client";
import type { EncounterId } from "../../rpc/schema";
import { testIds } from "../../testids";

export function ExportButtons({ encounter }: { readonly encounter: EncounterId }) {
  const { t } = useText();
  const mayExport = useMay("encounter-export");
  const leave = useCall("encounters.export");
  const [saveFailure, setSaveFailure] = useState<Failure | null>(null);
  const [copyFailed, setCopyFailed] = useState(false);

  async function save() {
    setSaveFailure(null);
    const file = await leave.run({ encounter, format: "fhir" });
    if (file === undefined) return;
    const outcome = await platform.saveFile(file);
    if ("error" in outcome) setSaveFailure(new Failure(outcome.error.code, outcome.error.parameters));
    else if (outcome.ok === "saved") toast(t("encounter.exported"));
  }

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
        onPress={save}
        isPending={leave.pending}
        data-testid={testIds.encounter.export}
      >
        {leave.pending ? t("encounter.exporting") : t("encounter.export")}
      </Button>
      {copyFailed && (
        <p className="note" role="alert">
          {t("encounter.copy-failed")}
        </p>
      )}
      <FailureNotice failure={leave.failure ?? saveFailure} />
    </>
  );
}
