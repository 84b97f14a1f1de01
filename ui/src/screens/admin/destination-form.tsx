// A destination that is added or changed: what it is called, where it is, as what a note is sent.

import { useState } from "react";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { CheckField, Form, OptionField, TextField } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import { toast } from "../../parts/toast";
import { platform } from "../../platform";
import type { DestinationLine, ExportFormat } from "../../rpc/schema";
import { testIds } from "../../testids";
import { keep } from "./destinations";
import { NO_TOKEN, TokenField, tokenChange } from "./token-field";

/** The formats that a record system takes; a table is a person's. */
const FORMATS = ["fhir", "pdf", "hl7v2", "text"] as const satisfies readonly ExportFormat[];
const KINDS = ["folder", "http"] as const;

export function DestinationDialog(props: {
  readonly line: DestinationLine | null;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const { line } = props;
  const save = useCall("destinations.save");
  const [name, setName] = useState(line?.name ?? "");
  const [kind, setKind] = useState<(typeof KINDS)[number]>(line?.place.kind ?? "folder");
  const [path, setPath] = useState(line?.place.kind === "folder" ? line.place.path : "");
  const [address, setAddress] = useState(line?.place.kind === "http" ? line.place.address : "");
  const [formats, setFormats] = useState<readonly ExportFormat[]>(line?.formats ?? ["fhir"]);
  const [token, setToken] = useState(NO_TOKEN);
  const [checked, setChecked] = useState(false);
  const pick = platform.pickPath;
  const where = kind === "folder" ? path : address;
  const missing = (text: string) => (checked && text.trim() === "" ? t("check.required") : null);

  async function choose() {
    const chosen = await pick?.("folder");
    if (chosen !== undefined && chosen !== null) setPath(chosen);
  }

  async function submit() {
    setChecked(true);
    if (name.trim() === "" || where.trim() === "" || formats.length === 0) return;
    const next = await save.run({
      id: line?.id ?? null,
      name: name.trim(),
      place:
        kind === "folder" ? { kind: "folder", path: path.trim() } : { kind: "http", address: address.trim() },
      formats: [...FORMATS, "csv" as const].filter((format) => formats.includes(format)),
      // A new one is off until somebody has tried it and switches it on.
      on: line?.on ?? false,
      token: tokenChange(token),
    });
    if (next === undefined) return;
    keep(next);
    toast(t("destinations.saved", { name: name.trim() }));
    props.onClose();
  }

  return (
    <Dialog
      title={line === null ? t("destinations.add") : t("destinations.change-title", { name: line.name })}
      onClose={props.onClose}
      testId={testIds.destinations.dialog}
    >
      <Form onSubmit={submit}>
        <TextField
          label={t("destinations.name")}
          help={t("destinations.name-help")}
          value={name}
          onChange={setName}
          problem={missing(name)}
          maxLength={80}
          testId={testIds.destinations.name}
          autoFocus
        />
        <OptionField
          label={t("destinations.kind")}
          value={kind}
          onChange={(value) => setKind(KINDS.find((known) => known === value) ?? "folder")}
          options={KINDS.map((id) => ({
            id,
            label: t(`destinations.kind.${id}`),
            help: t(`destinations.kind.${id}-help`),
            testId: testIds.destinations.kind(id),
          }))}
        />
        {kind === "folder" ? (
          <>
            <TextField
              label={t("destinations.path")}
              help={t("destinations.path-help")}
              value={path}
              onChange={setPath}
              problem={missing(path)}
              testId={testIds.destinations.path}
            />
            {pick !== null && <Button onPress={choose}>{t("destinations.choose")}</Button>}
          </>
        ) : (
          <>
            <TextField
              label={t("destinations.address")}
              help={t("destinations.address-help")}
              value={address}
              onChange={setAddress}
              problem={missing(address)}
              testId={testIds.destinations.address}
            />
            <TokenField
              label={t("destinations.token")}
              help={t("destinations.token-help")}
              kept={line?.has_token === true}
              value={token}
              onChange={setToken}
              testId={testIds.destinations.token}
              forgetTestId={testIds.destinations.forget}
            />
          </>
        )}
        <fieldset className="field destination-formats">
          <legend>{t("destinations.formats")}</legend>
          {FORMATS.map((format) => (
            <CheckField
              key={format}
              isSelected={formats.includes(format)}
              onChange={(chosen) =>
                setFormats(chosen ? [...formats, format] : formats.filter((other) => other !== format))
              }
              testId={testIds.destinations.format(format)}
            >
              <span className="option-text">
                <span>{t(`export.${format}`)}</span>
                <span className="option-help">{t(`export.${format}-help`)}</span>
              </span>
            </CheckField>
          ))}
          {checked && formats.length === 0 && (
            <p className="field-problem" role="alert">
              {t("destinations.formats-none")}
            </p>
          )}
        </fieldset>
        <p className="note">
          {t(kind === "folder" ? "destinations.leaves-folder" : "destinations.leaves-http")}
        </p>
        <FormEnd
          failure={save.failure}
          submit={t("destinations.save")}
          pending={save.pending}
          testId={testIds.destinations.save}
          onCancel={props.onClose}
        />
      </Form>
    </Dialog>
  );
}
