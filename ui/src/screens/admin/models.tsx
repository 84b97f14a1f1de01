// The models of this device: what is here, what it can carry, what can be fetched or copied.

import { useText } from "../../i18n";
import { FailureNotice } from "../../parts/failure";
import { asFailure } from "../../rpc/client";
import type { ModelLine, ModelPurpose, ModelsHere } from "../../rpc/schema";
import { testIds } from "../../testids";
import { ImportModels } from "../models/import";
import {
  FetchModel,
  isHere,
  KeepModel,
  MachineWords,
  ModelNeeds,
  ModelSource,
  ModelState,
  useTitle,
} from "../models/line";
import { isRunning, useModels } from "../models/use-models";
import { ModelsWork } from "../models/work";
import { PageHead } from "../shell/shell";

const PURPOSES: readonly ModelPurpose[] = ["speech", "embedding", "language"];

export function ModelsPage() {
  const { t } = useText();
  const query = useModels();
  return (
    <>
      <PageHead title={t("models.title")} text={t("models.text")} />
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
      {query.data !== undefined && <Page here={query.data} />}
    </>
  );
}

function Page({ here }: { readonly here: ModelsHere }) {
  const { t } = useText();
  return (
    <div className="models-page" data-testid={testIds.models.page}>
      <p className="muted">
        <MachineWords here={here} />
        {" · "}
        {t("models.folder", { folder: here.folder })}
      </p>
      <ModelsWork here={here} />
      {PURPOSES.map((purpose) => (
        <Purpose
          key={purpose}
          purpose={purpose}
          here={here}
          models={here.models.filter((model) => model.purpose === purpose)}
        />
      ))}
      <section className="panel" aria-labelledby="models-import">
        <h2 className="subtitle" id="models-import">
          {t("models.import.title")}
        </h2>
        <ImportModels busy={isRunning(here)} />
      </section>
    </div>
  );
}

function Purpose(props: {
  readonly purpose: ModelPurpose;
  readonly here: ModelsHere;
  readonly models: readonly ModelLine[];
}) {
  const { t } = useText();
  const heading = `models-${props.purpose}`;
  return (
    <section aria-labelledby={heading}>
      <h2 className="subtitle" id={heading}>
        {t(`models.purpose.${props.purpose}`)}
      </h2>
      <ul className="models-rows">
        {props.models.map((model) => (
          <Row key={model.name} model={model} busy={isRunning(props.here)} />
        ))}
      </ul>
    </section>
  );
}

function Row({ model, busy }: { readonly model: ModelLine; readonly busy: boolean }) {
  const { t } = useText();
  const title = useTitle()(model);
  return (
    <li className="models-row" data-testid={testIds.models.row(model.name)}>
      <div className="models-what">
        <p className="models-title">
          {title}
          {model.recommended && <span className="badge badge-help">{t("models.recommended")}</span>}
          {!model.fits && <span className="badge badge-urgent">{t("models.too-large")}</span>}
        </p>
        <p className="muted">
          <ModelNeeds model={model} />
          {model.licence !== null && ` · ${t("models.licence", { licence: model.licence })}`}
        </p>
      </div>
      <div className="models-do">
        <ModelState model={model} />
        {!isHere(model) && (
          <>
            <ModelSource model={model} />
            <FetchModel
              model={model}
              busy={busy}
              size="small"
              look={model.recommended ? "primary" : "plain"}
            />
          </>
        )}
        <KeepModel model={model} busy={busy} />
      </div>
    </li>
  );
}
