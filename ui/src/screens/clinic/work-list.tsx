// Who is here, who waits, who needs somebody now.

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type MouseEvent, useState } from "react";
import { encounterList, sites } from "../../app/queries";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { momentInWords, startOfDay } from "../../logic/date";
import { countWaiting, inOrder, wantsPerson } from "../../logic/worklist";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { OptionField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { asFailure } from "../../rpc/client";
import type { EncounterLine, SiteId } from "../../rpc/schema";
import { testIds } from "../../testids";
import { ConfirmIdentity } from "../patients/confirm";
import { PageHead } from "../shell/shell";
import { useKiosk } from "../shell/to-kiosk";
import { SiteChoice } from "../sites/site-choice";
import { OpenEncounter } from "./open-encounter";

const PERIODS = ["today", "week", "all"] as const;
type Period = (typeof PERIODS)[number];

function since(period: Period): number | null {
  if (period === "all") return null;
  return startOfDay(new Date(), period === "today" ? 0 : 6);
}

export function WorkList() {
  const { t } = useText();
  const [period, setPeriod] = useState<Period>("today");
  const [opening, setOpening] = useState(false);
  const [handing, setHanding] = useState<EncounterLine | null>(null);
  const [identifying, setIdentifying] = useState<EncounterLine | null>(null);
  const mayOpen = useMay("encounter-open");
  // Staff see what is at their own site, until they ask for more.
  const known = useQuery(sites);
  const [asked, setAsked] = useState<SiteId | null | undefined>(undefined);
  const site = asked === undefined ? (known.data?.here ?? null) : asked;
  // Not for all sites first: each look at the list is an entry of the audit trail.
  const list = useQuery({ ...encounterList(since(period), site), enabled: !known.isPending });
  const lines = inOrder(list.data ?? []);
  return (
    <>
      <PageHead
        title={t("worklist.title")}
        text={t("worklist.waiting-count", { count: countWaiting(lines) })}
      >
        <SiteChoice value={site} onChange={setAsked} testId={testIds.sites.ofList} />
        <OptionField
          label={t("worklist.period")}
          hideLabel
          look="segments"
          value={period}
          onChange={(value) => setPeriod(PERIODS.find((known) => known === value) ?? "today")}
          options={PERIODS.map((id) => ({
            id,
            label: t(`worklist.${id}`),
            testId: testIds.workList.period(id),
          }))}
        />
        {mayOpen && (
          <Button
            look="primary"
            icon="plus"
            onPress={() => setOpening(true)}
            data-testid={testIds.workList.open}
          >
            {t("worklist.open")}
          </Button>
        )}
      </PageHead>
      <FailureNotice failure={list.error === null ? null : asFailure(list.error)} />
      {list.isSuccess && lines.length === 0 ? (
        <div className="empty" data-testid={testIds.workList.empty}>
          <Icon name="clock" />
          <h2 className="subtitle">{t("worklist.empty")}</h2>
          <p>{t("worklist.empty-text")}</p>
        </div>
      ) : (
        <table className="table worklist" data-testid={testIds.workList.table} aria-busy={list.isPending}>
          <thead>
            <tr>
              <th scope="col">{t("worklist.ticket")}</th>
              <th scope="col">{t("worklist.patient")}</th>
              <th scope="col">{t("worklist.status")}</th>
              <th scope="col">{t("worklist.alarms")}</th>
              <th scope="col">{t("worklist.arrived")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row
                key={line.id}
                line={line}
                onHandOver={() => setHanding(line)}
                onIdentify={() => setIdentifying(line)}
              />
            ))}
          </tbody>
        </table>
      )}
      {opening && <OpenEncounter onClose={() => setOpening(false)} />}
      {identifying !== null && (
        <ConfirmIdentity
          of={{
            encounter: identifying.id,
            name: identifying.patient,
            birth_date: identifying.birth_date,
            record_number: null,
          }}
          onClose={() => setIdentifying(null)}
        />
      )}
      {handing !== null && <HandOver line={handing} onClose={() => setHanding(null)} />}
    </>
  );
}

