// The recovery words: shown once, then three of them typed back.

import { useMemo, useState } from "react";
import { useText } from "../../i18n";
import { somePlaces } from "../../logic/text";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Form, TextField } from "../../parts/field";
import { StepHeading } from "../../parts/page";
import type { ClinicCreated } from "../../rpc/schema";
import { testIds } from "../../testids";
import { StepButtons } from "./frame";

export function RecoveryWords(props: {
  readonly clinic: string;
  readonly created: ClinicCreated;
  readonly onNext: () => void;
}) {
  const { t } = useText();
  return (
    <Form onSubmit={props.onNext}>
      <StepHeading className="title screen-only">{t("setup.words.title")}</StepHeading>
      <p className="lead screen-only">{t("setup.words.text")}</p>
      <div className="sheet">
        <p className="sheet-title print-only">{t("setup.words.sheet", { clinic: props.clinic })}</p>
        <ol className="words" aria-label={t("setup.words.label")}>
          {props.created.recovery_words.map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word may occur twice; its place is what it is.
            <li key={index} data-testid={testIds.setup.recoveryWord(index + 1)} translate="no">
              {word}
            </li>
          ))}
        </ol>
        <p className="print-only">{t("setup.words.sheet-note")}</p>
      </div>
      {props.created.keyring !== "available" && (
        <p className="note screen-only">{t("setup.words.keyring")}</p>
      )}
      <div className="buttons">
        <Button type="submit" look="primary" size="large" data-testid={testIds.setup.next}>
          {t("setup.words.next")}
        </Button>
        <Button
          look="plain"
          size="large"
          icon="printer"
          onPress={() => window.print()}
          data-testid={testIds.setup.print}
        >
          {t("setup.words.print")}
        </Button>
      </div>
    </Form>
  );
}

/** The first start was cut off before the words were checked: whoever was here may have closed them unseen. */
export function RenewWords({ onRenewed }: { readonly onRenewed: (created: ClinicCreated) => void }) {
  const { t } = useText();
  const renew = useCall("recovery.renew");

  async function submit() {
    const created = await renew.run({});
    if (created !== undefined) onRenewed(created);
  }

  return (
    <Form onSubmit={submit}>
      <StepHeading>{t("setup.renew.title")}</StepHeading>
      <p className="lead">{t("setup.renew.text")}</p>
      <FailureNotice failure={renew.failure} />
      <StepButtons next={t("setup.renew.next")} pending={renew.pending} />
    </Form>
  );
}

const ASKED = 3;

export function ConfirmWords(props: {
  readonly words: readonly string[];
  readonly onBack: () => void;
  readonly onConfirmed: () => void;
}) {
  const { t } = useText();
  const confirm = useCall("recovery.confirm");
  const places = useMemo(() => somePlaces(ASKED, props.words.length, Math.random), [props.words.length]);
  const [typed, setTyped] = useState<readonly string[]>(() => places.map(() => ""));
  const [checked, setChecked] = useState(false);

  const isRight = (index: number) =>
    typed[index]?.trim().toLowerCase() === props.words[(places[index] ?? 0) - 1];
  const problem = (index: number, place: number) => {
    if (!checked || isRight(index)) return null;
    return typed[index]?.trim() === "" ? t("check.required") : t("setup.confirm.wrong", { place });
  };

  async function submit() {
    setChecked(true);
    if (!places.every((_, index) => isRight(index))) return;
    const words = places.map((place, index): [number, string] => [
      place,
      typed[index]?.trim().toLowerCase() ?? "",
    ]);
    if ((await confirm.run({ words })) !== undefined) props.onConfirmed();
  }

  return (
    <Form onSubmit={submit}>
      <StepHeading>{t("setup.confirm.title")}</StepHeading>
      <p className="lead">{t("setup.confirm.text")}</p>
      {places.map((place, index) => (
        <div key={place} data-place={place} className="confirm-word">
          <TextField
            label={t("setup.confirm.word", { place })}
            value={typed[index] ?? ""}
            onChange={(value) => setTyped((old) => old.map((word, at) => (at === index ? value : word)))}
            problem={problem(index, place)}
            testId={testIds.setup.confirmWord(index + 1)}
          />
        </div>
      ))}
      <FailureNotice failure={confirm.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          size="large"
          isPending={confirm.pending}
          data-testid={testIds.setup.next}
        >
          {t("setup.confirm.next")}
        </Button>
        <Button look="bare" size="large" onPress={props.onBack} data-testid={testIds.setup.showAgain}>
          {t("setup.confirm.show-again")}
        </Button>
      </div>
    </Form>
  );
}
