// What every step of the first start has: how far it is, and the buttons that end it.

import { type ReactNode, useEffect } from "react";
import { useText } from "../../i18n";
import { STEPS, type Stage, stepOf } from "../../logic/setup";
import { Button } from "../../parts/button";
import { testIds } from "../../testids";

export function StepCount({ stage }: { readonly stage: Stage }) {
  const { t } = useText();
  const step = stepOf(stage);
  if (step === null) return null;
  return (
    <div className="steps">
      <span>{t("setup.step", { step, steps: STEPS.length })}</span>
      <span className="steps-bar" aria-hidden="true">
        {STEPS.map((stages, place) => (
          <span key={stages[0]} className={place < step ? "steps-done" : ""} />
        ))}
      </span>
    </div>
  );
}

/** On, and where it makes sense back. `quiet`: going on leaves something out, so it is not the button that draws the eye. */
export function StepButtons(props: {
  readonly next: ReactNode;
  /** Where it is not the form's own button. */
  readonly onNext?: () => void;
  readonly onBack?: (() => void) | undefined;
  readonly pending?: boolean;
  readonly quiet?: boolean;
  readonly children?: ReactNode;
}) {
  const { t } = useText();
  const pending = props.pending ?? false;
  return (
    <div className="buttons setup-buttons">
      {props.children}
      <Button
        type={props.onNext === undefined ? "submit" : "button"}
        look={props.quiet ? "plain" : "primary"}
        size="large"
        isPending={pending}
        {...(props.onNext === undefined ? {} : { onPress: props.onNext })}
        data-testid={testIds.setup.next}
      >
        {props.next}
      </Button>
      {props.onBack !== undefined && (
        <Button
          look="bare"
          size="large"
          onPress={props.onBack}
          isDisabled={pending}
          data-testid={testIds.setup.back}
        >
          {t("app.back")}
        </Button>
      )}
    </div>
  );
}

/** After the next paint, so that the fields are marked by then. */
export function focusFirstProblem() {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  });
}

/** Asks before the page is left while the recovery words are on it. */
export function useWarnBeforeLeaving(on: boolean, text: string) {
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
