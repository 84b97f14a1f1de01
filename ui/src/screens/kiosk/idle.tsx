// "Are you still there?"

import { useCallback, useEffect, useRef, useState } from "react";
import { useText } from "../../i18n";
import { IDLE, type IdlePhase, idlePhase } from "../../logic/idle";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { testIds } from "../../testids";

const ACTIVITY = ["pointerdown", "keydown", "input", "wheel"] as const;

/** Follows the silence while `on`; calls `onOver` once when it has lasted too long. */
export function useIdle(on: boolean, onOver: () => void): { phase: IdlePhase; stay: () => void } {
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
      const next = idlePhase(Date.now() - last.current, IDLE);
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
  }, [on, onOver, stay]);

  return { phase, stay };
}

export function IdleQuestion(props: {
  readonly secondsLeft: number;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useText();
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
