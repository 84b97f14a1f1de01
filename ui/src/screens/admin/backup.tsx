import { useState } from "react";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, TextField } from "../../parts/field";
import { Good } from "../../parts/good";
import type { BackupCreated } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function Backup() {
  const { t } = useText();
  const create = useCall("backup.create");
  const [folder, setFolder] = useState("");
  const [checked, setChecked] = useState(false);
  const [made, setMade] = useState<BackupCreated | null>(null);

  async function submit() {
    setChecked(true);
    if (folder.trim() === "") return;
    setMade(null);
    const created = await create.run({ folder: folder.trim() });
    if (created === undefined) return;
    setMade(created);
    setFolder("");
    setChecked(false);
  }

  return (
    <div className="narrow">
      <PageHead title={t("backup.title")} text={t("backup.text")} />
      <section className="panel">
        <Form onSubmit={submit}>
          <TextField
            label={t("backup.folder")}
            help={t("backup.folder-help")}
            value={folder}
            onChange={setFolder}
            problem={checked && folder.trim() === "" ? t("check.required") : null}
            testId={testIds.backup.folder}
          />
          <FailureNotice failure={create.failure} />
          <div role="status">
            {made !== null && (
              <Good testId={testIds.backup.result}>
                {t("backup.created", { count: made.events, folder: made.folder })}
              </Good>
            )}
          </div>
          <div className="buttons">
            <Button
              type="submit"
              look="primary"
              isPending={create.pending}
              data-testid={testIds.backup.submit}
            >
              {create.pending ? t("backup.creating") : t("backup.create")}
            </Button>
          </div>
        </Form>
      </section>
    </div>
  );
}
