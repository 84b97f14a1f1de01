// The places at which the clinic sees patients, and where this device stands.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient, sites } from "../../app/queries";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form, TextField } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import { Good } from "../../parts/good";
import { SelectField } from "../../parts/select";
import { asFailure } from "../../rpc/client";
import type { Site, Sites } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

type Doing = { readonly is: "add" } | { readonly is: "rename" | "close"; readonly site: Site };

function keep(next: Sites) {
  queryClient.setQueryData(sites.queryKey, next);
}

export function SitesPage() {
  const { t } = useText();
  const query = useQuery(sites);
  const [doing, setDoing] = useState<Doing | null>(null);
  const end = () => setDoing(null);
  const known = query.data?.sites ?? [];
  return (
    <div className="narrow" data-testid={testIds.sites.page}>
      <PageHead title={t("sites.title")} text={t("sites.text")}>
        <Button
          look="primary"
          icon="plus"
          onPress={() => setDoing({ is: "add" })}
          data-testid={testIds.sites.add}
        >
          {t("sites.add")}
        </Button>
      </PageHead>
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
      {query.data !== undefined && known.length === 0 && <p className="muted">{t("sites.none")}</p>}
      {known.length > 0 && (
        <table className="table" aria-label={t("sites.title")}>
          <thead>
            <tr>
              <th scope="col">{t("sites.name")}</th>
              <th scope="col">{t("sites.state")}</th>
              <th scope="col">
                <span className="visually-hidden">{t("sites.change")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {known.map((site) => (
              <tr key={site.id} data-testid={testIds.sites.row(site.name)} data-closed={site.closed}>
                <th scope="row">{site.name}</th>
                <td>{site.closed ? t("sites.closed") : t("sites.open")}</td>
                <td>
                  {!site.closed && (
                    <div className="buttons">
                      <Button
                        size="small"
                        onPress={() => setDoing({ is: "rename", site })}
                        aria-label={t("sites.rename-of", { name: site.name })}
                        data-testid={testIds.sites.rename(site.name)}
                      >
                        {t("sites.rename")}
                      </Button>
                      <Button
                        size="small"
                        onPress={() => setDoing({ is: "close", site })}
                        aria-label={t("sites.close-of", { name: site.name })}
                        data-testid={testIds.sites.close(site.name)}
                      >
                        {t("sites.close")}
                      </Button>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {query.data !== undefined && known.some((site) => !site.closed) && <Here sites={query.data} />}
      {doing?.is === "add" && <Named onClose={end} />}
      {doing?.is === "rename" && <Named site={doing.site} onClose={end} />}
      {doing?.is === "close" && <Close site={doing.site} onClose={end} />}
    </div>
  );
}

/** Where this device stands: what is opened on it is of that site. */
function Here({ sites: { sites: known, here } }: { readonly sites: Sites }) {
  const { t } = useText();
  const place = useCall("sites.place");
  const [saved, setSaved] = useState(false);

  async function change(value: string) {
    setSaved(false);
    const next = await place.run({ site: known.find((site) => site.id === value)?.id ?? null });
    if (next === undefined) return;
    keep(next);
    setSaved(true);
  }

  return (
    <section className="panel">
      <h2>{t("sites.here")}</h2>
      <SelectField
        label={t("sites.here-label")}
        help={t("sites.here-help")}
        value={here ?? ""}
        onChange={change}
        options={[
          { id: "", label: t("sites.nowhere") },
          ...known.filter((site) => !site.closed).map((site) => ({ id: site.id, label: site.name })),
        ]}
        testId={testIds.sites.here}
      />
      <FailureNotice failure={place.failure} />
      <div role="status">{saved && <Good testId={testIds.sites.placed}>{t("sites.placed")}</Good>}</div>
    </section>
  );
}

/** Adds a site, or calls one something else. */
function Named({ site, onClose }: { readonly site?: Site; readonly onClose: () => void }) {
  const { t } = useText();
  const add = useCall("sites.add");
  const rename = useCall("sites.rename");
  const [name, setName] = useState(site?.name ?? "");
  const [checked, setChecked] = useState(false);

  async function submit() {
    setChecked(true);
    if (name.trim() === "") return;
    const next = site === undefined ? await add.run({ name }) : await rename.run({ site: site.id, name });
    if (next === undefined) return;
    keep(next);
    onClose();
  }

  return (
    <Dialog
      title={site === undefined ? t("sites.add") : t("sites.rename-of", { name: site.name })}
      onClose={onClose}
    >
      <Form onSubmit={submit}>
        <TextField
          label={t("sites.name")}
          help={t("sites.name-help")}
          value={name}
          onChange={setName}
          problem={checked && name.trim() === "" ? t("check.required") : null}
          testId={testIds.sites.name}
          autoFocus
        />
        <FormEnd
          failure={add.failure ?? rename.failure}
          submit={t("sites.save")}
          pending={add.pending || rename.pending}
          testId={testIds.sites.save}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

function Close({ site, onClose }: { readonly site: Site; readonly onClose: () => void }) {
  const { t } = useText();
  const close = useCall("sites.close");

  async function submit() {
    const next = await close.run({ site: site.id });
    if (next === undefined) return;
    keep(next);
    onClose();
  }

  return (
    <Dialog title={t("sites.close-of", { name: site.name })} onClose={onClose}>
      <Form onSubmit={submit}>
        <p>{t("sites.close-text")}</p>
        <FormEnd
          failure={close.failure}
          submit={t("sites.close")}
          pending={close.pending}
          testId={testIds.sites.closeSure}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
