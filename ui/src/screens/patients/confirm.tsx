// Staff check who a patient is.

import { queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { Form } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import { toast } from "../../parts/toast";
import type { EncounterId, PartialDate } from "../../rpc/schema";
import { testIds } from "../../testids";
import { IdentityFields, useIdentity } from "./identity";

export interface Unconfirmed {
  readonly encounter: EncounterId;
  readonly name: string | null;
  readonly birth_date: PartialDate | null;
  readonly record_number: string | null;
}

export function ConfirmIdentity(props: { readonly of: Unconfirmed; readonly onClose: () => void }) {
  const { t } = useText();
  const { of } = props;
  const confirm = useCall("patients.confirm");
  const identity = useIdentity({
    name: of.name ?? "",
    birth: of.birth_date ?? "",
    number: of.record_number ?? "",
  });

  async function submit() {
    const who = await identity.read();
    if (who === null) return;
    const line = await confirm.run({ encounter: of.encounter, ...who });
    if (line === undefined) return;
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ["encounters"] }),
      queryClient.invalidateQueries({ queryKey: ["patients"] }),
    ]);
    toast(t("confirm.done"));
    props.onClose();
  }

  return (
    <Dialog title={t("confirm.title")} onClose={props.onClose} testId={testIds.identity.dialog}>
      <Form onSubmit={submit}>
        <p>{t("confirm.text")}</p>
        <IdentityFields state={identity} />
        <FormEnd
          failure={confirm.failure}
          submit={t("confirm.submit")}
          pending={confirm.pending}
          testId={testIds.identity.submit}
          onCancel={props.onClose}
        />
      </Form>
    </Dialog>
  );
}
