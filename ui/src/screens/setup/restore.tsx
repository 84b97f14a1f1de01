// A backup becomes this device's clinic: opened and checked first, restored when somebody has seen what it holds.

import { useState } from "react";
import { localeOf, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FactList } from "../../parts/facts";
import { FailureNotice } from "../../parts/failure";
import { Form, TextField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { StepHeading } from "../../parts/page";
import { platform } from "../../platform";
import type { AppState, BackupFound, OpenBackup } from "../../rpc/schema";
import { testIds } from "../../testids";
import { useVaultKey, VaultKeyField } from "../unlock/vault-key";
import { StepButtons } from "./frame";

export function Restore(props: {
  readonly onRestored: (state: AppState) => void;
  readonly onBack: () => void;
}) {
  const { t } = useText();
  const check = useCall("backup.check");
  const restore = useCall("backup.restore");
  const [folder, setFolder] = useState("");
  const typed = useVaultKey();
  const [checked, setChecked] = useState(false);
  const [found, setFound] = useState<BackupFound | null>(null);
  const pick = platform.pickPath;

  const folderProblem = folder.trim() === "" ? t("check.required") : null;
  const request: OpenBackup = { folder: folder.trim(), key: typed.key };

  async function submit() {
    setChecked(true);
    if (folderProblem !== null || typed.problem !== null) return;
    const holds = await check.run(request);
    if (holds !== undefined) setFound(holds);
  }

  async function go() {
    const state = await restore.run(request);
    if (state === undefined) return;
    typed.setSecret("");
    props.onRestored(state);
  }

  if (found !== null) {
    return (
      <Form key="found" onSubmit={go}>
        <StepHeading>{t("setup.restore.found")}</StepHeading>
        <Found found={found} />
        <p className="note">{t("setup.restore.note")}</p>
        <FailureNotice failure={restore.failure} />
        <StepButtons
          next={restore.pending ? t("setup.restore.restoring") : t("setup.restore.go")}
          pending={restore.pending}
          onBack={() => setFound(null)}
        />
      </Form>
    );
  }

  return (
    <Form key="open" onSubmit={submit}>
      <StepHeading>{t("setup.restore.title")}</StepHeading>
      <p className="lead">{t("setup.restore.text")}</p>
      <div className="with-button">
        <TextField
          label={t("setup.restore.folder")}
          help={t("setup.restore.folder-help")}
          value={folder}
          onChange={setFolder}
          problem={checked ? folderProblem : null}
          isDisabled={check.pending}
          testId={testIds.setup.backupFolder}
        />
        {pick !== null && (
          <Button
            size="large"
            onPress={async () => {
              const chosen = await pick("folder");
              if (chosen !== null) setFolder(chosen);
            }}
            isDisabled={check.pending}
          >
            {t("setup.restore.choose")}
          </Button>
        )}
      </div>
      <VaultKeyField
        typed={typed}
        problem={checked ? typed.problem : null}
        isDisabled={check.pending}
        testId={testIds.setup.backupSecret}
      />
      <div>
        <Button
          look="bare"
          size="small"
          onPress={() => {
            typed.switchWay();
            setChecked(false);
            check.forget();
          }}
        >
          {typed.otherWay}
        </Button>
      </div>
      <FailureNotice failure={check.failure} />
      <StepButtons
        next={check.pending ? t("setup.restore.checking") : t("setup.restore.check")}
        pending={check.pending}
        onBack={props.onBack}
      />
    </Form>
  );
}

function Found({ found }: { readonly found: BackupFound }) {
  const { t, language } = useText();
  const locale = localeOf(language);
  const number = (count: number) => new Intl.NumberFormat(locale).format(count);
  const made = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(found.made);
  return (
    <div className="sheet setup-found" data-testid={testIds.setup.backupFound}>
      <Icon name="backup" />
      <FactList
        facts={[
          [t("setup.restore.made"), made],
          [t("setup.restore.encounters"), number(found.encounters)],
          [t("setup.restore.people"), number(found.people)],
          [t("setup.restore.events"), number(found.events)],
        ]}
      />
    </div>
  );
}
