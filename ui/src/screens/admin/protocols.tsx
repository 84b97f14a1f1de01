// What patients can be asked: what is built in, the clinic's own files, and what is wrong with the others.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { protocols, queryClient } from "../../app/queries";
import { errorText, ownName, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import { asFailure, call } from "../../rpc/client";
import type {
  ItemRemark,
  PreviewedStep,
  ProtocolLine,
  ProtocolList,
  ProtocolProblem,
} from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function Protocols() {
  const { t } = useText();
  const list = useQuery(protocols);
  const reload = useCall("protocols.reload");
  const activate = useCall("protocols.activate");
  const deactivate = useCall("protocols.deactivate");
  const [shown, setShown] = useState<ProtocolLine | null>(null);
  const found = list.data;

  const take = (next: ProtocolList | undefined) => {
    if (next !== undefined) queryClient.setQueryData(protocols.queryKey, next);
  };

  return (
    <>
      <PageHead title={t("protocols.title")} text={t("protocols.text")}>
        <Button
          onPress={async () => take(await reload.run({}))}
          isPending={reload.pending}
          data-testid={testIds.protocols.reload}
        >
          {t("protocols.reload")}
        </Button>
      </PageHead>
      <FailureNotice
        failure={
          reload.failure ??
          activate.failure ??
          deactivate.failure ??
          (list.error === null ? null : asFailure(list.error))
        }
      />
      {found !== undefined && (
        <>
          <p className="protocols-folder">
            {t("protocols.folder")} <code data-testid={testIds.protocols.folder}>{found.folder}</code>
          </p>
          {found.problems.map((problem) => (
            <Problem key={problem.file} problem={problem} />
          ))}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard. */}
          <div className="table-scroll" role="region" aria-label={t("protocols.title")} tabIndex={0}>
            <table className="table" data-testid={testIds.protocols.table}>
              <thead>
                <tr>
                  <th scope="col">{t("protocols.name")}</th>
                  <th scope="col">{t("protocols.version")}</th>
                  <th scope="col">{t("protocols.source")}</th>
                  <th scope="col">{t("protocols.use")}</th>
                  <th scope="col">
                    <span className="visually-hidden">{t("protocols.actions")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.protocols.map((line) => (
                  <Row
                    key={line.url}
                    line={line}
                    busy={activate.pending || deactivate.pending}
                    onPreview={() => setShown(line)}
                    onUse={async (active) =>
                      take(await (active ? activate : deactivate).run({ url: line.url }))
                    }
                  />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {shown !== null && <Preview line={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function Row(props: {
  readonly line: ProtocolLine;
  readonly busy: boolean;
  readonly onPreview: () => void;
  readonly onUse: (active: boolean) => void;
}) {
  const { line } = props;
  const { t } = useText();
  const known = [
    t("protocols.questions", { count: line.questions }),
    line.languages.map(ownName).join(", "),
    ...line.scores,
  ];
  return (
    <tr data-testid={testIds.protocols.row(line.name)} data-active={line.active}>
      <th scope="row">
        {line.title}
        <span className="muted cell-second">{known.join(" · ")}</span>
        <Remarks remarks={line.notices} />
      </th>
      <td className="figure">{line.version ?? t("protocols.no-version")}</td>
      <td>
        {line.file === null ? t("protocols.built-in") : <code>{line.file}</code>}
        {line.replaces !== null && (
          <span className="muted cell-second">{t("protocols.replaces", { name: line.replaces })}</span>
        )}
      </td>
      <td>
        {line.active ? (
          <span>{t(placeOf(line))}</span>
        ) : (
          <span className="badge badge-urgent">{t("protocols.inactive")}</span>
        )}
      </td>
      <td>
        <div className="protocol-actions">
          <Button
            size="small"
            aria-label={t("protocols.preview-label", { title: line.title })}
            onPress={props.onPreview}
            data-testid={testIds.protocols.preview(line.name)}
          >
            {t("protocols.preview")}
          </Button>
          {!line.general && (
            <Button
              size="small"
              look="bare"
              aria-label={t(line.active ? "protocols.deactivate-label" : "protocols.activate-label", {
                title: line.title,
              })}
              isDisabled={props.busy}
              onPress={() => props.onUse(!line.active)}
              data-testid={
                line.active ? testIds.protocols.deactivate(line.name) : testIds.protocols.activate(line.name)
              }
            >
              {t(line.active ? "protocols.deactivate" : "protocols.activate")}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

function placeOf(line: ProtocolLine) {
  if (line.general) return "protocols.general" as const;
  return line.has_words ? ("protocols.active" as const) : ("protocols.no-words" as const);
}

function Remarks({ remarks }: { readonly remarks: readonly ItemRemark[] }) {
  const { t } = useText();
  if (remarks.length === 0) return null;
  return (
    <details className="protocol-remarks">
      <summary>{t("protocols.simpler", { count: remarks.length })}</summary>
      <ul>
        {remarks.map((remark) => (
          <li key={`${remark.item} ${remark.what}`}>
            <code>{remark.item}</code> {remark.what}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Problem({ problem }: { readonly problem: ProtocolProblem }) {
  const { t, language } = useText();
  const sentence = errorText(language, problem.code);
  return (
    <section
      className="verdict verdict-bad"
      aria-label={problem.file}
      data-testid={testIds.protocols.problem(problem.file)}
    >
      <Icon name="alarm" />
      <div>
        <h2 className="protocol-problem-file">{t("protocols.unused", { file: problem.file })}</h2>
        <p>{sentence.what}</p>
        <ul className="verdict-faults" lang="en">
          {problem.items.map((remark) => (
            <li key={`${remark.item} ${remark.what}`}>
              <code>{remark.item}</code> {remark.what}
            </li>
          ))}
          {problem.detail !== null && <li>{problem.detail}</li>}
        </ul>
      </div>
    </section>
  );
}

function Preview({ line, onClose }: { readonly line: ProtocolLine; readonly onClose: () => void }) {
  const { t } = useText();
  const preview = useQuery({
    queryKey: ["protocols", "preview", line.url, line.version],
    queryFn: () => call("protocols.preview", { url: line.url }),
  });
  return (
    <Dialog title={line.title} onClose={onClose} className="dialog-wide">
      <FailureNotice failure={preview.error === null ? null : asFailure(preview.error)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard. */}
      <div className="protocol-steps" role="region" aria-label={t("protocols.preview")} tabIndex={0}>
        <ol data-testid={testIds.protocols.questions}>
          {(preview.data?.steps ?? []).map((step) => (
            <Step key={step.question.link_id} step={step} />
          ))}
        </ol>
      </div>
      <div className="buttons">
        <Button onPress={onClose}>{t("app.close")}</Button>
      </div>
    </Dialog>
  );
}

function Step({ step }: { readonly step: PreviewedStep }) {
  const { t } = useText();
  const { question } = step;
  const { kind } = question;
  const marks = [
    t(`protocols.kind.${kind.type}`),
    ...(question.repeats ? [t("protocols.several")] : []),
    ...(question.required ? [t("protocols.required")] : []),
    ...(step.conditional ? [t("protocols.conditional")] : []),
  ];
  const options = kind.type === "choice" ? kind.options : kind.type === "quantity" ? kind.units : [];
  return (
    <li>
      <p className="protocol-question">{question.text}</p>
      {question.help !== null && <p className="muted">{question.help}</p>}
      <p className="muted">{marks.join(" · ")}</p>
      {options.length > 0 && (
        <ul className="protocol-options">
          {options.map((option) => (
            <li key={option.code}>{option.display}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
