// The support bundle: made, shown in full, and only then saved.

import { useState } from "react";
import { type Translate, useText } from "../../i18n";
import { sizeInWords } from "../../logic/size";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Good } from "../../parts/good";
import { platform } from "../../platform";
import { Failure } from "../../rpc/client";
import type { SupportBundle, SupportFile } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function SupportPage() {
  const { t, language } = useText();
  const preview = useCall("support.preview");
  const save = useCall("support.save");
  const [bundle, setBundle] = useState<SupportBundle | null>(null);
  const [saved, setSaved] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });

  async function make() {
    const made = await preview.run({});
    if (made === undefined) return;
    setSaved(false);
    setBundle(made);
  }

  async function keep(shown: SupportBundle) {
    setRefused(null);
    const file = await save.run({ digest: shown.digest });
    if (file === undefined) return;
    const outcome = await platform.saveFile(file);
    if ("error" in outcome) setRefused(new Failure(outcome.error.code, outcome.error.parameters));
    else setSaved(outcome.ok === "saved");
  }

  return (
    <>
      <PageHead title={t("support.title")} text={t("support.text")}>
        <Button
          look={bundle === null ? "primary" : "plain"}
          isPending={preview.pending}
          onPress={make}
          data-testid={testIds.support.make}
        >
          {preview.pending ? t("support.making") : bundle === null ? t("support.make") : t("support.again")}
        </Button>
      </PageHead>
      <FailureNotice failure={preview.failure ?? save.failure ?? refused} />
      {bundle !== null && (
        <>
          <p role="status">
            {t("support.made", {
              time: time.format(bundle.made),
              size: sizeInWords(bundle.bytes, language),
            })}
          </p>
          {bundle.files.map((file) => (
            <FileShown key={file.name} file={file} />
          ))}
          <div className="buttons save-line">
            <Button
              look="primary"
              icon="download"
              isPending={save.pending}
              onPress={() => keep(bundle)}
              data-testid={testIds.support.save}
            >
              {t("support.save")}
            </Button>
            <div role="status">
              {saved ? (
                <Good testId={testIds.support.saved}>{t("support.saved")}</Good>
              ) : (
                <p className="muted">{t("support.nothing-left")}</p>
              )}
            </div>
          </div>
        </>
      )}
    </>
  );
}

function FileShown({ file }: { readonly file: SupportFile }) {
  const { t, language } = useText();
  const label = t("support.file-region", { name: file.name });
  return (
    <section className="panel support-file" data-testid={testIds.support.file(file.name)}>
      <h2 className="panel-title">
        {file.name} <span className="muted">{sizeInWords(file.content.length, language)}</span>
      </h2>
      <p className="muted">{purpose(t, file.name)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard. */}
      <pre className="support-content" role="region" aria-label={label} tabIndex={0}>
        {file.content}
      </pre>
    </section>
  );
}

const PARTS = ["diagnostics", "settings", "licence", "counts", "log"] as const;

function purpose(t: Translate, name: string) {
  const part = PARTS.find((each) => name === `${each}.json`);
  return part === undefined ? "" : t(`support.file.${part}`);
}
