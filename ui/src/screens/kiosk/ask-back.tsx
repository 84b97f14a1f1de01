// What was typed or said and is not sure: it is asked back once, with buttons, and then left for staff.

import { useEffect } from "react";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { StepHeading } from "../../parts/page";
import { testIds } from "../../testids";
import { WordsEntry } from "./entries";
import type { AskBack } from "./voice";

/** Stands in place of the question until one of its buttons is pressed, or "yes" or "no" is said. */
export function AskBackStep({ question, back }: { readonly question: string; readonly back: AskBack }) {
  const { t } = useText();
  const { doubt, leaving } = back;
  const title = doubt !== null ? t("kiosk.ask-back.mean", { words: doubt.shown }) : t("kiosk.ask-back.leave");
  return (
    <div className="kiosk-ask-back" role="group" aria-label={title}>
      <p className="kiosk-over">{question}</p>
      <StepHeading className="kiosk-title">{title}</StepHeading>
      {doubt === null && leaving !== null && (
        <p className="kiosk-text">{t("kiosk.ask-back.leave-text", { words: leaving.words })}</p>
      )}
      <div className="kiosk-ask-back-buttons">
        <Button
          look="primary"
          size="large"
          onPress={() => (doubt !== null ? back.settle(true) : back.leave(true))}
          data-testid={doubt !== null ? testIds.kiosk.voiceYes : testIds.kiosk.leaveYes}
        >
          {doubt !== null ? t("kiosk.yes") : t("kiosk.ask-back.go-on")}
        </Button>
        <Button
          size="large"
          onPress={() => (doubt !== null ? back.settle(false) : back.leave(false))}
          data-testid={doubt !== null ? testIds.kiosk.voiceNo : testIds.kiosk.leaveNo}
        >
          {doubt !== null ? t("kiosk.ask-back.no") : t("kiosk.ask-back.choose")}
        </Button>
      </div>
    </div>
  );
}

/** The field for an answer in one's own words, where the question has buttons for it. */
export function OwnWords(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  useEffect(() => {
    document.querySelector<HTMLElement>(`[data-testid="${testIds.kiosk.ownText}"]`)?.focus();
  }, []);
  return (
    <>
      <WordsEntry
        label={props.label}
        lines="one"
        maxLength={200}
        testId={testIds.kiosk.ownText}
        value={props.value}
        onChange={props.onChange}
      />
      <Button icon="list" onPress={props.onClose} data-testid={testIds.kiosk.ownClose}>
        {t("kiosk.own-words.close")}
      </Button>
    </>
  );
}
