// How the kiosk on this device greets, waits and prints.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Checkbox, CheckboxGroup, Label, Text } from "react-aria-components";
import { appState, kioskDevice, queryClient } from "../../app/queries";
import { useMay } from "../../app/session";
import { baseOf, KIOSK_LANGUAGES, nameOf, ownName, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField, TextField } from "../../parts/field";
import { Good } from "../../parts/good";
import { Icon } from "../../parts/icon";
import { asFailure } from "../../rpc/client";
import type { DeviceRole, KeyboardUse, KioskSettings } from "../../rpc/schema";
import { testIds } from "../../testids";
import { DeviceRoleField } from "../setup/device";
import { useRehearse } from "../setup/rehearsal";
import { PageHead } from "../shell/shell";

const ASK_AFTER = [45, 60, 90, 120, 300];
const LEAVE_AFTER = [20, 30, 60, 120];
const KEYBOARD: readonly KeyboardUse[] = ["automatic", "on", "off"];

export function DeviceSettings() {
  const { t } = useText();
  const query = useQuery(kioskDevice);
  const asked = useQuery(appState).data?.intake_languages;
  const mayManage = useMay("device-manage");
  return (
    <div className="narrow">
      <PageHead title={t("device.title")} text={t("device.text")} />
      {query.data !== undefined && asked !== undefined && (
        <DeviceForm
          settings={query.data.settings}
          languages={[
            ...asked,
            ...KIOSK_LANGUAGES.filter((id) => !asked.some((other) => baseOf(other) === id)),
          ]}
        />
      )}
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
      <RolePanel />
      {mayManage && <RehearsalPanel />}
    </div>
  );
}

/** What the device is for: changed by an administrator, read by everybody who sees this page. */
function RolePanel() {
  const { t } = useText();
  const state = useQuery(appState).data;
  const mayManage = useMay("device-manage");
  const assign = useCall("device.assign");
  const [saved, setSaved] = useState(false);
  if (state === undefined) return null;
  const role = state.device_role;

  async function change(next: DeviceRole) {
    setSaved(false);
    const changed = await assign.run({ role: next });
    if (changed === undefined) return;
    queryClient.setQueryData(appState.queryKey, changed);
    setSaved(true);
  }

  return (
    <section className="panel">
      <h2>{t("device-role.title")}</h2>
      {mayManage ? (
        <DeviceRoleField label={t("device-role.title")} hideLabel value={role} onChange={change} />
      ) : (
        <div>
          <p>
            <strong>{t(`device-role.${role}`)}</strong>
          </p>
          <p>{t(`device-role.${role}-help`)}</p>
          <p className="muted">{t("device-role.administrator")}</p>
        </div>
      )}
      <FailureNotice failure={assign.failure} />
      <div role="status">{saved && <Good testId={testIds.device.roleSet}>{t("device-role.set")}</Good>}</div>
    </section>
  );
}

/** The kiosk and the work list, tried out without a patient. */
function RehearsalPanel() {
  const { t } = useText();
  const { begin, pending, failure } = useRehearse();
  return (
    <section className="panel">
      <h2>{t("rehearsal.again")}</h2>
      <p className="muted">{t("rehearsal.again-help")}</p>
      <FailureNotice failure={failure} />
      <div className="buttons">
        <Button icon="play" onPress={begin} isPending={pending} data-testid={testIds.rehearsal.begin}>
          {pending ? t("setup.rehearsal.preparing") : t("setup.rehearsal.begin")}
        </Button>
      </div>
    </section>
  );
}

