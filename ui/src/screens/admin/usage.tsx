// Use, month by month, and each month's signed report.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usageHistory } from "../../app/queries";
import { useText } from "../../i18n";
import { dateInWords } from "../../logic/date";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { toast } from "../../parts/toast";
import { platform } from "../../platform";
import { asFailure, Failure } from "../../rpc/client";
import type { PriceStep, UsageHistory, UsedMonth } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { LicenceSections } from "./licence";

export function Usage() {
  const { t } = useText();
  const query = useQuery(usageHistory);
  const report = useCall("usage.report");
  const [saveFailure, setSaveFailure] = useState<Failure | null>(null);

  async function save(month: string, as: "json" | "csv") {
    setSaveFailure(null);
    const made = await report.run({ month });
    if (made === undefined) return;
    const outcome = await platform.saveFile({
      file_name: `bedside-usage-${month}.${as}`,
      media_type: as === "json" ? "application/json" : "text/csv",
      content: made[as],
      base64: false,
    });
    if ("error" in outcome) setSaveFailure(new Failure(outcome.error.code, outcome.error.parameters));
    else if (outcome.ok === "saved") toast(t("usage.saved"));
  }

  return (
    <>
      <PageHead title={t("usage.title")} text={t("usage.text")} />
      <LicenceSections />
      <FailureNotice
        failure={report.failure ?? saveFailure ?? (query.error === null ? null : asFailure(query.error))}
      />
      {query.data !== undefined && (
        <div className="usage">
          <Months history={query.data} busy={report.pending} onSave={save} />
          <Prices history={query.data} />
        </div>
      )}
    </>
  );
}

function Months(props: {
  readonly history: UsageHistory;
  readonly busy: boolean;
  readonly onSave: (month: string, as: "json" | "csv") => void;
}) {
  const { t } = useText();
  const priced = props.history.currency !== null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard.
    <div className="table-scroll" role="region" aria-label={t("usage.title")} tabIndex={0}>
      <table className="table table-dense" data-testid={testIds.licence.usage}>
        <thead>
          <tr>
            <th scope="col">{t("usage.month")}</th>
            <th scope="col" className="amount">
              {t("usage.conversations")}
            </th>
            {priced && (
              <th scope="col" className="amount">
                {t("usage.cost")}
              </th>
            )}
            <th scope="col">{t("usage.report")}</th>
          </tr>
        </thead>
        <tbody>
          {props.history.months.map((line) => (
            <Month key={line.month} line={line} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Month(props: {
  readonly line: UsedMonth;
  readonly history: UsageHistory;
  readonly busy: boolean;
  readonly onSave: (month: string, as: "json" | "csv") => void;
}) {
  const { t, language } = useText();
  const { line, history } = props;
  const month = dateInWords(line.month, language);
  return (
    <tr>
      <th scope="row">
        {month}
        {!line.complete && <span className="muted cell-second">{t("usage.open-month")}</span>}
      </th>
      <td className="amount">{new Intl.NumberFormat(language).format(line.conversations)}</td>
      {history.currency !== null && (
        <td className="amount">{line.total === null ? "" : `${history.currency} ${line.total}`}</td>
      )}
      <td>
        <div className="buttons">
          <Button
            size="small"
            icon="download"
            aria-label={t("usage.json-label", { month })}
            isDisabled={props.busy}
            onPress={() => props.onSave(line.month, "json")}
            data-testid={testIds.licence.usageJson(line.month)}
          >
            {t("usage.json")}
          </Button>
          <Button
            size="small"
            look="bare"
            aria-label={t("usage.csv-label", { month })}
            isDisabled={props.busy}
            onPress={() => props.onSave(line.month, "csv")}
            data-testid={testIds.licence.usageCsv(line.month)}
          >
            {t("usage.csv")}
          </Button>
        </div>
      </td>
    </tr>
  );
}

function Prices({ history }: { readonly history: UsageHistory }) {
  const { t } = useText();
  const { prices, currency, months } = history;
  const sentence = (step: PriceStep) => {
    const values = { currency: currency ?? "", price: step.price };
    if (step.up_to !== null) return t("usage.price-up-to", { ...values, count: step.up_to });
    return prices.length === 1 ? t("usage.price-all", values) : t("usage.price-rest", values);
  };
  const month = months[0]?.month ?? "";
  return (
    <section className="panel" aria-labelledby="usage-prices">
      <h2 className="subtitle" id="usage-prices">
        {t("usage.prices")}
      </h2>
      {prices.length === 0 ? (
        <p>{t("usage.no-prices")}</p>
      ) : (
        <>
          <ul className="list">
            {prices.map((step) => (
              <li key={step.up_to ?? "rest"}>{sentence(step)}</li>
            ))}
          </ul>
          <p className="muted">{t("usage.prices-today")}</p>
        </>
      )}
      <p className="muted">{t("usage.command", { command: `bedside usage report --month ${month}` })}</p>
      <p className="muted">{t("licence.time-zone", { zone: history.time_zone })}</p>
    </section>
  );
}
