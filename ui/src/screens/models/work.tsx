// How far the work on the models is, and how it ended.

import { models, queryClient } from "../../app/queries";
import { localeOf, useText } from "../../i18n";
import { sizeInWords } from "../../logic/size";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Good } from "../../parts/good";
import { Failure } from "../../rpc/client";
import type { ModelsHere } from "../../rpc/schema";
import { testIds } from "../../testids";
import { useTitle } from "./line";

export function ModelsWork({ here }: { readonly here: ModelsHere }) {
  const { t, language } = useText();
  const cancel = useCall("models.cancel");
  const work = here.work;
  const size = (bytes: number) => sizeInWords(bytes, localeOf(language));
  const title = useTitle();
  const titleOf = (name: string) => {
    const model = here.models.find((each) => each.name === name);
    return model === undefined ? name : title(model);
  };
  const subject = work === null ? "" : titleOf(work.subject);
  const state = work?.state ?? null;

  async function stop() {
    const next = await cancel.run({});
    if (next !== undefined) queryClient.setQueryData(models.queryKey, next);
  }

  return (
    <>
      {work !== null && state?.is === "running" && (
        <div className="model-work" data-testid={testIds.models.work}>
          <div>
            <p className="model-work-what">{t(`models.working.${work.task}`, { model: subject })}</p>
            <progress
              aria-label={t(`models.working.${work.task}`, { model: subject })}
              {...(state.of === null ? {} : { value: state.bytes, max: Math.max(state.of, 1) })}
            />
            <p className="muted">
              {state.of === null
                ? t("models.progress-open", { done: size(state.bytes) })
                : t("models.progress", { done: size(state.bytes), of: size(state.of) })}
            </p>
          </div>
          <Button onPress={stop} isPending={cancel.pending} data-testid={testIds.models.cancel}>
            {t("models.cancel")}
          </Button>
        </div>
      )}
      <div role="status">
        {work !== null && state?.is === "done" && (
          <Good testId={testIds.models.done}>
            {work.task === "import"
              ? t("models.done.import", {
                  models: new Intl.ListFormat(localeOf(language)).format(
                    state.models.map((name) => titleOf(name)),
                  ),
                })
              : t(`models.done.${work.task}`, { model: subject })}
          </Good>
        )}
        {state?.is === "stopped" && <p className="note">{t("models.stopped")}</p>}
      </div>
      <FailureNotice
        failure={
          cancel.failure ??
          (state?.is === "failed" ? new Failure(state.error.code, state.error.parameters) : null)
        }
      />
    </>
  );
}
