// Patients, and words that were said.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { patientsFound, wordsFound } from "../../app/queries";
import { useMay } from "../../app/session";
import { useText } from "../../i18n";
import { momentInWords } from "../../logic/date";
import { marked } from "../../logic/text";
import { FailureNotice } from "../../parts/failure";
import { TextField } from "../../parts/field";
import { useRested } from "../../parts/rested";
import { asFailure } from "../../rpc/client";
import type { PatientLine, SearchHit } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { usePatientFacts } from "./facts";

/** How many the engine shows at most (`MOST_FOUND` and `MOST_HITS` there). */
const MOST_PATIENTS = 50;
const MOST_WORDS = 100;

/** What was typed last, so that coming back from a patient finds the list again. Forgotten with the session. */
let typed = "";

export function forgetFind() {
  typed = "";
}

export function Find() {
  const { t } = useText();
  const maySearch = useMay("transcript-search");
  const [text, setText] = useState(typed);
  const asked = useRested(text.trim());
  const patients = useQuery({
    ...patientsFound(asked),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });
  const words = useQuery({
    ...wordsFound(asked),
    enabled: maySearch && asked.length > 1,
    placeholderData: keepPreviousData,
  });
  const failure = patients.error ?? words.error;

  function change(next: string) {
    typed = next;
    setText(next);
  }

  return (
    <>
      <PageHead title={t("find.title")} text={t(maySearch ? "find.text" : "find.text-patients")} />
      <search>
        <TextField
          className="find-field"
          label={t(maySearch ? "find.field" : "find.field-patients")}
          help={t("find.hint")}
          value={text}
          onChange={change}
          testId={testIds.find.field}
          autoFocus
        />
      </search>
      <FailureNotice failure={failure === null ? null : asFailure(failure)} />
      {asked.length > 1 && patients.data !== undefined && <Patients found={patients.data} />}
      {asked.length > 1 && words.data !== undefined && <Words found={words.data} />}
    </>
  );
}

function Patients({ found }: { readonly found: readonly PatientLine[] }) {
  const { t } = useText();
  const facts = usePatientFacts();
  const many = found.length === MOST_PATIENTS;
  return (
    <section className="find-part" aria-labelledby="find-patients">
      <div role="status">
        <h2 className="subtitle" id="find-patients">
          {found.length === 0
            ? t("find.nothing-patients")
            : t(many ? "find.patients-most" : "find.patients", { count: found.length })}
        </h2>
      </div>
      <ul className="find-list">
        {found.map((patient) => (
          <li key={patient.id}>
            <Link
              to="/patients/$id"
              params={{ id: patient.id }}
              className="find-link"
              data-testid={testIds.find.patient}
            >
              <span className="find-name">{patient.name}</span>
              <span className="muted">
                {[...facts.identity(patient), ...facts.visits(patient)].join(" · ")}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Words({ found }: { readonly found: readonly SearchHit[] }) {
  const { t, language } = useText();
  const many = found.length === MOST_WORDS;
  return (
    <section className="find-part" aria-labelledby="find-words">
      <div role="status">
        <h2 className="subtitle" id="find-words">
          {found.length === 0
            ? t("find.nothing-words")
            : t(many ? "find.words-most" : "find.words", { count: found.length })}
        </h2>
      </div>
      <ul className="find-list">
        {found.map((hit) => (
          <li key={`${hit.encounter}-${hit.index}`}>
            <Link
              to="/clinic/encounters/$id"
              params={{ id: hit.encounter }}
              className="find-link"
              data-testid={testIds.find.word}
            >
              <span className="find-said">
                {marked(hit.snippet, hit.spans).map((part) =>
                  part.found ? (
                    <mark key={part.at}>{part.text}</mark>
                  ) : (
                    <span key={part.at}>{part.text}</span>
                  ),
                )}
              </span>
              <span className="muted">
                {[hit.patient ?? t("worklist.no-name"), momentInWords(hit.opened, new Date(), language)].join(
                  " · ",
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
