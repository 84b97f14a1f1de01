// First start: the clinic, its administrator, the vault's passphrase, the recovery words.

import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { queryClient } from "../../app/queries";
import { ownName, SCREEN_LANGUAGES, setLanguage, useText } from "../../i18n";
import {
  checkAgain,
  checkLogin,
  checkName,
  checkSecret,
  PASSPHRASE_LEAST,
  PASSWORD_LEAST,
} from "../../logic/setup";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField, SecretField, TextField } from "../../parts/field";
import { QuietPage, StepHeading } from "../../parts/page";
import { problemText } from "../../parts/problem";
import type { ClinicCreated } from "../../rpc/schema";
import { testIds } from "../../testids";
import { ConfirmWords, RecoveryWords } from "./words";

type Step = "clinic" | "administrator" | "passphrase" | "words" | "confirm" | "done";

const STEPS: readonly Step[] = ["clinic", "administrator", "passphrase", "words", "confirm"];

const BLANK = {
  clinic: "",
  administrator: "",
  login: "",
  password: "",
  passwordAgain: "",
  passphrase: "",
  passphraseAgain: "",
};

export function Setup() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>("clinic");
  const [fields, setFields] = useState(BLANK);
  const [created, setCreated] = useState<ClinicCreated | null>(null);
  const [checked, setChecked] = useState(false);
  const create = useCall("clinic.create");

  const field = (name: keyof typeof BLANK) => ({
    value: fields[name],
    onChange: (value: string) => setFields((old) => ({ ...old, [name]: value })),
  });
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
  const goTo = (next: Step) => {
    setChecked(false);
    setStep(next);
  };
  const leave = (names: readonly (keyof typeof BLANK)[], onward: () => void) => () => {
    if (names.every((name) => problems[name] === null)) onward();
    else {
      setChecked(true);
      focusFirstProblem();
    }
  };

  async function createClinic() {
    const { clinic, administrator, login, password, passphrase } = fields;
    const answer = await create.run({
      clinic: clinic.trim(),
      language,
      administrator: administrator.trim(),
      login: login.trim(),
      password,
      passphrase,
    });
    if (answer === undefined) return;
    // From here on nobody needs the secrets that were typed.
    setFields({ ...BLANK, clinic: clinic.trim() });
    setCreated(answer);
    goTo("words");
  }

  useWarnBeforeLeaving(step === "words" || step === "confirm", t("setup.leave-warning"));

  async function finish() {
    await queryClient.invalidateQueries({ queryKey: ["app"] });
    await navigate({ to: "/" });
  }

  return (
    <QuietPage wide={step === "words"}>
      <StepCount step={step} />
      {step === "clinic" && (
        <Form key="clinic" onSubmit={leave(["clinic"], () => goTo("administrator"))}>
          <StepHeading>{t("setup.clinic.title")}</StepHeading>
          <p className="lead">{t("setup.clinic.text")}</p>
          <OptionField
            label={t("setup.language")}
            help={t("setup.language-help")}
            look="segments"
            value={language}
            onChange={setLanguage}
            options={SCREEN_LANGUAGES.map((id) => ({
              id,
              label: ownName(id),
              lang: id,
              testId: testIds.setup.language(id),
            }))}
          />
          <TextField
            label={t("setup.clinic.name")}
            help={t("setup.clinic.name-help")}
            problem={shown("clinic")}
            testId={testIds.setup.clinicName}
            autoComplete="organization"
            {...field("clinic")}
          />
          <Buttons next={t("setup.next")} />
        </Form>
      )}
      {step === "administrator" && (
        <Form
          key="administrator"
          onSubmit={leave(["administrator", "login", "password", "passwordAgain"], () => goTo("passphrase"))}
        >
          <StepHeading>{t("setup.administrator.title")}</StepHeading>
          <p className="lead">{t("setup.administrator.text")}</p>
          <TextField
            label={t("setup.administrator.name")}
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
            problem={shown("passwordAgain")}
            testId={testIds.setup.passwordAgain}
            autoComplete="new-password"
            {...field("passwordAgain")}
          />
          <Buttons next={t("setup.next")} onBack={() => goTo("clinic")} />
        </Form>
      )}
      {step === "passphrase" && (
        <Form key="passphrase" onSubmit={leave(["passphrase", "passphraseAgain"], createClinic)}>
          <StepHeading>{t("setup.passphrase.title")}</StepHeading>
          <p className="lead">{t("setup.passphrase.text")}</p>
          <SecretField
            label={t("setup.passphrase.field")}
            help={t("setup.passphrase.help")}
            problem={shown("passphrase")}
            testId={testIds.setup.passphrase}
            isDisabled={create.pending}
            {...field("passphrase")}
          />
          <SecretField
            label={t("setup.passphrase.again")}
            problem={shown("passphraseAgain")}
            testId={testIds.setup.passphraseAgain}
            isDisabled={create.pending}
            {...field("passphraseAgain")}
          />
          <p className="note">{t("setup.passphrase.note")}</p>
          <FailureNotice failure={create.failure} />
          <Buttons
            next={create.pending ? t("setup.creating") : t("setup.create")}
            pending={create.pending}
            onBack={() => goTo("administrator")}
          />
        </Form>
      )}
      {step === "words" && created !== null && (
        <RecoveryWords clinic={fields.clinic} created={created} onNext={() => goTo("confirm")} />
      )}
      {step === "confirm" && created !== null && (
        <ConfirmWords
          words={created.recovery_words}
          onBack={() => goTo("words")}
          onConfirmed={() => {
            setCreated(null);
            goTo("done");
          }}
        />
      )}
      {step === "done" && (
        <Form key="done" onSubmit={finish}>
          <StepHeading>{t("setup.done.title", { clinic: fields.clinic })}</StepHeading>
          <p className="lead">{t("setup.done.text")}</p>
          <Buttons next={t("setup.done.next")} />
        </Form>
      )}
    </QuietPage>
  );
}

function StepCount({ step }: { readonly step: Step }) {
  const { t } = useText();
  const place = STEPS.indexOf(step);
  if (place < 0) return null;
  return (
    <div className="steps">
      <span>{t("setup.step", { step: place + 1, steps: STEPS.length })}</span>
      <span className="steps-bar" aria-hidden="true">
        {STEPS.map((one, index) => (
          <span key={one} className={index <= place ? "steps-done" : ""} />
        ))}
      </span>
    </div>
  );
}

function Buttons(props: {
  readonly next: ReactNode;
  readonly onBack?: () => void;
  readonly pending?: boolean;
}) {
  const { t } = useText();
  return (
    <div className="buttons">
      <Button
        type="submit"
        look="primary"
        size="large"
        isPending={props.pending ?? false}
        data-testid={testIds.setup.next}
      >
        {props.next}
      </Button>
      {props.onBack !== undefined && (
        <Button
          look="bare"
          size="large"
          onPress={props.onBack}
          isDisabled={props.pending ?? false}
          data-testid={testIds.setup.back}
        >
          {t("app.back")}
        </Button>
      )}
    </div>
  );
}

/** After the next paint, so that the fields are marked by then. */
function focusFirstProblem() {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  });
}

function useWarnBeforeLeaving(on: boolean, text: string) {
  useEffect(() => {
    if (!on) return;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      return text;
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [on, text]);
}
