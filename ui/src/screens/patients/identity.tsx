// Who somebody is: name, date of birth, record number, and whether the clinic knows them already.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { patientsAlike, queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { localDay, readBirth } from "../../logic/date";
import { FailureNotice } from "../../parts/failure";
import { OptionField, TextField } from "../../parts/field";
import { useRested } from "../../parts/rested";
import { asFailure } from "../../rpc/client";
import type { PartialDate, PatientAlike, PatientId } from "../../rpc/schema";
import { testIds } from "../../testids";
import { usePatientFacts } from "./facts";

/** Who it is, once everything that must be said is said. */
export interface Identity {
  readonly patient: PatientId | null;
  readonly name: string;
  readonly birth_date: PartialDate | null;
  readonly record_number: string | null;
}

interface Said {
  readonly name: string;
  readonly birth: string;
  readonly number: string;
}

const NEW = "new";

/** The fields of somebody's identity. `read` says who it is, or nothing, and then shows what is missing. */
export function useIdentity(said: Said) {
  const [name, setName] = useState(said.name);
  const [birth, setBirth] = useState(said.birth);
  const [number, setNumber] = useState(said.number);
  const [chosen, setChosen] = useState("");
  const [checked, setChecked] = useState(false);
  const born = readBirth(birth, localDay(new Date()));
  const wrongBirth = born.kind === "problem";
  const asked = useRested(name.trim());
  const date = born.kind === "date" ? born.date : null;
  const query = useQuery({ ...patientsAlike(asked, date), enabled: asked.length > 1 && !wrongBirth });
  const alike = asked.length > 1 ? (query.data ?? []) : [];
  const known = alike.find((one) => one.patient.id === chosen)?.patient;
  const open = alike.length > 0 && known === undefined && chosen !== NEW;

  async function read(): Promise<Identity | null> {
    setChecked(true);
    if (name.trim() === "" || wrongBirth || open) return null;
    // Whoever is known already must be shown before anybody is called new, however soon the button was pressed.
    const now = await queryClient.fetchQuery(patientsAlike(name.trim(), date)).catch(() => null);
    if (now === null || (now.length > 0 && known === undefined && chosen !== NEW)) return null;
    return {
      patient: known?.id ?? null,
      name: name.trim(),
      birth_date: date,
      record_number: number.trim() === "" ? null : number.trim(),
    };
  }

  /** A known patient's number goes with them, where none was typed. */
  function choose(id: string) {
    setChosen(id);
    const number = alike.find((one) => one.patient.id === id)?.patient.record_number;
    if (number !== undefined && number !== null) setNumber((typed) => (typed === "" ? number : typed));
  }

  return {
    read,
    fields: {
      name,
      setName,
      birth,
      setBirth,
      number,
      setNumber,
      alike,
      chosen,
      choose,
      checked,
      wrongBirth,
      open,
    },
    failure: query.error === null ? null : asFailure(query.error),
  };
}

type IdentityState = ReturnType<typeof useIdentity>;

export function IdentityFields({ state }: { readonly state: IdentityState }) {
  const { t } = useText();
  const { fields } = state;
  return (
    <>
      <TextField
        label={t("open.name")}
        value={fields.name}
        onChange={fields.setName}
        problem={fields.checked && fields.name.trim() === "" ? t("check.required") : null}
        testId={testIds.identity.name}
        autoFocus
      />
      <TextField
        label={t("open.birth")}
        help={t("open.birth-help")}
        value={fields.birth}
        onChange={fields.setBirth}
        problem={fields.checked && fields.wrongBirth ? t("open.birth-wrong") : null}
        inputMode="numeric"
        testId={testIds.identity.birth}
      />
      <TextField
        label={t("confirm.number")}
        help={t("confirm.number-help")}
        value={fields.number}
        onChange={fields.setNumber}
        testId={testIds.identity.number}
      />
      {fields.alike.length > 0 && <Alike fields={fields} />}
      <FailureNotice failure={state.failure} />
    </>
  );
}

function Alike({ fields }: { readonly fields: IdentityState["fields"] }) {
  const { t } = useText();
  const label = useLabel();
  return (
    <>
      <OptionField
        label={t("confirm.who")}
        look="stack"
        value={fields.chosen}
        onChange={fields.choose}
        options={[
          ...fields.alike.map((one) => ({
            id: one.patient.id,
            ...label(one),
            testId: testIds.identity.known,
          })),
          { id: NEW, label: t("confirm.new"), testId: testIds.identity.new },
        ]}
      />
      {fields.checked && fields.open && (
        <p className="field-problem" role="alert" data-testid={testIds.identity.missing}>
          {t("confirm.missing")}
        </p>
      )}
    </>
  );
}

function useLabel() {
  const { t } = useText();
  const facts = usePatientFacts();
  return ({ patient, likeness }: PatientAlike) => ({
    label: patient.name,
    help: [t(`confirm.like.${likeness}`), ...facts.identity(patient), ...facts.visits(patient)].join(" · "),
  });
}
