// Before a draft: what to write, and who drafts it. While a language model writes: what it has written, and how to stop it.

import { useQuery } from "@tanstack/react-query";
import { drafting, useDrafting } from "../../app/drafting";
import { noteOffers } from "../../app/queries";
import { errorText, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { OptionField } from "../../parts/field";
import { Icon } from "../../parts/icon";
import type { DraftNote, DraftProgress, EncounterId, EncounterView, ErrorCode } from "../../rpc/schema";
import { testIds } from "../../testids";

/** The choice of a draft that is not the usual one; what is left out is the engine's to choose. */
export type DraftChoice = Pick<DraftNote, "template" | "engine" | "model">;

const BY_RULE = "";

export function DraftChooser(props: {
  readonly choice: DraftChoice;
  readonly onChoice: (choice: DraftChoice) => void;
}) {
  const { t } = useText();
  const offers = useQuery(noteOffers).data;
  if (offers === undefined) return null;
  const template = props.choice.template ?? offers.templates[0]?.id ?? "";
  return (
    <div className="draft-choice">
      <OptionField
        label={t("draft.template")}
        value={template}
        onChange={(id) => props.onChoice({ ...props.choice, template: id })}
        options={offers.templates.map(({ id, title }) => ({
          id,
          label: title,
          testId: testIds.note.template(id),
        }))}
        look="segments"
      />
      {(offers.models.length > 0 || offers.endpoint !== null) && (
        <OptionField
          label={t("draft.by")}
          value={props.choice.model ?? BY_RULE}
          onChange={(model) => {
            const { template: chosen } = props.choice;
            const kept = chosen === undefined ? {} : { template: chosen };
            props.onChoice(model === BY_RULE ? kept : { ...kept, engine: "generative", model });
          }}
          options={[
            {
              id: BY_RULE,
              label: t("draft.by-rule"),
              help: t("draft.by-rule-help"),
              testId: testIds.note.byRule,
            },
            ...offers.models.map((name) => ({
              id: name,
              label: t("draft.by-model", { name }),
              help: t("draft.by-model-help"),
              testId: testIds.note.byModel(name),
            })),
            ...(offers.endpoint === null
              ? []
              : [
                  {
                    id: offers.endpoint,
                    label: t("draft.by-endpoint", { name: offers.endpoint }),
                    help: t("draft.by-endpoint-help"),
                    testId: testIds.note.byEndpoint,
                  },
                ]),
          ]}
        />
      )}
      {offers.problems.length > 0 && (
        <div className="draft-problems" data-testid={testIds.note.templateProblems}>
          <p>{t("draft.templates-unusable", { count: offers.problems.length })}</p>
          <ul>
            {offers.problems.map(({ file, field, problem }) => (
              <li key={file}>{t("draft.template-problem", { file, field, problem })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** The draft that is being written, word by word. */
export function DraftWriting(props: {
  readonly encounter: EncounterId;
  readonly progress: DraftProgress;
  readonly language: string;
  readonly onView: (view: EncounterView) => void;
}) {
  const { t } = useText();
  const cancel = useCall("note.cancel");
  const progress = useDrafting(props.encounter)?.progress ?? props.progress;

  async function stop() {
    const view = await cancel.run({ encounter: props.encounter });
    if (view === undefined) return;
    drafting.forget();
    props.onView(view);
  }

  return (
    <div className="draft-writing" data-testid={testIds.note.writing}>
      <div className="draft-writing-head">
        <p role="status">
          <Icon name="spark" />
          <strong>{t("draft.writing")}</strong>
          <span>{t("draft.part", { part: progress.part, parts: progress.parts })}</span>
        </p>
        <Button size="small" onPress={stop} isPending={cancel.pending} data-testid={testIds.note.cancel}>
          {t("draft.cancel")}
        </Button>
      </div>
      <p className="muted">{t("draft.not-yet")}</p>
      <FailureNotice failure={cancel.failure} />
      {progress.lines.length === 0 ? (
        <p className="muted">{t("draft.reading")}</p>
      ) : (
        <ol className="draft-lines">
          {progress.lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line grows in its place.
            <li key={place}>
              <span className="draft-heading">{line.heading}</span>
              <span lang={props.language}>{line.text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** Why the language model that was asked for did not write the note. */
export function FallbackNotice({ code }: { readonly code: ErrorCode }) {
  const { t, language } = useText();
  const reason = errorText(language, code);
  return (
    <div className="draft-fallback" role="note" data-testid={testIds.note.fallback} data-code={code}>
      <p>{t("draft.fallback")}</p>
      <p className="muted">
        {reason.what} {reason.next}
      </p>
    </div>
  );
}
