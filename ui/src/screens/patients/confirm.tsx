// Staff check who a patient is.

import { queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form } from "../../parts/field";
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
    const who = identity.read();
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
        <FailureNotice failure={confirm.failure} />
        <div className="buttons">
          <Button
            type="submit"
            look="primary"
            isPending={confirm.pending}
            data-testid={testIds.identity.submit}
          >
            {t("confirm.submit")}
          </Button>
          <Button look="bare" onPress={props.onClose}>
            {t("app.cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
