// One model: what it is for, what it takes, what of it is here, and what can be done with it.

import { useState } from "react";
import { models, queryClient } from "../../app/queries";
import { localeOf, useText } from "../../i18n";
import { hostOf, memoryInWords, sizeInWords } from "../../logic/size";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import type { ModelLine, ModelsHere } from "../../rpc/schema";
import { testIds } from "../../testids";

/** Whether there is a file to use. */
export function isHere(model: ModelLine): boolean {
  return model.state.is === "present" || model.state.is === "verified";
}

/** How it is called on the screen. */
export function useTitle() {
  const { t } = useText();
  return (model: ModelLine) => (model.starter ? t("models.starter") : (model.title ?? model.name));
}

/** What it takes: the file and the memory. */
export function ModelNeeds({ model }: { readonly model: ModelLine }) {
  const { t, language } = useText();
  const size = (bytes: number) => sizeInWords(bytes, localeOf(language));
  const { state, bytes, memory } = model;
  if (model.starter) return t("models.starter-text");
  if (bytes !== null && memory !== null) return t("models.size", { size: size(bytes), memory: size(memory) });
  return "bytes" in state ? t("models.size-own", { size: size(state.bytes) }) : null;
}

/** What of it is here, in a word or two. */
export function ModelState({ model }: { readonly model: ModelLine }) {
  const { t, language } = useText();
  const { state } = model;
  const look = state.is === "verified" || model.starter ? "good" : state.is === "bad" ? "urgent" : "quiet";
  const words = model.starter
    ? t("models.state.built-in")
    : state.is === "partial"
      ? t("models.state.partial", { size: sizeInWords(state.bytes, localeOf(language)) })
      : t(`models.state.${state.is}`);
  return (
    <span
      className={`badge badge-${look}`}
      data-testid={testIds.models.state(model.name)}
      data-state={state.is}
    >
      {words}
    </span>
  );
}

/** Fetching a model, with the host that it comes from. */
export function FetchModel(props: {
  readonly model: ModelLine;
  readonly busy: boolean;
  readonly look?: "primary" | "plain";
  readonly size?: "small" | "medium";
}) {
  const { t } = useText();
  const title = useTitle()(props.model);
  const fetch = useCall("models.fetch");
  const { state, source, name } = props.model;
  if (source === null) return null;

  async function begin() {
    const here = await fetch.run({ name });
    if (here !== undefined) queryClient.setQueryData(models.queryKey, here);
  }

  const words =
    state.is === "partial" ? "models.fetch-on" : state.is === "bad" ? "models.fetch-again" : "models.fetch";
  return (
    <>
      <Button
        look={props.look ?? "plain"}
        size={props.size ?? "medium"}
        icon="download"
        onPress={begin}
        isPending={fetch.pending}
        isDisabled={props.busy}
        aria-label={t("models.fetch-of", { model: title })}
        data-testid={testIds.models.fetch(name)}
      >
        {t(words)}
      </Button>
      <FailureNotice failure={fetch.failure} />
    </>
  );
}

/** Where a download comes from. */
export function ModelSource({ model }: { readonly model: ModelLine }) {
  const { t } = useText();
  if (model.source === null) return null;
  return (
    <span className="muted model-source" title={model.source}>
      {t("models.from", { host: hostOf(model.source) })}
    </span>
  );
}

/** Checking and removing what is here. */
export function KeepModel({ model, busy }: { readonly model: ModelLine; readonly busy: boolean }) {
  const { t } = useText();
  const title = useTitle()(model);
  const verify = useCall("models.verify");
  const remove = useCall("models.remove");
  const [asking, setAsking] = useState(false);
  const { name } = model;

  const show = (here: ModelsHere | undefined) => {
    if (here !== undefined) queryClient.setQueryData(models.queryKey, here);
    return here !== undefined;
  };

  return (
    <>
      {isHere(model) && (
        <Button
          size="small"
          onPress={async () => show(await verify.run({ name }))}
          isPending={verify.pending}
          isDisabled={busy}
          aria-label={t("models.verify-of", { model: title })}
          data-testid={testIds.models.verify(name)}
        >
          {t("models.verify")}
        </Button>
      )}
      {model.state.is !== "absent" && !model.starter && (
        <Button
          size="small"
          look="bare"
          icon="trash"
          onPress={() => setAsking(true)}
          isDisabled={busy}
          aria-label={t("models.remove-of", { model: title })}
          data-testid={testIds.models.remove(name)}
        >
          {t("models.remove")}
        </Button>
      )}
      <FailureNotice failure={verify.failure} />
      {asking && (
        <Dialog title={t("models.remove-title", { model: title })} onClose={() => setAsking(false)}>
          <p>{t("models.remove-text")}</p>
          <FailureNotice failure={remove.failure} />
          <div className="buttons">
            <Button
              look="danger"
              onPress={async () => {
                if (show(await remove.run({ name }))) setAsking(false);
              }}
              isPending={remove.pending}
              data-testid={testIds.models.removeSure}
            >
              {t("models.remove")}
            </Button>
            <Button onPress={() => setAsking(false)}>{t("app.cancel")}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** What the machine is. */
export function MachineWords({ here }: { readonly here: ModelsHere }) {
  const { t, language } = useText();
  return here.memory === null
    ? t("models.machine-unknown", { count: here.cores })
    : t("models.machine", { count: here.cores, memory: memoryInWords(here.memory, localeOf(language)) });
}
