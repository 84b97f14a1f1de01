// An encounter without a kiosk.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { appState, encounterView, queryClient } from "../../app/queries";
import { ownName, useText } from "../../i18n";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { Form, OptionField } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import { testIds } from "../../testids";
import { IdentityFields, useIdentity } from "../patients/identity";

export function OpenEncounter({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const languages = useQuery(appState).data?.intake_languages ?? [language];
  const open = useCall("encounters.open");
  const identity = useIdentity({ name: "", birth: "", number: "" });
  const [spoken, setSpoken] = useState<string>(language);

  async function submit() {
    const who = await identity.read();
    if (who === null) return;
    const view = await open.run({ ...who, language: spoken });
    if (view === undefined) return;
    queryClient.setQueryData(encounterView(view.record.id).queryKey, view);
    onClose();
    await navigate({ to: "/clinic/encounters/$id", params: { id: view.record.id } });
  }

  return (
    <Dialog title={t("open.title")} onClose={onClose}>
      <Form onSubmit={submit}>
        <IdentityFields state={identity} />
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
        <FormEnd
          failure={open.failure}
          submit={t("open.submit")}
          pending={open.pending}
          testId={testIds.workList.newSubmit}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
