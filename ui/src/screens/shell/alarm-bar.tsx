// Alarms and requests for a person, on every staff screen until somebody takes them.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { alarms, useKnownAlarms } from "../../app/alarms";
import { encounterList, queryClient } from "../../app/queries";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { startOfDay } from "../../logic/date";
import { inOrder, wantsPerson } from "../../logic/worklist";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import type { EncounterLine } from "../../rpc/schema";
import { testIds } from "../../testids";

const SHOWN = 3;

export function AlarmBar() {
  const { t } = useText();
  const { titles, seen, called } = useKnownAlarms();
  const lines = useQuery(encounterList(startOfDay(new Date()), null)).data ?? [];
  // An encounter that is open on the page shows its own alarms there.
  const here = useParams({ strict: false }).id;
  const open = inOrder(lines).filter(
    (line) => line.id !== here && (line.open_flag !== null || (wantsPerson(line) && !seen.has(line.id))),
  );
  return (
    <section className="alarms" aria-label={t("alarm.region")} aria-live="assertive">
      {called && (
        <div className="alarm alarm-help" data-testid={testIds.shell.call}>
          <Icon name="hand" />
          <p className="alarm-text">
            <strong>{t("alarm.call")}</strong>
          </p>
          <div className="alarm-actions">
            <Button size="small" onPress={alarms.markAnswered} data-testid={testIds.shell.callSeen}>
              {t("alarm.acknowledge")}
            </Button>
          </div>
        </div>
      )}
      {open.slice(0, SHOWN).map((line) => (
        <Alarm key={line.id} line={line} title={titles.get(line.id) ?? null} />
      ))}
      {open.length > SHOWN && (
        <p className="alarms-more">{t("alarm.more", { count: open.length - SHOWN })}</p>
      )}
    </section>
  );
}

function Alarm({ line, title }: { readonly line: EncounterLine; readonly title: string | null }) {
  const { t } = useText();
  const mayRead = useMay("encounter-read");
  const mayAcknowledge = useMay("red-flag-acknowledge");
  const acknowledge = useCall("flags.acknowledge");
  const { open_flag: flag, ticket } = line;

  async function take() {
    const done = await acknowledge.run({ encounter: line.id, flag: null });
    if (done !== undefined) await queryClient.invalidateQueries({ queryKey: ["encounters"] });
  }

  const severity = flag === null ? null : t(`severity.${flag}`);
  const what =
    severity === null
      ? t("alarm.help")
      : title === null
        ? t("alarm.flag-untitled", { severity })
        : t("alarm.flag", { severity, title });
  return (
    <div className={`alarm alarm-${flag ?? "help"}`} data-testid={testIds.shell.alarm(ticket)}>
      <Icon name={flag === null ? "hand" : "alarm"} />
      <p className="alarm-text">
        <strong>{what}</strong>
        <span className="alarm-ticket">{t("alarm.ticket", { ticket })}</span>
      </p>
      <FailureNotice failure={acknowledge.failure} />
      <div className="alarm-actions">
        {mayRead && (
          <Link
            to="/clinic/encounters/$id"
            params={{ id: line.id }}
            className="button button-plain button-small"
            data-testid={testIds.shell.alarmOpen(ticket)}
          >
            {t("alarm.open")}
          </Link>
        )}
        {flag === null ? (
          <Button
            size="small"
            onPress={() => alarms.markSeen(line.id)}
            data-testid={testIds.shell.alarmAcknowledge(ticket)}
          >
            {t("alarm.dismiss")}
          </Button>
        ) : (
          mayAcknowledge && (
            <Button
              look="danger"
              size="small"
              onPress={take}
              isPending={acknowledge.pending}
              data-testid={testIds.shell.alarmAcknowledge(ticket)}
            >
              {t("alarm.acknowledge")}
            </Button>
          )
        )}
      </div>
    </div>
  );
}
