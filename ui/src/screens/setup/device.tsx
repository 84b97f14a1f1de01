// What this device is for.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { appState, queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField } from "../../parts/field";
import { StepHeading } from "../../parts/page";
import type { DeviceRole } from "../../rpc/schema";
import { testIds } from "../../testids";
import { StepButtons } from "./frame";

const DEVICE_ROLES: readonly DeviceRole[] = ["kiosk", "clinician", "both"];

/** The three, each with its sentence. */
export function DeviceRoleField(props: {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: DeviceRole;
  readonly onChange: (role: DeviceRole) => void;
}) {
  const { t } = useText();
  return (
    <OptionField
      label={props.label}
      hideLabel={props.hideLabel ?? false}
      look="stack"
      value={props.value}
      onChange={(id) => props.onChange(DEVICE_ROLES.find((role) => role === id) ?? props.value)}
      options={DEVICE_ROLES.map((id) => ({
        id,
        label: t(`device-role.${id}`),
        help: t(`device-role.${id}-help`),
        testId: testIds.device.role(id),
      }))}
    />
  );
}

export function DeviceStep({ onNext }: { readonly onNext: () => void }) {
  const { t } = useText();
  const present = useQuery(appState).data?.device_role ?? "both";
  const assign = useCall("device.assign");
  const [role, setRole] = useState<DeviceRole>(present);

  async function submit() {
    const state = await assign.run({ role });
    if (state === undefined) return;
    queryClient.setQueryData(appState.queryKey, state);
    onNext();
  }

  return (
    <Form onSubmit={submit}>
      <StepHeading>{t("setup.device.title")}</StepHeading>
      <p className="lead">{t("setup.device.text")}</p>
      <DeviceRoleField label={t("device-role.title")} hideLabel value={role} onChange={setRole} />
      <FailureNotice failure={assign.failure} />
      <StepButtons next={t("setup.next")} pending={assign.pending} />
    </Form>
  );
}
