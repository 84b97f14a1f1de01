// A line of the lists in fields: corrected, or typed anew.

import { useState } from "react";
import { useText } from "../../i18n";
import { type ListName, numberOf, unitInWords } from "../../logic/lists";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField, TextField } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import type { Failure } from "../../rpc/client";
import type { ListItem, MedicineState, Standing } from "../../rpc/schema";
import { testIds } from "../../testids";

const STATES: readonly MedicineState[] = ["taking", "started", "changed", "stopped", "not-taking"];
const STANDINGS: readonly Standing[] = ["present", "past", "denied"];

/** An empty item of a list. Vital signs are measured, and not typed here. */
function empty(list: ListName | null): ListItem {
  switch (list) {
    case "allergy":
      return { kind: "allergy", substance: "", reaction: null, denied: false };
    case "problem":
      return { kind: "problem", text: "", standing: "present", relative: null, code: null };
    default:
      return {
        kind: "medicine",
        name: "",
        dose: null,
        often: null,
        per_day: null,
        as_needed: false,
        state: "taking",
        earlier: [],
      };
  }
}

const filled = (text: string) => (text.trim() === "" ? null : text.trim());

export function LineDialog(props: {
  /** What is corrected; none where a line is added. */
  readonly item: ListItem | null;
  readonly list: ListName | null;
  readonly failure: Failure | null;
  readonly pending: boolean;
  readonly onSave: (item: ListItem) => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const adding = props.list === "allergy" || props.list === "problem" ? props.list : "medicine";
  const title = props.item === null ? t(`lists.add.${adding}`) : t("lists.correct.title");
  const item = props.item ?? empty(props.list);
  const common = { onSave: props.onSave, onClose: props.onClose, pending: props.pending };
  return (
    <Dialog title={title} onClose={props.onClose} testId={testIds.lists.dialog}>
      <FailureNotice failure={props.failure} />
      {item.kind === "medicine" && <MedicineForm item={item} {...common} />}
      {item.kind === "allergy" && <AllergyForm item={item} {...common} />}
      {item.kind === "problem" && <ProblemForm item={item} {...common} />}
      {item.kind === "vital" && <VitalForm item={item} {...common} />}
    </Dialog>
  );
}

interface FormProps<K extends ListItem["kind"]> {
  readonly item: Extract<ListItem, { kind: K }>;
  readonly onSave: (item: ListItem) => void;
  readonly onClose: () => void;
  readonly pending: boolean;
}

function Buttons(props: { readonly pending: boolean; readonly onClose: () => void }) {
  const { t } = useText();
  return (
    <FormEnd
      submit={t("lists.save")}
      pending={props.pending}
      testId={testIds.lists.save}
      onCancel={props.onClose}
    />
  );
}

function MedicineForm({ item, onSave, ...rest }: FormProps<"medicine">) {
  const { t } = useText();
  const [name, setName] = useState(item.name);
  const [dose, setDose] = useState(item.dose === null ? "" : String(item.dose.value));
  const [unit, setUnit] = useState(unitInWords(item.dose?.unit ?? null));
  const [often, setOften] = useState(item.often ?? "");
  const [state, setState] = useState<MedicineState | null>(item.state);
  const [checked, setChecked] = useState(false);
  const value = numberOf(dose);
  const wrongDose = dose.trim() !== "" && value === null;

  function submit() {
    setChecked(true);
    if (name.trim() === "" || wrongDose) return;
    const sameUnit = item.dose !== null && unit === unitInWords(item.dose.unit);
    const said = often.trim() === (item.often ?? "");
    onSave({
      ...item,
      name: name.trim(),
      dose: value === null ? null : { value, unit: sameUnit ? (item.dose?.unit ?? null) : filled(unit) },
      often: filled(often),
      // What was typed in words is not counted.
      per_day: said ? item.per_day : null,
      as_needed: said && item.as_needed,
      state,
    });
  }

  return (
    <Form onSubmit={submit}>
      <TextField
        label={t("lists.field.name")}
        value={name}
        onChange={setName}
        problem={checked && name.trim() === "" ? t("check.required") : null}
        testId={testIds.lists.field("name")}
        autoFocus
      />
      <div className="fields-row">
        <TextField
          label={t("lists.field.dose")}
          value={dose}
          onChange={setDose}
          inputMode="decimal"
          problem={checked && wrongDose ? t("lists.number") : null}
          testId={testIds.lists.field("dose")}
        />
        <TextField
          label={t("lists.field.unit")}
          value={unit}
          onChange={setUnit}
          testId={testIds.lists.field("unit")}
        />
      </div>
      <TextField
        label={t("lists.field.often")}
        value={often}
        onChange={setOften}
        testId={testIds.lists.field("often")}
      />
      <OptionField
        label={t("lists.field.state")}
        value={state ?? ""}
        onChange={(id) => setState(STATES.find((one) => one === id) ?? null)}
        options={STATES.map((id) => ({
          id,
          label: t(`lists.state.${id}`),
          testId: testIds.lists.option(id),
        }))}
      />
      <Buttons {...rest} />
    </Form>
  );
}

function AllergyForm({ item, onSave, ...rest }: FormProps<"allergy">) {
  const { t } = useText();
  const [substance, setSubstance] = useState(item.substance);
  const [reaction, setReaction] = useState(item.reaction ?? "");
  const [checked, setChecked] = useState(false);

  function submit() {
    setChecked(true);
    if (substance.trim() === "") return;
    onSave({ ...item, substance: substance.trim(), reaction: filled(reaction) });
  }

  return (
    <Form onSubmit={submit}>
      <TextField
        label={t("lists.field.substance")}
        value={substance}
        onChange={setSubstance}
        problem={checked && substance.trim() === "" ? t("check.required") : null}
        testId={testIds.lists.field("substance")}
        autoFocus
      />
      <TextField
        label={t("lists.field.reaction")}
        value={reaction}
        onChange={setReaction}
        testId={testIds.lists.field("reaction")}
      />
      <Buttons {...rest} />
    </Form>
  );
}

function ProblemForm({ item, onSave, ...rest }: FormProps<"problem">) {
  const { t } = useText();
  const [text, setText] = useState(item.text);
  const [standing, setStanding] = useState<Standing>(item.standing);
  const [checked, setChecked] = useState(false);
  const family = item.standing === "family";

  function submit() {
    setChecked(true);
    if (text.trim() === "") return;
    const own = standing !== "family";
    onSave({ ...item, text: text.trim(), standing, relative: own ? null : item.relative });
  }

  return (
    <Form onSubmit={submit}>
      <TextField
        label={t("lists.field.text")}
        value={text}
        onChange={setText}
        problem={checked && text.trim() === "" ? t("check.required") : null}
        testId={testIds.lists.field("text")}
        autoFocus
      />
      <OptionField
        label={t("lists.field.standing")}
        value={standing}
        onChange={(id) =>
          setStanding((["family", ...STANDINGS] as const).find((one) => one === id) ?? standing)
        }
        options={(family ? (["family", ...STANDINGS] as const) : STANDINGS).map((id) => ({
          id,
          label: t(`lists.standing.${id}`),
          testId: testIds.lists.option(id),
        }))}
      />
      <Buttons {...rest} />
    </Form>
  );
}

function VitalForm({ item, onSave, ...rest }: FormProps<"vital">) {
  const { t } = useText();
  const [value, setValue] = useState(String(item.value));
  const [over, setOver] = useState(item.over === null ? "" : String(item.over));
  const [checked, setChecked] = useState(false);
  const number = numberOf(value);
  const second = item.over === null ? null : numberOf(over);
  const secondMissing = item.over !== null && second === null;

  function submit() {
    setChecked(true);
    if (number === null || secondMissing) return;
    onSave({ ...item, value: number, over: second });
  }

  return (
    <Form onSubmit={submit}>
      <div className="fields-row">
        <TextField
          label={t("lists.field.value")}
          value={value}
          onChange={setValue}
          inputMode="decimal"
          problem={checked && number === null ? t("lists.number") : null}
          testId={testIds.lists.field("value")}
          autoFocus
        />
        {item.over !== null && (
          <TextField
            label={t("lists.field.over")}
            value={over}
            onChange={setOver}
            inputMode="decimal"
            problem={checked && secondMissing ? t("lists.number") : null}
            testId={testIds.lists.field("over")}
          />
        )}
      </div>
      <Buttons {...rest} />
    </Form>
  );
}
