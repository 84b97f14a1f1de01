import { useState } from "react";
import { useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, SecretField, TextField } from "../../parts/field";
import { Good } from "../../parts/good";
import type { BackupCreated, DrillCheck } from "../../rpc/schema";
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
      <Drill />
    </div>
  );
}

/** Tries whether a backup can be restored. */
function Drill() {
  const { t, language } = useText();
  const restore = useCall("backup.try-restore");
  const [folder, setFolder] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [checked, setChecked] = useState(false);
  const [done, setDone] = useState<DrillCheck | null>(null);
  const date = dayAndTime(language);
  const missing = (text: string) => (checked && text.trim() === "" ? t("check.required") : null);

  async function submit() {
    setChecked(true);
    if (folder.trim() === "" || passphrase === "") return;
    setDone(null);
    const tried = await restore.run({ folder: folder.trim(), passphrase });
    if (tried === undefined) return;
    setDone(tried);
    setPassphrase("");
    setChecked(false);
  }

  return (
    <section className="panel">
      <h2>{t("drill.title")}</h2>
      <p className="muted">{t("drill.text")}</p>
      <Form onSubmit={submit}>
        <TextField
          label={t("drill.folder")}
          value={folder}
          onChange={setFolder}
          problem={missing(folder)}
          testId={testIds.drill.folder}
        />
        <SecretField
          label={t("drill.passphrase")}
          help={t("drill.passphrase-help")}
          value={passphrase}
          onChange={setPassphrase}
          problem={missing(passphrase)}
          testId={testIds.drill.passphrase}
        />
        <FailureNotice failure={restore.failure} />
        <div role="status">
          {done !== null && (
            <Good testId={testIds.drill.result}>
              {t("drill.done", { count: done.events, made: date.format(done.made) })}
            </Good>
          )}
        </div>
        <div className="buttons">
          <Button type="submit" isPending={restore.pending} data-testid={testIds.drill.submit}>
            {restore.pending ? t("drill.trying") : t("drill.try")}
          </Button>
        </div>
      </Form>
    </section>
  );
}
