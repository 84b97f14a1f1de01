// An encounter without a kiosk.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { appState, encounterView, queryClient } from "../../app/queries";
import { ownName, useText } from "../../i18n";
import { localDay, readDate } from "../../logic/date";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField, TextField } from "../../parts/field";
import { testIds } from "../../testids";

export function OpenEncounter({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const languages = useQuery(appState).data?.intake_languages ?? [language];
  const open = useCall("encounters.open");
  const [name, setName] = useState("");
  const [birth, setBirth] = useState("");
  const [spoken, setSpoken] = useState<string>(language);
  const [checked, setChecked] = useState(false);
  const [year = "", month = "", day = "", ...rest] = birth.trim().split("-");
  const born = rest.length > 0 ? null : readDate({ day, month, year }, localDay(new Date()));
  const birthWrong = born === null || born.kind === "problem";

  async function submit() {
    setChecked(true);
    if (name.trim() === "" || birthWrong) return;
    const view = await open.run({
      name: name.trim(),
      birth_date: born.kind === "date" ? born.date : null,
      language: spoken,
    });
    if (view === undefined) return;
    queryClient.setQueryData(encounterView(view.record.id).queryKey, view);
    onClose();
    await navigate({ to: "/clinic/encounters/$id", params: { id: view.record.id } });
  }

  return (
    <Dialog title={t("open.title")} onClose={onClose}>
      <Form onSubmit={submit}>
        <TextField
          label={t("open.name")}
          value={name}
          onChange={setName}
          problem={checked && name.trim() === "" ? t("check.required") : null}
          testId={testIds.workList.newName}
          autoFocus
        />
        <TextField
          label={t("open.birth")}
          help={t("open.birth-help")}
          value={birth}
          onChange={setBirth}
          problem={checked && birthWrong ? t("open.birth-wrong") : null}
          inputMode="numeric"
          testId={testIds.workList.newBirth}
        />
        <OptionField
          label={t("open.language")}
          look="segments"
          value={spoken}
          onChange={setSpoken}
          options={languages.map((id) => ({
            id,
            label: ownName(id),
            lang: id,
            testId: `open-language-${id}`,
          }))}
        />
        <FailureNotice failure={open.failure} />
        <div className="buttons">
          <Button
            type="submit"
            look="primary"
            isPending={open.pending}
            data-testid={testIds.workList.newSubmit}
          >
            {t("open.submit")}
          </Button>
          <Button look="bare" onPress={onClose}>
            {t("app.cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
