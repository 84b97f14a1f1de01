// Bringing models in from a USB stick, a folder or a file.

import { useState } from "react";
import { models, queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, TextField } from "../../parts/field";
import { platform } from "../../platform";
import { testIds } from "../../testids";

export function ImportModels({ busy }: { readonly busy: boolean }) {
  const { t } = useText();
  const bring = useCall("models.import");
  const [path, setPath] = useState("");
  const [checked, setChecked] = useState(false);
  const pick = platform.pickPath;

  async function choose(what: "file" | "folder") {
    const chosen = await pick?.(what);
    if (chosen !== undefined && chosen !== null) setPath(chosen);
  }

  async function submit() {
    setChecked(true);
    if (path.trim() === "" || busy) return;
    const here = await bring.run({ path: path.trim() });
    if (here === undefined) return;
    queryClient.setQueryData(models.queryKey, here);
    setPath("");
    setChecked(false);
  }

  return (
    <Form onSubmit={submit} className="form form-tight">
      <p className="muted">{t("models.import.text")}</p>
      <TextField
        label={t("models.import.path")}
        help={t("models.import.path-help")}
        value={path}
        onChange={setPath}
        problem={checked && path.trim() === "" ? t("check.required") : null}
        testId={testIds.models.path}
      />
      <FailureNotice failure={bring.failure} />
      <div className="buttons">
        {pick !== null && (
          <>
            <Button onPress={() => choose("folder")}>{t("models.import.folder")}</Button>
            <Button onPress={() => choose("file")}>{t("models.import.file")}</Button>
          </>
        )}
        <Button type="submit" isPending={bring.pending || busy} data-testid={testIds.models.import}>
          {t("models.import.submit")}
        </Button>
      </div>
    </Form>
  );
}
