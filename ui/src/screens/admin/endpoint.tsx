// The facility's own server of language models: where it is, which model writes, and whether it answers.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { endpoint, noteOffers, queryClient } from "../../app/queries";
import { errorText, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { CheckField, Form, TextAreaField, TextField } from "../../parts/field";
import { Good } from "../../parts/good";
import { Icon } from "../../parts/icon";
import { SelectField } from "../../parts/select";
import { asFailure } from "../../rpc/client";
import type { Endpoint, EndpointTried } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { NO_TOKEN, TokenField, tokenChange } from "./token-field";

const USUAL_CONTEXT = 8192;

function keep(next: Endpoint) {
  queryClient.setQueryData(endpoint.queryKey, next);
  void queryClient.invalidateQueries({ queryKey: noteOffers.queryKey });
}

export function EndpointPage() {
  const { t } = useText();
  const query = useQuery(endpoint);
  const [removed, setRemoved] = useState(0);
  return (
    <div className="narrow" data-testid={testIds.endpoint.page}>
      <PageHead title={t("endpoint.title")} text={t("endpoint.text")} />
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
      {query.data !== undefined && (
        // Removed, the form begins anew.
        <EndpointForm key={removed} set={query.data} onRemoved={() => setRemoved(removed + 1)} />
      )}
    </div>
  );
}

function EndpointForm(props: { readonly set: Endpoint; readonly onRemoved: () => void }) {
  const { set } = props;
  const { t } = useText();
  const save = useCall("endpoint.save");
  const remove = useCall("endpoint.remove");
  const attempt = useCall("endpoint.try");
  const [address, setAddress] = useState(set.settings?.address ?? "");
  const [model, setModel] = useState(set.settings?.model ?? "");
  const [context, setContext] = useState(String(set.settings?.context ?? USUAL_CONTEXT));
  const [authority, setAuthority] = useState(set.settings?.authority ?? "");
  const [token, setToken] = useState(NO_TOKEN);
  const [on, setOn] = useState(set.settings?.on ?? false);
  const [tried, setTried] = useState<EndpointTried | null>(null);
  const [saved, setSaved] = useState(false);
  const [checked, setChecked] = useState(false);
  const missing = (text: string) => (checked && text.trim() === "" ? t("check.required") : null);
  // One that the server does not name is shown all the same, beside why it is not had.
  const named = tried?.models.map(({ name }) => name) ?? [];
  const choices = named.includes(model) || named.length === 0 ? named : [model, ...named];
  const tokens = Number(context);
  const contextProblem = Number.isInteger(tokens) && tokens >= 2048 ? null : t("endpoint.context-least");

  /** Whatever is changed has not been tried, nor kept. */
  function changed<T>(take: (value: T) => void) {
    return (value: T) => {
      setSaved(false);
      setTried(null);
      take(value);
    };
  }

  async function ask() {
    setTried(null);
    if (address.trim() === "") return setChecked(true);
    const answer = await attempt.run({
      address: address.trim(),
      authority: authority || null,
      token: tokenChange(token),
      model: model.trim() || null,
    });
    if (answer === undefined) return;
    setTried(answer);
    if (answer.model !== null) choose(answer.model, answer);
  }

  function choose(name: string, answer: EndpointTried | null) {
    setSaved(false);
    setModel(name);
    const known = answer?.models.find((one) => one.name === name)?.context;
    // What was known of another model says nothing of this one.
    if (known !== undefined && known !== null) setContext(String(known));
    else if (name !== model) setContext(String(USUAL_CONTEXT));
  }

  async function submit() {
    setChecked(true);
    if (address.trim() === "" || model.trim() === "" || contextProblem !== null) return;
    const next = await save.run({
      settings: {
        on,
        address: address.trim(),
        model: model.trim(),
        context: tokens,
        authority: authority || null,
      },
      token: tokenChange(token),
    });
    if (next === undefined) return;
    keep(next);
    setToken(NO_TOKEN);
    setSaved(true);
  }

  async function forgetAll() {
    const next = await remove.run({});
    if (next === undefined) return;
    keep(next);
    props.onRemoved();
  }

  return (
    <Form onSubmit={submit}>
      {!set.licensed && <p className="note">{t("endpoint.not-licensed")}</p>}
      <section className="panel">
        <TextField
          label={t("endpoint.address")}
          help={t("endpoint.address-help")}
          value={address}
          onChange={changed(setAddress)}
          problem={missing(address)}
          testId={testIds.endpoint.address}
        />
        <TokenField
          label={t("endpoint.token")}
          help={t("endpoint.token-help")}
          kept={set.has_token}
          value={token}
          onChange={changed(setToken)}
          testId={testIds.endpoint.token}
          forgetTestId={testIds.endpoint.forget}
        />
        <TextAreaField
          label={t("endpoint.authority")}
          help={t("endpoint.authority-help")}
          value={authority}
          onChange={changed(setAuthority)}
          testId={testIds.endpoint.authority}
        />
        <div className="buttons">
          <Button
            icon="repeat"
            onPress={ask}
            isPending={attempt.pending}
            data-testid={testIds.endpoint.attempt}
          >
            {t("endpoint.try")}
          </Button>
        </div>
        <FailureNotice failure={attempt.failure} />
        <div role="status">{tried !== null && isAbout(tried, model) && <Tried tried={tried} />}</div>
      </section>
      <section className="panel">
        {choices.length > 0 ? (
          <SelectField
            label={t("endpoint.model")}
            value={model}
            onChange={(name) => choose(name, tried)}
            options={choices.map((name) => ({ id: name, label: name }))}
            testId={testIds.endpoint.models}
          />
        ) : (
          <TextField
            label={t("endpoint.model")}
            help={t("endpoint.model-help")}
            value={model}
            onChange={changed(setModel)}
            problem={missing(model)}
            testId={testIds.endpoint.model}
          />
        )}
        <TextField
          label={t("endpoint.context")}
          help={t("endpoint.context-help")}
          value={context}
          onChange={(text) => {
            setSaved(false);
            setContext(text);
          }}
          problem={checked ? contextProblem : null}
          testId={testIds.endpoint.context}
        />
        <CheckField
          isSelected={on}
          onChange={(next) => {
            setSaved(false);
            setOn(next);
          }}
          testId={testIds.endpoint.on}
        >
          {t("endpoint.on")}
        </CheckField>
        <p className="note">{t("endpoint.leaves")}</p>
      </section>
      <FailureNotice failure={save.failure ?? remove.failure} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={save.pending} data-testid={testIds.endpoint.save}>
          {t("endpoint.save")}
        </Button>
        {set.settings !== null && (
          <Button
            look="bare"
            onPress={forgetAll}
            isPending={remove.pending}
            data-testid={testIds.endpoint.remove}
          >
            {t("endpoint.remove")}
          </Button>
        )}
      </div>
      <div role="status">{saved && <Good testId={testIds.endpoint.saved}>{t("endpoint.saved")}</Good>}</div>
    </Form>
  );
}

/** Whether what was found out is of the model that is chosen now, or of the server before any was. */
function isAbout(tried: EndpointTried, model: string) {
  return tried.model === null ? !tried.models.some(({ name }) => name === model) : tried.model === model;
}

function Tried({ tried }: { readonly tried: EndpointTried }) {
  const { t, language } = useText();
  if (tried.failure === null) {
    return (
      <Good testId={testIds.endpoint.tried}>
        {t("endpoint.writes", { model: tried.model ?? "" })}{" "}
        {t("endpoint.answers", { count: tried.models.length })}
      </Good>
    );
  }
  const text = errorText(language, tried.failure);
  return (
    <p className="verdict verdict-bad" data-testid={testIds.endpoint.tried} data-failure={tried.failure}>
      <Icon name="alarm" />
      <span>
        {text.what} {text.next}
      </span>
    </p>
  );
}
