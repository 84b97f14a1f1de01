// The way out of the kiosk: the PIN of somebody who may open one, or their name and password.

import { useEffect, useRef, useState } from "react";
import { TextField as AriaTextField, Input, Label } from "react-aria-components";
import { useText } from "../../i18n";
import { europeanDigits, isPin, PIN_MOST } from "../../logic/digits";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form } from "../../parts/field";
import type { Session } from "../../rpc/schema";
import { testIds } from "../../testids";
import { CredentialsForm } from "../sign-in/credentials";
import { Keypad } from "./entries";

interface Exit {
  readonly onClose: () => void;
  readonly onLeft: (session: Session) => void;
}

export function StaffExit(
  props: Exit & {
    /** Whether somebody has a PIN to leave with. */
    readonly pinPad: boolean;
  },
) {
  const [byName, setByName] = useState(!props.pinPad);
  return byName ? (
    <ByName {...props} onPin={() => setByName(false)} />
  ) : (
    <ByPin {...props} onName={() => setByName(true)} />
  );
}

function ByPin(props: Exit & { readonly onName: () => void }) {
  const { t } = useText();
  const leave = useCall("kiosk.leave");
  const [pin, setPin] = useState("");
  const [checked, setChecked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  function change(next: string) {
    setChecked(false);
    setPin(
      europeanDigits(next)
        .replaceAll(/[^0-9]/g, "")
        .slice(0, PIN_MOST),
    );
  }

  async function submit() {
    setChecked(true);
    if (!isPin(pin)) return;
    const opened = await leave.run({ pin });
    setPin("");
    setChecked(false);
    if (opened !== undefined) props.onLeft(opened);
  }

  return (
    <Dialog
      title={t("kiosk.staff.title")}
      onClose={props.onClose}
      className="kiosk-overlay staff-pad"
      testId={testIds.kiosk.staffPad}
    >
      <Form onSubmit={submit} className="form staff-pin">
        <p>{t("kiosk.staff.pin-text")}</p>
        <AriaTextField
          className="staff-pin-field"
          type="password"
          value={pin}
          onChange={change}
          autoComplete="off"
          isInvalid={checked && !isPin(pin)}
          validationBehavior="aria"
        >
          <Label>{t("kiosk.staff.pin")}</Label>
          {/* The keys below are all that it needs: no keyboard comes up for it. */}
          <Input ref={field} inputMode="none" data-testid={testIds.kiosk.staffPin} />
        </AriaTextField>
        <div role="alert">
          {checked && !isPin(pin) && <p className="field-problem">{t("account.pin.form")}</p>}
        </div>
        <FailureNotice failure={leave.failure} />
        <div className="staff-pin-keys">
          <Keypad onKey={(key) => change(pin + key)} onDelete={() => change(pin.slice(0, -1))} />
        </div>
        <Button
          type="submit"
          look="primary"
          size="large"
          isPending={leave.pending}
          data-testid={testIds.kiosk.staffPinSubmit}
        >
          {t("kiosk.staff.leave")}
        </Button>
        <Button look="bare" onPress={props.onName} data-testid={testIds.kiosk.staffByName}>
          {t("kiosk.staff.by-name")}
        </Button>
      </Form>
    </Dialog>
  );
}

function ByName(props: Exit & { readonly pinPad: boolean; readonly onPin: () => void }) {
  const { t } = useText();
  const { staffLogin: login, staffPassword: password, staffSubmit: submit } = testIds.kiosk;
  return (
    <Dialog title={t("kiosk.staff.title")} onClose={props.onClose}>
      <CredentialsForm
        method="kiosk.close"
        onOpened={props.onLeft}
        testIds={{ login, password, submit }}
        submit={t("kiosk.staff.leave")}
        atKiosk
        otherButton={
          props.pinPad && (
            <Button look="bare" onPress={props.onPin} data-testid={testIds.kiosk.staffByPin}>
              {t("kiosk.staff.by-pin")}
            </Button>
          )
        }
      >
        <p>{t("kiosk.staff.text")}</p>
      </CredentialsForm>
    </Dialog>
  );
}
