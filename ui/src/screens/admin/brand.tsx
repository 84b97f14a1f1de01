// The clinic's own brand: chosen or typed, seen at once, installed and removed.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { brandCurrent, brandStatus, queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { type BrandDraft, readFolder } from "../../logic/brand";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form } from "../../parts/field";
import { Good } from "../../parts/good";
import { asFailure, call } from "../../rpc/client";
import type { BrandChecked, BrandFields, BrandStatus } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { BrandForm } from "./brand-fields";
import { BrandPreview, Problems } from "./brand-preview";

export function BrandPage() {
  const { t } = useText();
  const query = useQuery(brandStatus);
  return (
    <div className="brand-page" data-testid={testIds.brand.page}>
      <PageHead title={t("brand.title")} text={t("brand.text")} />
      {query.data !== undefined && <Editor status={query.data} />}
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
    </div>
  );
}

type Done = "installed" | "removed" | null;

function Editor({ status }: { readonly status: BrandStatus }) {
  const { t } = useText();
  const [draft, setDraft] = useState<BrandDraft>(() => draftOf(status));
  const [done, setDone] = useState<Done>(null);
  const [removing, setRemoving] = useState(false);
  const install = useCall("brand.install");
  const remove = useCall("brand.remove");
  const checked = useChecked(draft);
  const fields = draft.fields ?? checked?.fields ?? null;
  const fine = checked !== null && checked.problems.length === 0;

  function edit(next: BrandDraft) {
    setDone(null);
    install.forget();
    setDraft(next);
  }

  function change(part: Partial<BrandFields>) {
    if (fields !== null) edit({ ...draft, toml: null, fields: { ...fields, ...part } });
  }

  async function show(next: BrandStatus, how: Done) {
    queryClient.setQueryData(brandStatus.queryKey, next);
    queryClient.setQueryData(brandCurrent.queryKey, next.shown);
    setDraft(draftOf(next));
    setDone(how);
  }

  async function submit() {
    if (!fine || !status.licensed) return;
    const next = await install.run(draft);
    if (next !== undefined) await show(next, "installed");
  }

  async function takeAway() {
    setRemoving(false);
    const next = await remove.run({});
    if (next !== undefined) await show(next, "removed");
  }

  async function choose(files: FileList | null) {
    if (files !== null) edit(await readFolder([...files]));
  }

  return (
    <Form className="brand-form" onSubmit={submit}>
      {status.fallback !== null && (
        <p className="note" role="alert" data-testid={testIds.brand.fallback}>
          {t(`brand.fallback.${status.fallback}`)}
        </p>
      )}
      {!status.licensed && status.fallback === null && <p className="note">{t("brand.not-licensed")}</p>}
      <div className="brand-choose">
        <FileTrigger acceptDirectory onSelect={choose}>
          <Button icon="brand" data-testid={testIds.brand.folder}>
            {t("brand.folder")}
          </Button>
        </FileTrigger>
        <FileTrigger allowsMultiple acceptedFileTypes={[".toml", ".svg", ".png"]} onSelect={choose}>
          <Button look="bare" data-testid={testIds.brand.files}>
            {t("brand.files")}
          </Button>
        </FileTrigger>
        <p className="field-help">{t("brand.folder-help")}</p>
      </div>
      {checked !== null && <BrandPreview shown={checked.shown} />}
      <div role="status" className="brand-state">
        {done !== null && (
          <Good testId={testIds.brand.done}>
            {t(done === "installed" ? "brand.installed" : "brand.removed")}
          </Good>
        )}
        {checked !== null && done === null && <Problems problems={checked.problems} />}
      </div>
      <FailureNotice failure={install.failure ?? remove.failure} />
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          isDisabled={!fine || !status.licensed}
          isPending={install.pending}
          data-testid={testIds.brand.install}
        >
          {install.pending ? t("brand.installing") : t("brand.install")}
        </Button>
        {status.installed && (
          <Button
            icon="trash"
            onPress={() => setRemoving(true)}
            isPending={remove.pending}
            data-testid={testIds.brand.remove}
          >
            {t("brand.remove")}
          </Button>
        )}
      </div>
      {fields !== null && checked !== null && (
        <BrandForm
          fields={fields}
          checked={checked}
          onChange={change}
          onPicture={(key, picture) =>
            edit({
              toml: null,
              fields: { ...fields, [key]: picture.name },
              pictures: [...draft.pictures.filter((other) => other.name !== picture.name), picture],
            })
          }
        />
      )}
      {removing && (
        <Dialog title={t("brand.remove-title")} role="alertdialog" onClose={() => setRemoving(false)}>
          <p>{t("brand.remove-text")}</p>
          <div className="buttons">
            <Button look="danger" onPress={takeAway} data-testid={testIds.brand.removeSure}>
              {t("brand.remove")}
            </Button>
            <Button onPress={() => setRemoving(false)}>{t("app.cancel")}</Button>
          </div>
        </Dialog>
      )}
    </Form>
  );
}

function draftOf(status: BrandStatus): BrandDraft {
  return { toml: null, fields: status.fields, pictures: status.pictures };
}

/** What the engine says of the draft, soon after the last change. Until then what it said before. */
function useChecked(draft: BrandDraft): BrandChecked | null {
  const [checked, setChecked] = useState<BrandChecked | null>(null);
  useEffect(() => {
    let late = false;
    const timer = setTimeout(async () => {
      try {
        const next = await call("brand.preview", draft);
        if (!late) setChecked(next);
      } catch {
        // Installing says why.
      }
    }, 200);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [draft]);
  return checked;
}
