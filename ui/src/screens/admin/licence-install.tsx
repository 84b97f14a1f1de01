// Installing a licence, and why one is refused.

import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { licenceStatus, queryClient } from "../../app/queries";
import { errorText, type MessageKey, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Form, TextAreaField } from "../../parts/field";
import { Good } from "../../parts/good";
import { Icon } from "../../parts/icon";
import type { Failure } from "../../rpc/client";
import { testIds } from "../../testids";

/** Longer files are refused unread, by the engine too: no licence comes near. */
const LARGEST = 1 << 20;

/** The licence's text, pasted or from a file. */
export function InstallForm(props: {
  readonly label: string;
  readonly help?: string;
  readonly look: "primary" | "plain";
}) {
  const { t } = useText();
  const install = useCall("licence.install");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState(false);

  function change(next: string) {
    setText(next);
    setProblem(null);
    setDone(false);
    install.forget();
  }

  async function submit(given = text) {
    setDone(false);
    if (given.trim() === "") {
      setProblem(t("check.required"));
      return;
    }
    const status = await install.run({ text: given, trust: null });
    if (status === undefined) return;
    queryClient.setQueryData(licenceStatus.queryKey, status);
    setText("");
    setDone(true);
  }

  async function open(files: FileList | null) {
    const file = files?.[0];
    if (file === undefined) return;
    if (file.size > LARGEST) {
      setProblem(t("licence.install.file-too-large"));
      return;
    }
    const read = await file.text();
    change(read);
    await submit(read);
  }

  return (
    <Form onSubmit={submit}>
      <TextAreaField
        label={props.label}
        {...(props.help === undefined ? {} : { help: props.help })}
        value={text}
        onChange={change}
        problem={problem}
        rows={6}
        className="licence-text"
        testId={testIds.licence.text}
      />
      <Refusal failure={install.failure} />
      <div role="status">
        {done && <Good testId={testIds.licence.installed}>{t("licence.install.done")}</Good>}
      </div>
      <div className="buttons">
        <Button
          type="submit"
          look={props.look}
          isPending={install.pending}
          data-testid={testIds.licence.install}
        >
          {install.pending ? t("licence.install.pending") : t("licence.install.submit")}
        </Button>
        <FileTrigger onSelect={open} data-testid={testIds.licence.file}>
          <Button>{t("licence.install.file")}</Button>
        </FileTrigger>
      </div>
    </Form>
  );
}

type Parameters = Failure["parameters"];

/** What a refusal names, as a sentence: the line, the day, the facility. */
const DETAILS = ["line", "on", "from", "wanted", "key", "field", "what"] as const;

/** Why it was not installed, what it names, and what to do. */
function Refusal({ failure }: { readonly failure: Failure | null }) {
  const { t, language } = useText();
  return (
    <div role="alert">
      {failure !== null && (
        <div className="failure verdict-bad" data-testid={testIds.licence.refused} data-code={failure.code}>
          <Icon name="alarm" />
          <div>
            <p className="failure-what">{errorText(language, failure.code).what}</p>
            <p>{errorText(language, failure.code).next}</p>
            {DETAILS.filter((name) => failure.parameters[name] !== undefined && isNamed(failure, name)).map(
              (name) => (
                <p key={name} className="licence-detail">
                  {detail(t as (key: MessageKey, values: Parameters) => string, name, failure.parameters)}
                </p>
              ),
            )}
            <p className="muted">{t("licence.refused")}</p>
          </div>
        </div>
      )}
    </div>
  );
}

/** What stands in the sentence of the code already is not named again. */
function isNamed(failure: Failure, name: (typeof DETAILS)[number]) {
  if (name === "wanted") return failure.code === "licence.other-facility";
  if (name === "what") return failure.code === "licence.newer";
  return true;
}

function detail(
  say: (key: MessageKey, values: Parameters) => string,
  name: (typeof DETAILS)[number],
  parameters: Parameters,
) {
  return say(`licence.detail.${name}`, parameters);
}
