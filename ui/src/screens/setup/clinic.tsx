// The clinic and its administrator, then the vault's passphrase. Nothing is made before both are filled in.

import { useState } from "react";
import { queryClient } from "../../app/queries";
import { session } from "../../app/session";
import { useText } from "../../i18n";
import {
  checkAgain,
  checkLogin,
  checkName,
  checkSecret,
  PASSPHRASE_LEAST,
  PASSWORD_LEAST,
} from "../../logic/setup";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, SecretField, TextField } from "../../parts/field";
import { useFields } from "../../parts/fields";
import { StepHeading } from "../../parts/page";
import { problemText } from "../../parts/problem";
import type { ClinicCreated } from "../../rpc/schema";
import { testIds } from "../../testids";
import { focusFirstProblem, StepButtons } from "./frame";

const BLANK = {
  clinic: "",
  administrator: "",
  login: "",
  password: "",
  passwordAgain: "",
  passphrase: "",
  passphraseAgain: "",
};

export function MakeClinic(props: {
  readonly stage: "clinic" | "passphrase";
  readonly onStage: (stage: "clinic" | "passphrase") => void;
  readonly onBack: () => void;
  readonly onCreated: (clinic: string, created: ClinicCreated) => void;
}) {
  const { t, language } = useText();
  const { fields, field, clear } = useFields(BLANK);
  const [checked, setChecked] = useState(false);
  const create = useCall("clinic.create");
  const signIn = useCall("session.sign-in");
  const pending = create.pending || signIn.pending;

  const problems = {
    clinic: checkName(fields.clinic),
    administrator: checkName(fields.administrator),
    login: checkLogin(fields.login),
    password: checkSecret(fields.password, PASSWORD_LEAST),
    passwordAgain: checkAgain(fields.password, fields.passwordAgain),
    passphrase: checkSecret(fields.passphrase, PASSPHRASE_LEAST),
    passphraseAgain: checkAgain(fields.passphrase, fields.passphraseAgain),
  };
  const shown = (name: keyof typeof BLANK) => (checked ? problemText(t, problems[name]) : null);
  const goTo = (stage: "clinic" | "passphrase") => {
    setChecked(false);
    props.onStage(stage);
  };
  const leave = (names: readonly (keyof typeof BLANK)[], onward: () => void) => () => {
    if (names.every((name) => problems[name] === null)) onward();
    else {
      setChecked(true);
      focusFirstProblem();
    }
  };

  async function make() {
    const { clinic, administrator, login, password, passphrase } = fields;
    const created = await create.run({
      clinic: clinic.trim(),
      language,
      administrator: administrator.trim(),
      login: login.trim(),
      password,
      passphrase,
      guided: true,
    });
    if (created === undefined) return;
    // What follows is the administrator's to do; nobody types the password a third time for it.
    const opened = await signIn.run({ login: login.trim(), password });
    // From here on nobody needs the secrets that were typed.
    clear();
    if (opened !== undefined) session.begin(opened);
    await queryClient.invalidateQueries({ queryKey: ["app"] });
    props.onCreated(clinic.trim(), created);
  }

  if (props.stage === "clinic") {
    return (
      <Form
        key="clinic"
        onSubmit={leave(["clinic", "administrator", "login", "password", "passwordAgain"], () =>
          goTo("passphrase"),
        )}
      >
        <StepHeading>{t("setup.clinic.title")}</StepHeading>
        <p className="lead">{t("setup.clinic.text")}</p>
        <TextField
          label={t("setup.clinic.name")}
          help={t("setup.clinic.name-help")}
          problem={shown("clinic")}
          testId={testIds.setup.clinicName}
          autoComplete="organization"
          {...field("clinic")}
        />
        <div className="setup-pair">
          <TextField
            label={t("setup.administrator.name")}
            help={t("setup.administrator.name-help")}
            problem={shown("administrator")}
            testId={testIds.setup.administratorName}
            autoComplete="name"
            {...field("administrator")}
          />
          <TextField
            label={t("setup.administrator.login")}
            help={t("setup.administrator.login-help")}
            problem={shown("login")}
            testId={testIds.setup.login}
            autoComplete="username"
            {...field("login")}
          />
          <SecretField
            label={t("setup.administrator.password")}
            help={t("setup.administrator.password-help")}
            problem={shown("password")}
            testId={testIds.setup.password}
            autoComplete="new-password"
            {...field("password")}
          />
          <SecretField
            label={t("setup.administrator.password-again")}
            help={t("setup.administrator.password-again-help")}
            problem={shown("passwordAgain")}
            testId={testIds.setup.passwordAgain}
            autoComplete="new-password"
            {...field("passwordAgain")}
          />
        </div>
        <StepButtons next={t("setup.next")} onBack={props.onBack} />
      </Form>
    );
  }

  return (
    <Form key="passphrase" onSubmit={leave(["passphrase", "passphraseAgain"], make)}>
      <StepHeading>{t("setup.passphrase.title")}</StepHeading>
      <p className="lead">{t("setup.passphrase.text")}</p>
      <SecretField
        label={t("setup.passphrase.field")}
        help={t("setup.passphrase.help")}
        problem={shown("passphrase")}
        testId={testIds.setup.passphrase}
        isDisabled={pending}
        {...field("passphrase")}
      />
      <SecretField
        label={t("setup.passphrase.again")}
        problem={shown("passphraseAgain")}
        testId={testIds.setup.passphraseAgain}
        isDisabled={pending}
        {...field("passphraseAgain")}
      />
      <p className="note">{t("setup.passphrase.note")}</p>
      <FailureNotice failure={create.failure} />
      <StepButtons
        next={pending ? t("setup.creating") : t("setup.create")}
        pending={pending}
        onBack={() => goTo("clinic")}
      />
    </Form>
  );
}
