// After the questions: review, thanks, or a polite end.

import { useEffect, useState } from "react";
import { useText } from "../../i18n";
import { IDLE } from "../../logic/idle";
import { Button } from "../../parts/button";
import { Form } from "../../parts/field";
import { StepHeading } from "../../parts/page";
import type { IntakeView, ReviewLine } from "../../rpc/schema";
import { testIds } from "../../testids";
import { booleanOf } from "./before";
import { Foot } from "./frame";
import { useSpokenStep } from "./voice";

export function ReviewStep(props: {
  readonly view: IntakeView;
  readonly lines: readonly ReviewLine[];
  readonly busy: boolean;
  readonly onChange: (linkId: string) => void;
  readonly onBack: () => void;
  readonly onSubmit: () => void;
}) {
  const { t } = useText();
  useSpokenStep({
    key: "review",
    prompt: t("kiosk.voice.review"),
    asked: { what: "confirm" },
    onMeaning: (meaning) => {
      if (meaning.meaning === "back" && props.view.can_go_back) {
        props.onBack();
        return true;
      }
      if (booleanOf(meaning) !== true) return false;
      props.onSubmit();
      return true;
    },
  });
  return (
    <Form className="kiosk-step" onSubmit={props.onSubmit}>
      <div className="kiosk-body" data-testid={testIds.kiosk.review}>
        <StepHeading className="kiosk-title">{t("kiosk.review.title")}</StepHeading>
        <p className="kiosk-text">{t("kiosk.review.text")}</p>
        <dl className="review">
          {props.lines.map((line) => (
            <div className="review-line" key={line.link_id}>
              <dt>{line.question}</dt>
              <dd
                data-testid={testIds.kiosk.reviewAnswer(line.link_id)}
                className={line.answer === null ? "review-none" : ""}
              >
                {line.answer ??
                  (line.unclear === null
                    ? t("kiosk.review.none")
                    : t("kiosk.review.unclear", { words: line.unclear }))}
              </dd>
              <dd className="review-change">
                <Button
                  icon="pen"
                  aria-label={t("kiosk.review.change-label", { question: line.question })}
                  isDisabled={props.busy}
                  onPress={() => props.onChange(line.link_id)}
                  data-testid={testIds.kiosk.change(line.link_id)}
                >
                  {t("kiosk.review.change")}
                </Button>
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <Foot
        next={t("kiosk.review.submit")}
        nextTestId={testIds.kiosk.submit}
        busy={props.busy}
        onBack={props.view.can_go_back ? props.onBack : undefined}
      />
    </Form>
  );
}

export function Done({ ticket, onLeave }: { readonly ticket: string; readonly onLeave: () => void }) {
  const { t } = useText();
  useSpokenStep({
    key: "done",
    prompt: t("kiosk.voice.done", { ticket: [...ticket].join(" ") }),
    asked: { what: "nothing" },
    onMeaning: () => true,
  });
  return (
    <div className="farewell" data-testid={testIds.kiosk.done}>
      <StepHeading className="kiosk-title">{t("kiosk.done.title")}</StepHeading>
      <div className="ticket">
        <span className="ticket-label">{t("kiosk.done.ticket")}</span>
        <span className="ticket-code" data-testid={testIds.kiosk.ticket} translate="no">
          {ticket}
        </span>
      </div>
      <p className="kiosk-text">{t("kiosk.done.text")}</p>
      <Farewell onLeave={onLeave} />
    </div>
  );
}

export function Declined({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useText();
  return (
    <div className="farewell" data-testid={testIds.kiosk.declined}>
      <StepHeading className="kiosk-title">{t("kiosk.declined.title")}</StepHeading>
      <p className="kiosk-text">{t("kiosk.declined.text")}</p>
      <Farewell onLeave={onLeave} />
    </div>
  );
}

/** The screen clears itself; a button does it at once. */
function Farewell({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useText();
  const [left, setLeft] = useState(IDLE.farewellMs / 1000);

  useEffect(() => {
    const end = Date.now() + IDLE.farewellMs;
    const timer = setInterval(() => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      if (seconds <= 0) onLeave();
      else setLeft(seconds);
    }, 500);
    return () => clearInterval(timer);
  }, [onLeave]);

  return (
    <>
      <Button look="primary" size="large" onPress={onLeave} data-testid={testIds.kiosk.finish}>
        {t("kiosk.done.leave")}
      </Button>
      <p className="kiosk-small" aria-hidden="true">
        {t("kiosk.done.countdown", { count: left })}
      </p>
    </>
  );
}
