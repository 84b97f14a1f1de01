// What stands around every step of the intake: how far, a person, what was answered with alarm, and the way on and back.

import { type ReactNode, useEffect, useRef } from "react";
import { ProgressBar } from "react-aria-components";
import { errorText, useText } from "../../i18n";
import { progressOf } from "../../logic/progress";
import { Button } from "../../parts/button";
import { Icon, Mark } from "../../parts/icon";
import type { Failure } from "../../rpc/client";
import type { IntakeView } from "../../rpc/schema";
import { testIds } from "../../testids";
import { Asked, AskedIn } from "./asked";
import { VoiceBar, VoiceSwitch } from "./voice";

export function Frame(props: {
  readonly clinic: string | null;
  readonly view: IntakeView;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onPerson: () => void;
  readonly onComfort: () => void;
  readonly children: ReactNode;
}) {
  const { view } = props;
  const { t } = useText();
  return (
    <AskedIn language={view.asked_in}>
      <div className="kiosk-frame" aria-busy={props.busy}>
        <header className="kiosk-head">
          <div className="kiosk-brand">
            <Mark />
            <span>{props.clinic ?? t("app.name")}</span>
          </div>
          <Progress view={view} />
          <div className="kiosk-tools">
            <ComfortButton onPress={props.onComfort} />
            <VoiceSwitch />
            <Button
              icon="hand"
              className="kiosk-person"
              isDisabled={view.help_requested}
              onPress={props.onPerson}
              data-testid={testIds.kiosk.person}
            >
              {view.help_requested ? t("kiosk.person-done") : t("kiosk.person")}
            </Button>
          </div>
        </header>
        <main className="kiosk-main">
          <div role="alert">
            {view.alert !== null && (
              <div className="kiosk-alert" data-testid={testIds.kiosk.alert}>
                <Icon name="hand" />
                <p>
                  <Asked>{view.alert}</Asked>
                </p>
              </div>
            )}
          </div>
          <div role="status">
            {view.help_requested && view.alert === null && (
              <div className="kiosk-called">
                <Icon name="person" />
                <p>{t("kiosk.person-called")}</p>
              </div>
            )}
          </div>
          <Trouble failure={props.failure} />
          <VoiceBar />
          {props.children}
        </main>
      </div>
    </AskedIn>
  );
}

/** Opens the one place of size, contrast and sound. */
export function ComfortButton({ onPress }: { readonly onPress: () => void }) {
  const { t } = useText();
  return (
    <Button icon="textSize" className="kiosk-comfort" onPress={onPress} data-testid={testIds.comfort.open}>
      {t("kiosk.comfort.open")}
    </Button>
  );
}

/** A failure in words that a patient can act on. */
export function Trouble({ failure }: { readonly failure: Failure | null }) {
  const { t, language } = useText();
  return (
    <div role="alert">
      {failure !== null && (
        <div className="kiosk-trouble" data-testid={testIds.failure} data-code={failure.code}>
          <Icon name="alarm" />
          {failure.code.startsWith("answer.") ? (
            <p>
              {errorText(language, failure.code).what} {errorText(language, failure.code).next}
            </p>
          ) : (
            <p>{t("kiosk.trouble")}</p>
          )}
        </div>
      )}
    </div>
  );
}

function Progress({ view }: { readonly view: IntakeView }) {
  const { t } = useText();
  const reached = useRef(0);
  const progress = progressOf(view, reached.current);
  const share = progress?.share ?? 0;
  useEffect(() => {
    reached.current = Math.max(reached.current, share);
  }, [share]);
  if (progress === null) return null;
  const text =
    progress.stage === "questions"
      ? t("kiosk.progress.left", { count: progress.left })
      : t(`kiosk.progress.${progress.stage}`);
  return (
    <ProgressBar
      className="kiosk-progress"
      aria-label={t("kiosk.progress-label")}
      value={Math.round(share * 100)}
      valueLabel={text}
      data-testid={testIds.kiosk.progress}
    >
      {({ percentage }) => (
        <>
          <span className="kiosk-progress-track" aria-hidden="true">
            <span className="kiosk-progress-fill" style={{ inlineSize: `${percentage ?? 0}%` }} />
          </span>
          <span className="kiosk-progress-text">{text}</span>
        </>
      )}
    </ProgressBar>
  );
}

/** The buttons at the foot of a step. `next` submits the step's form. */
export function Foot(props: {
  readonly next: string;
  readonly busy: boolean;
  readonly onBack?: (() => void) | undefined;
  readonly onSkip?: (() => void) | undefined;
  readonly onUnknown?: (() => void) | undefined;
  readonly nextTestId?: string;
}) {
  const { t } = useText();
  return (
    <div className="kiosk-foot">
      {props.onBack !== undefined && (
        <Button
          size="large"
          icon="back"
          className="kiosk-back"
          onPress={props.onBack}
          data-testid={testIds.kiosk.back}
        >
          {t("kiosk.back")}
        </Button>
      )}
      <div className="kiosk-aside">
        {props.onUnknown !== undefined && (
          <Button look="bare" size="large" onPress={props.onUnknown} data-testid={testIds.kiosk.unknown}>
            {t("kiosk.unknown")}
          </Button>
        )}
        {props.onSkip !== undefined && (
          <Button look="bare" size="large" onPress={props.onSkip} data-testid={testIds.kiosk.skip}>
            {t("kiosk.skip")}
          </Button>
        )}
      </div>
      <Button
        type="submit"
        look="primary"
        size="large"
        iconAfter="forward"
        className="kiosk-next"
        isPending={props.busy}
        data-testid={props.nextTestId ?? testIds.kiosk.next}
      >
        {props.next}
      </Button>
    </div>
  );
}
