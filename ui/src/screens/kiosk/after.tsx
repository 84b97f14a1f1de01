// After the questions: review, thanks, or a polite end.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { useBrand } from "../../app/brand";
import { useText } from "../../i18n";
import { FAREWELL_MS } from "../../logic/idle";
import { Button } from "../../parts/button";
import { Form } from "../../parts/field";
import { StepHeading } from "../../parts/page";
import type { IntakeView, ReviewLine } from "../../rpc/schema";
import { testIds } from "../../testids";
import { Asked } from "./asked";
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
              <dt>
                <Asked>{line.question}</Asked>
              </dt>
              <dd
                data-testid={testIds.kiosk.reviewAnswer(line.link_id)}
                className={line.answer === null ? "review-none" : ""}
              >
                {line.answer !== null ? (
                  <Asked>{line.answer}</Asked>
                ) : line.unclear === null ? (
                  t("kiosk.review.none")
                ) : (
                  t("kiosk.review.unclear", { words: line.unclear })
                )}
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

export function Done(props: {
  readonly ticket: string;
  readonly clinic: string | null;
  /** Whether the ticket goes to the printer by itself. */
  readonly prints: boolean;
  readonly onLeave: () => void;
}) {
  const { ticket, prints } = props;
  const { t } = useText();
  useSpokenStep({
    key: "done",
    prompt: t("kiosk.voice.done", { ticket: [...ticket].join(" ") }),
    asked: { what: "nothing" },
    onMeaning: () => true,
  });
  const printed = useRef(false);
  useEffect(() => {
    if (!prints || printed.current) return;
    printed.current = true;
    window.print();
  }, [prints]);
  return (
    <div className="farewell" data-testid={testIds.kiosk.done}>
      <StepHeading className="kiosk-title">{t("kiosk.done.title")}</StepHeading>
      <div className="ticket">
        <TicketHead clinic={props.clinic} />
        <span className="ticket-label">{t("kiosk.done.ticket")}</span>
        <bdi className="ticket-code" dir="ltr" data-testid={testIds.kiosk.ticket} translate="no">
          {ticket}
        </bdi>
        <span className="ticket-note print-only">{t("kiosk.ticket.note")}</span>
      </div>
      <p className="kiosk-text">{t("kiosk.done.text")}</p>
      <Farewell onLeave={props.onLeave}>
        {prints && (
          <Button
            size="large"
            icon="printer"
            onPress={() => window.print()}
            data-testid={testIds.kiosk.printTicket}
          >
            {t("kiosk.ticket.print")}
          </Button>
        )}
      </Farewell>
    </div>
  );
}

/** On paper, whose ticket it is. */
function TicketHead({ clinic }: { readonly clinic: string | null }) {
  const brand = useBrand();
  return (
    <>
      {brand?.installed && <span className="ticket-brand print-only">{brand.company}</span>}
      <span className="ticket-clinic print-only">{clinic}</span>
    </>
  );
}

export function Declined({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useText();
  useSpokenStep({
    key: "declined",
    prompt: `${t("kiosk.declined.title")}. ${t("kiosk.declined.text")}`,
    asked: { what: "nothing" },
    onMeaning: () => true,
  });
  return (
    <div className="farewell" data-testid={testIds.kiosk.declined}>
      <StepHeading className="kiosk-title">{t("kiosk.declined.title")}</StepHeading>
      <p className="kiosk-text">{t("kiosk.declined.text")}</p>
      <Farewell onLeave={onLeave} />
    </div>
  );
}

const SIGNS_OF_LIFE = ["pointerdown", "keydown"] as const;

/** The screen clears itself; a button does it at once, and any touch gives more time. */
function Farewell(props: { readonly onLeave: () => void; readonly children?: ReactNode }) {
  const { onLeave } = props;
  const { t } = useText();
  const [left, setLeft] = useState(FAREWELL_MS / 1000);

  useEffect(() => {
    let end = Date.now() + FAREWELL_MS;
    const stay = () => {
      end = Date.now() + FAREWELL_MS;
    };
    const timer = setInterval(() => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      if (seconds <= 0) onLeave();
      else setLeft(seconds);
    }, 500);
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, stay, { capture: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, stay, { capture: true });
    };
  }, [onLeave]);

  return (
    <>
      <div className="farewell-buttons">
        {props.children}
        <Button look="primary" size="large" onPress={onLeave} data-testid={testIds.kiosk.finish}>
          {t("kiosk.done.leave")}
        </Button>
      </div>
      <div className="kiosk-small">
        <p aria-hidden="true">{t("kiosk.done.countdown", { count: left })}</p>
        <p>{t("kiosk.done.longer")}</p>
      </div>
    </>
  );
}
