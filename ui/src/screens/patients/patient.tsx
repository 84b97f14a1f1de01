// A patient and their visits.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { patientView } from "../../app/queries";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import { asFailure } from "../../rpc/client";
import type { EncounterLine, PatientView } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { usePatientFacts } from "./facts";

export function Patient() {
  const { id } = useParams({ from: "/staff/patients/$id" });
  const { t } = useText();
  const query = useQuery(patientView(id));
  return (
    <>
      <Link to="/find" className="back-link">
        <Icon name="back" />
        {t("patient.back")}
      </Link>
      {query.data !== undefined && <PatientPage view={query.data} />}
      {query.isPending && (
        <p className="waiting" role="status">
          {t("app.loading")}
        </p>
      )}
      <FailureNotice failure={query.error === null ? null : asFailure(query.error)} />
    </>
  );
}

function PatientPage({ view }: { readonly view: PatientView }) {
  const { t } = useText();
  const facts = usePatientFacts();
  const { patient } = view;
  return (
    <div className="patient" data-testid={testIds.patient.page}>
      <PageHead title={patient.name} text={t("patient.visits", { count: patient.visits })} />
      <ul className="facts">
        {facts.identity(patient).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <table className="table">
        <caption className="visually-hidden">{t("patient.visits-title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("patient.when")}</th>
            <th scope="col">{t("worklist.ticket")}</th>
            <th scope="col">{t("worklist.status")}</th>
            <th scope="col">{t("worklist.alarms")}</th>
          </tr>
        </thead>
        <tbody>
          {view.visits.map((visit) => (
            <Visit key={visit.id} visit={visit} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Visit({ visit }: { readonly visit: EncounterLine }) {
  const { t, language } = useText();
  const mayRead = useMay("encounter-read");
  const time = dayAndTime(language).format(visit.opened);
  return (
    <tr data-testid={testIds.patient.visit(visit.ticket)} data-status={visit.status}>
      <th scope="row">
        {mayRead ? (
          <Link
            to="/clinic/encounters/$id"
            params={{ id: visit.id }}
            aria-label={t("patient.visit", { time })}
          >
            {time}
          </Link>
        ) : (
          time
        )}
      </th>
      <td translate="no">{visit.ticket}</td>
      <td>
        <span className={`status status-${visit.status}`}>{t(`status.${visit.status}`)}</span>
      </td>
      <td>
        {visit.flags > 0 && (
          <span className="badge badge-quiet">
            {visit.open_flag === null
              ? t("worklist.flags-seen", { count: visit.flags })
              : t("worklist.alarm-open", { severity: t(`severity.${visit.open_flag}`) })}
          </span>
        )}
      </td>
    </tr>
  );
}
