// One encounter: red flags and intake, the note, the transcript.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { encounterView, queryClient } from "../../app/queries";
import { useMay } from "../../app/session";
import { nameOf, useText } from "../../i18n";
import { dateInWords, momentInWords } from "../../logic/date";
import { Button } from "../../parts/button";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import { asFailure } from "../../rpc/client";
import type { EncounterView } from "../../rpc/schema";
import { testIds } from "../../testids";
import { ConfirmIdentity } from "../patients/confirm";
import { PageHead } from "../shell/shell";
import { useSiteName } from "../sites/site-choice";
import { ExportButtons } from "./export";
import { FlagList, IntakePane } from "./intake-pane";
import { ListsPane } from "./lists-pane";
import { NotePane } from "./note-pane";
import { RetractButton, Retracted } from "./retract";
import { TranscriptPane } from "./transcript-pane";

export function Encounter() {
  const { id } = useParams({ from: "/staff/clinic/encounters/$id" });
  const { t } = useText();
  const query = useQuery(encounterView(id));
  if (query.data !== undefined) return <EncounterPage key={id} view={query.data} />;
  return query.error === null ? (
    <p className="waiting" role="status">
      {t("app.loading")}
    </p>
  ) : (
    <>
      <PageHead title={t("worklist.title")} />
      <FailureNotice failure={asFailure(query.error)} />
      <BackLink />
    </>
  );
}

function BackLink() {
  const { t } = useText();
  return (
    <Link to="/clinic" className="back-link">
      <Icon name="back" />
      {t("encounter.back")}
    </Link>
  );
}

function EncounterPage({ view }: { readonly view: EncounterView }) {
  const [evidence, setEvidence] = useState<readonly number[]>([]);
  const show = useCallback((next: EncounterView) => {
    queryClient.setQueryData(encounterView(next.record.id).queryKey, next);
    void queryClient.invalidateQueries({ queryKey: ["encounters", "list"] });
  }, []);
  return (
    <div className="encounter" data-testid={testIds.encounter.page}>
      <Head view={view} onView={show} />
      <Retracted view={view} />
      <FlagList view={view} />
      <div className="panes">
        <NotePane view={view} onView={show} onEvidence={setEvidence} />
        <TranscriptPane view={view} onView={show} evidence={evidence} />
        <div className="pane-side">
          <ListsPane view={view} onView={show} onEvidence={setEvidence} />
          <IntakePane view={view} />
        </div>
      </div>
    </div>
  );
}

function Head({
  view,
  onView,
}: {
  readonly view: EncounterView;
  readonly onView: (view: EncounterView) => void;
}) {
  const { t, language } = useText();
  const mayIdentify = useMay("patient-identify");
  const [identifying, setIdentifying] = useState(false);
  const { record } = view;
  const { patient } = record;
  const siteName = useSiteName(record.site);
  const facts = [
    siteName === null ? null : t("sites.elsewhere", { name: siteName }),
    patient.record_number === undefined ? null : t("patient.number", { number: patient.record_number }),
    patient.birth_date === null
      ? null
      : t("encounter.born", { date: dateInWords(patient.birth_date, language) }),
    t("encounter.language", { language: nameOf(record.language, language) }),
    t("encounter.arrived", { time: momentInWords(record.opened, new Date(), language) }),
    ...record.consents.map((scope) => t("encounter.consent-yes", { scope: t(`scope.${scope}`) })),
    ...record.declined.map((scope) => t("encounter.consent-no", { scope: t(`scope.${scope}`) })),
  ].filter((fact) => fact !== null);
  return (
    <header className="encounter-head">
      <BackLink />
      <PageHead title={patient.name ?? t("worklist.no-name")}>
        <span
          className={`status status-${record.status}`}
          data-testid={testIds.encounter.status}
          data-status={record.status}
        >
          {t(`status.${record.status}`)}
        </span>
        <ExportButtons encounter={record.id} />
        <RetractButton view={view} onView={onView} />
      </PageHead>
      <ul className="facts">
        <li className="ticket-small" data-testid={testIds.encounter.ticket} translate="no">
          {record.ticket}
        </li>
        {!patient.verified && <li className="badge badge-quiet">{t("worklist.unverified")}</li>}
        {mayIdentify && record.status !== "intake" && record.status !== "retracted" && (
          <li>
            <Button
              size="small"
              look={patient.verified ? "bare" : "plain"}
              onPress={() => setIdentifying(true)}
              data-testid={testIds.identity.open}
            >
              {t(patient.verified ? "confirm.change" : "confirm.open")}
            </Button>
          </li>
        )}
        {mayIdentify && patient.verified && (
          <li>
            <Link to="/patients/$id" params={{ id: patient.id }} data-testid={testIds.patient.link}>
              {t("patient.visits-title")}
            </Link>
          </li>
        )}
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {identifying && (
        <ConfirmIdentity
          of={{
            encounter: record.id,
            name: patient.name,
            birth_date: patient.birth_date,
            record_number: patient.record_number ?? null,
          }}
          onClose={() => setIdentifying(false)}
        />
      )}
      {record.help_requested !== null && record.status !== "signed" && (
        <p className="note">
          {t("encounter.help", { time: momentInWords(record.help_requested, new Date(), language) })}
        </p>
      )}
    </header>
  );
}
