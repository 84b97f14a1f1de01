// What stands over the kiosk's and the staff's screens while they are rehearsed.

import { useNavigate } from "@tanstack/react-router";
import { appState, queryClient } from "../../app/queries";
import { rehearsal, useRehearsal } from "../../app/rehearsal";
import { setLanguage, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { testIds } from "../../testids";

export function RehearsalStrip() {
  const { t } = useText();
  const navigate = useNavigate();
  const side = useRehearsal();
  if (side === null) return null;

  function speakStaff() {
    const state = queryClient.getQueryData(appState.queryKey);
    if (state !== undefined) setLanguage(state.language);
  }

  async function arrive() {
    rehearsal.arrive();
    speakStaff();
    await navigate({ to: "/clinic" });
  }

  async function end() {
    await rehearsal.end();
    speakStaff();
    await navigate({ to: "/" });
  }

  return (
    <aside
      className="rehearsal"
      aria-label={t("rehearsal.strip")}
      data-testid={testIds.rehearsal.strip}
      data-side={side}
    >
      <p>
        <strong>{t("rehearsal.strip")}</strong>
        <span>{side === "patient" ? t("rehearsal.strip-patient") : t("rehearsal.strip-staff")}</span>
      </p>
      {side === "patient" && (
        <Button size="small" look="primary" onPress={arrive} data-testid={testIds.rehearsal.arrive}>
          {t("rehearsal.arrived")}
        </Button>
      )}
      <Button
        size="small"
        look={side === "staff" ? "primary" : "plain"}
        onPress={end}
        data-testid={testIds.rehearsal.end}
      >
        {t("rehearsal.end")}
      </Button>
    </aside>
  );
}