function Row(props: {
  readonly line: EncounterLine;
  readonly onHandOver: () => void;
  readonly onIdentify: () => void;
}) {
  const { line, onHandOver, onIdentify } = props;
  const { t, language } = useText();
  const mayRead = useMay("encounter-read");
  const mayHandOver = useMay("kiosk-open");
  const mayIdentify = useMay("patient-identify");
  const navigate = useNavigate();

  /** The whole row opens it, by mouse or finger; the link is the one thing that the keyboard stops at. */
  function open(event: MouseEvent) {
    const other = event.target instanceof Element && event.target.closest("a, button") !== null;
    if (mayRead && !other) void navigate({ to: "/clinic/encounters/$id", params: { id: line.id } });
  }

  return (
    <tr
      onClick={open}
      className={line.open_flag === null ? "" : `worklist-${line.open_flag}`}
      data-testid={testIds.workList.row(line.ticket)}
      data-status={line.status}
      data-open-flag={line.open_flag ?? "none"}
    >
      <th scope="row" className="worklist-ticket">
        {mayRead ? (
          <Link
            to="/clinic/encounters/$id"
            params={{ id: line.id }}
            aria-label={t("worklist.show", { ticket: line.ticket })}
            data-testid={testIds.workList.link(line.ticket)}
          >
            {line.ticket}
          </Link>
        ) : (
          line.ticket
        )}
      </th>
      <td className="worklist-name">
        {line.patient ?? <span className="muted">{t("worklist.no-name")}</span>}
        {line.patient !== null && !line.verified && (
          <span className="badge badge-quiet">{t("worklist.unverified")}</span>
        )}
        {line.patient !== null && !line.verified && mayIdentify && line.status !== "intake" && (
          <Button
            size="small"
            onPress={onIdentify}
            aria-label={t("confirm.open-of", { ticket: line.ticket })}
            data-testid={testIds.workList.identify(line.ticket)}
          >
            {t("confirm.open")}
          </Button>
        )}
      </td>
      <td>
        <span className={`status status-${line.status}`}>{t(`status.${line.status}`)}</span>
        {line.status === "partial" && mayHandOver && (
          <Button
            size="small"
            onPress={onHandOver}
            aria-label={t("worklist.hand-over-of", { ticket: line.ticket })}
            data-testid={testIds.workList.handOver(line.ticket)}
          >
            {t("worklist.hand-over")}
          </Button>
        )}
      </td>
      <td>
        {line.open_flag !== null && (
          <span className={`badge badge-${line.open_flag}`}>
            <Icon name="alarm" />
            {t("worklist.alarm-open", { severity: t(`severity.${line.open_flag}`) })}
          </span>
        )}
        {line.open_flag === null && line.flags > 0 && (
          <span className="badge badge-quiet">{t("worklist.flags-seen", { count: line.flags })}</span>
        )}
        {wantsPerson(line) && (
          <span className="badge badge-help">
            <Icon name="hand" />
            {t("worklist.wants-person")}
          </span>
        )}
      </td>
      <td className="worklist-time">{momentInWords(line.opened, new Date(), language)}</td>
    </tr>
  );
}

/** This device becomes the kiosk, for the patient who left an intake; nobody else must be handed it. */
function HandOver({ line, onClose }: { readonly line: EncounterLine; readonly onClose: () => void }) {
  const { t } = useText();
  const kiosk = useKiosk();
  const who = line.patient ?? t("worklist.no-name");
  return (
    <Dialog title={t("worklist.hand-over-title", { ticket: line.ticket })} onClose={onClose}>
      <p>{t("worklist.hand-over-text", { who })}</p>
      <div className="buttons">
        <Button
          look="primary"
          onPress={() => kiosk.handOver(line.id)}
          isPending={kiosk.pending}
          data-testid={testIds.workList.handOverGo}
        >
          {t("worklist.hand-over-go")}
        </Button>
        <Button onPress={onClose}>{t("app.cancel")}</Button>
      </div>
    </Dialog>
  );
}
