// "Are you still there?"

import { useCallback, useEffect, useRef, useState } from "react";
import { useText } from "../../i18n";
import { type IdlePhase, type IdleTiming, idlePhase } from "../../logic/idle";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { call } from "../../rpc/client";
import type { EncounterId } from "../../rpc/schema";
import { testIds } from "../../testids";
import { booleanOf } from "./before";
import { useVoice } from "./voice";

const ACTIVITY = ["pointerdown", "keydown", "input", "wheel"] as const;

/** Follows the silence while `on`; calls `onOver` once when it has lasted too long. */
export function useIdle(
  on: boolean,
  onOver: () => void,
  timing: IdleTiming,
): { phase: IdlePhase; stay: () => void } {
  const { askAfterMs, leaveAfterMs } = timing;
  const [phase, setPhase] = useState<IdlePhase>({ kind: "active" });
  const last = useRef(0);
  const asking = useRef(false);

  const stay = useCallback(() => {
    last.current = Date.now();
    asking.current = false;
    setPhase({ kind: "active" });
  }, []);

  useEffect(() => {
    if (!on) return;
    stay();
    // While it asks, only an answer counts: the touch that presses "no" must not first be taken for a sign of life.
    const active = () => {
      if (!asking.current) last.current = Date.now();
    };
    const timer = setInterval(() => {
      const next = idlePhase(Date.now() - last.current, { askAfterMs, leaveAfterMs });
      asking.current = next.kind === "asking";
      if (next.kind === "over") {
        stay();
        onOver();
      } else {
        setPhase((old) => (old.kind === "active" && next.kind === "active" ? old : next));
      }
    }, 1000);
    for (const event of ACTIVITY) window.addEventListener(event, active, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      asking.current = false;
      setPhase({ kind: "active" });
      for (const event of ACTIVITY) window.removeEventListener(event, active, { capture: true });
    };
  }, [on, onOver, stay, askAfterMs, leaveAfterMs]);

  return { phase, stay };
}

export function IdleQuestion(props: {
  /** The intake that is open; none before one is. */
  readonly encounter: EncounterId | null;
  /** Whether the kiosk can say it. */
  readonly speaks: boolean;
  readonly secondsLeft: number;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useText();
  useSpokenIdle(props);
  return (
    <Dialog
      title={t("kiosk.idle.title")}
      role="alertdialog"
      onClose={props.onStay}
      mustAnswer
      className="kiosk-overlay"
      testId={testIds.kiosk.idle}
    >
      <p className="kiosk-text">{t("kiosk.idle.text")}</p>
      {/* Said once when the window opens; a number each second would drown everything else. */}
      <p className="idle-count" aria-hidden="true">
        {t("kiosk.idle.countdown", { count: props.secondsLeft })}
      </p>
      <div className="kiosk-stack">
        <Button
          look="primary"
          size="large"
          autoFocus
          className="idle-stay"
          onPress={props.onStay}
          data-testid={testIds.kiosk.idleStay}
        >
          {t("kiosk.idle.stay")}
        </Button>
        <Button size="large" onPress={props.onLeave} data-testid={testIds.kiosk.idleLeave}>
          {t("kiosk.idle.leave")}
        </Button>
      </div>
    </Dialog>
  );
}

/** Asks it aloud, once: whoever speaks with the kiosk can answer so; anyone else hears it from across the room. */
function useSpokenIdle(props: {
  readonly encounter: EncounterId | null;
  readonly speaks: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useText();
  const voice = useVoice();
  const interrupt = voice?.on === true ? voice.interrupt : null;
  const { encounter, speaks } = props;
  const answer = useRef(props);
  answer.current = props;
  const prompt = t("kiosk.voice.still-there");

  useEffect(() => {
    if (interrupt !== null) {
      interrupt({
        key: "idle",
        prompt,
        asked: { what: "confirm" },
        onMeaning: (meaning) => {
          const yes = booleanOf(meaning);
          if (yes === false) answer.current.onLeave();
          else answer.current.onStay();
          return true;
        },
      });
      return () => interrupt(null);
    }
    if (speaks && encounter !== null) call("voice.say", { encounter, prompt }).catch(() => {});
    return;
  }, [interrupt, prompt, speaks, encounter]);
}
