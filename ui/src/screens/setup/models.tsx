// Which models this device should have, and the ways to get them. It works without any.

import { useText } from "../../i18n";
import { FailureNotice } from "../../parts/failure";
import { StepHeading } from "../../parts/page";
import { asFailure } from "../../rpc/client";
import type { ModelLine, ModelsHere } from "../../rpc/schema";
import { testIds } from "../../testids";
import { ImportModels } from "../models/import";
import {
  FetchModel,
  isHere,
  MachineWords,
  ModelNeeds,
  ModelSource,
  ModelState,
  useTitle,
} from "../models/line";
import { isRunning, useModels } from "../models/use-models";
import { ModelsWork } from "../models/work";
import { StepButtons } from "./frame";

export function ModelsStep(props: { readonly onNext: () => void; readonly onBack: () => void }) {
  const { t } = useText();
  const query = useModels();
  const here = query.data;
  const some = here?.models.some((model) => !model.starter && isHere(model)) ?? false;
  return (
    <div className="form">
      <StepHeading>{t("setup.models.title")}</StepHeading>
      <p className="lead">{t("setup.models.text")}</p>
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
      {here !== undefined && <Offer here={here} />}
      <p className="muted">{t("setup.models.later")}</p>
      <StepButtons
        next={some || (here !== undefined && isRunning(here)) ? t("setup.next") : t("setup.models.starter")}
        onNext={props.onNext}
        onBack={props.onBack}
      />
    </div>
  );
}

function Offer({ here }: { readonly here: ModelsHere }) {
  const { t } = useText();
  const shown = here.models.filter((model) => model.starter || model.recommended);
  return (
    <div className="setup-models" data-testid={testIds.models.page}>
      <p className="setup-machine">
        <MachineWords here={here} />
      </p>
      <ul className="models-rows">
        {shown.map((model) => (
          <Row key={model.name} model={model} busy={isRunning(here)} />
        ))}
      </ul>
      {shown.every((model) => model.starter) && <p className="note">{t("models.nothing-recommended")}</p>}
      <ModelsWork here={here} />
      <details className="setup-more">
        <summary data-testid={testIds.models.importOpen}>{t("models.import.title")}</summary>
        <ImportModels busy={isRunning(here)} />
      </details>
    </div>
  );
}

function Row({ model, busy }: { readonly model: ModelLine; readonly busy: boolean }) {
  const { t } = useText();
  const title = useTitle()(model);
  return (
    <li className="models-row" data-testid={testIds.models.row(model.name)}>
      <div className="models-what">
        <p className="models-title">
          {model.starter ? title : t(`models.purpose.${model.purpose}`)}
          {(model.starter || isHere(model)) && <ModelState model={model} />}
        </p>
        <p className="muted">
          {!model.starter && `${title} · `}
          <ModelNeeds model={model} />
        </p>
      </div>
      {!isHere(model) && (
        <div className="models-do">
          <ModelSource model={model} />
          <FetchModel model={model} busy={busy} />
        </div>
      )}
    </li>
  );
}