function DeviceForm(props: { readonly settings: KioskSettings; readonly languages: readonly string[] }) {
  const { t, language } = useText();
  const configure = useCall("kiosk.configure");
  const [settings, setSettings] = useState(props.settings);
  const [saved, setSaved] = useState(false);
  const offered = settings.languages.length === 0 ? props.languages : settings.languages;

  function change(part: Partial<KioskSettings>) {
    setSaved(false);
    setSettings((old) => ({ ...old, ...part }));
  }

  async function submit() {
    const next = await configure.run(settings);
    if (next === undefined) return;
    queryClient.setQueryData(kioskDevice.queryKey, next);
    setSettings(next.settings);
    setSaved(true);
  }

  const seconds = (choices: readonly number[], present: number, testId: (seconds: number) => string) =>
    [...new Set([...choices, present])]
      .sort((one, other) => one - other)
      .map((count) => ({ id: String(count), label: t("device.seconds", { count }), testId: testId(count) }));

  return (
    <Form onSubmit={submit}>
      <section className="panel" data-testid={testIds.device.page}>
        <h2>{t("device.waits")}</h2>
        <OptionField
          label={t("device.ask-after")}
          help={t("device.ask-help")}
          look="segments"
          value={String(settings.ask_after_s)}
          onChange={(value) => change({ ask_after_s: Number(value) })}
          options={seconds(ASK_AFTER, settings.ask_after_s, testIds.device.askAfter)}
        />
        <OptionField
          label={t("device.leave-after")}
          look="segments"
          value={String(settings.leave_after_s)}
          onChange={(value) => change({ leave_after_s: Number(value) })}
          options={seconds(LEAVE_AFTER, settings.leave_after_s, testIds.device.leaveAfter)}
        />
      </section>
      <section className="panel">
        <h2>{t("device.welcome")}</h2>
        <CheckboxGroup
          className="field options options-list"
          value={[...offered]}
          isRequired
          validationBehavior="aria"
          onChange={(chosen) => {
            const next = props.languages.filter((id) => chosen.includes(id));
            if (next.length > 0) change({ languages: next.length === props.languages.length ? [] : next });
          }}
        >
          <Label>{t("device.languages")}</Label>
          <Text slot="description" className="field-help">
            {t("device.languages-help")}
          </Text>
          <div className="options-row">
            {props.languages.map((id) => (
              <Checkbox key={id} value={id} className="option" data-testid={testIds.device.language(id)}>
                <span className="option-box">
                  <Icon name="check" />
                </span>
                <span className="option-text" lang={id}>
                  {ownName(id)}
                </span>
              </Checkbox>
            ))}
          </div>
        </CheckboxGroup>
        {offered.map((id, place) => (
          <TextField
            key={id}
            label={t("device.welcome-in", { language: nameOf(id, language) })}
            {...(place === 0 ? { help: t("device.welcome-help") } : {})}
            value={settings.welcome[id] ?? ""}
            onChange={(text) => change({ welcome: { ...settings.welcome, [id]: text } })}
            maxLength={200}
            testId={testIds.device.welcome(id)}
          />
        ))}
      </section>
      <section className="panel">
        <OptionField
          label={t("device.keyboard")}
          value={settings.keyboard}
          onChange={(value) =>
            change({ keyboard: KEYBOARD.find((use) => use === value) ?? settings.keyboard })
          }
          options={KEYBOARD.map((id) => ({
            id,
            label: t(`device.keyboard-${id}`),
            testId: testIds.device.keyboard(id),
          }))}
        />
        <OptionField
          label={t("device.print")}
          help={t("device.print-help")}
          value={settings.prints_tickets ? "on" : "off"}
          onChange={(value) => change({ prints_tickets: value === "on" })}
          options={(["off", "on"] as const).map((id) => ({
            id,
            label: t(`device.print-${id}`),
            testId: testIds.device.print(id),
          }))}
        />
      </section>
      <FailureNotice failure={configure.failure} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={configure.pending} data-testid={testIds.device.save}>
          {t("device.save")}
        </Button>
        <p role="status" className="device-saved">
          {saved && (
            <span className="verdict verdict-good" data-testid={testIds.device.saved}>
              <Icon name="check" />
              {t("device.saved")}
            </span>
          )}
        </p>
      </div>
    </Form>
  );
}
