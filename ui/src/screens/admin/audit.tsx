import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import { asFailure, call } from "../../rpc/client";
import type { AuditVerdict } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function Audit() {
  const { t, language } = useText();
  const verify = useCall("audit.verify");
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const list = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) => call("audit.list", { before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => {
      const oldest = page.at(-1)?.sequence;
      return oldest === undefined || oldest === 0 ? undefined : oldest;
    },
    staleTime: 0,
  });
  const lines = list.data?.pages.flat() ?? [];
  const time = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });

  async function runVerify() {
    const found = await verify.run({});
    if (found !== undefined) setVerdict(found);
  }

  return (
    <>
      <PageHead title={t("audit.title")} text={t("audit.text")}>
        <Button
          look="primary"
          icon="check"
          onPress={runVerify}
          isPending={verify.pending}
          data-testid={testIds.audit.verify}
        >
          {verify.pending ? t("audit.verifying") : t("audit.verify")}
        </Button>
      </PageHead>
      <div role="status">{verdict !== null && <Verdict verdict={verdict} />}</div>
      <FailureNotice failure={verify.failure ?? (list.error === null ? null : asFailure(list.error))} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard. */}
      <div className="table-scroll" role="region" aria-label={t("audit.table")} tabIndex={0}>
        <table className="table table-dense" data-testid={testIds.audit.table}>
          <thead>
            <tr>
              <th scope="col">{t("audit.sequence")}</th>
              <th scope="col">{t("audit.time")}</th>
              <th scope="col">{t("audit.actor")}</th>
              <th scope="col">{t("audit.action")}</th>
              <th scope="col">{t("audit.object")}</th>
              <th scope="col">{t("audit.outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.sequence}>
                <td className="figure">{line.sequence}</td>
                <td>{time.format(line.time)}</td>
                <td>
                  {line.actor}
                  <span className="muted cell-second">{t(`role.${line.role}`)}</span>
                </td>
                <td className="code">{line.action}</td>
                <td className="code cell-object">{line.object}</td>
                <td>
                  {line.refused === null ? (
                    <span className="muted">{t("audit.done")}</span>
                  ) : (
                    <span className="badge badge-urgent">{t("audit.refused", { code: line.refused })}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage && (
        <div className="buttons">
          <Button
            onPress={() => list.fetchNextPage()}
            isPending={list.isFetchingNextPage}
            data-testid={testIds.audit.older}
          >
            {t("audit.older")}
          </Button>
        </div>
      )}
    </>
  );
}

function Verdict({ verdict }: { readonly verdict: AuditVerdict }) {
  const { t } = useText();
  const intact = verdict.faults.length === 0;
  return (
    <div
      className={intact ? "verdict verdict-good" : "verdict verdict-bad"}
      data-testid={testIds.audit.verdict}
      data-intact={intact}
    >
      <Icon name={intact ? "check" : "alarm"} />
      <div>
        <p>{intact ? t("audit.intact", { count: verdict.entries }) : t("audit.broken")}</p>
        <ul className="verdict-faults">
          {verdict.faults.map((fault) => (
            <li key={JSON.stringify(fault)}>
              {"place" in fault
                ? t(`audit.fault.${fault.kind}`, { place: fault.place })
                : t(`audit.fault.${fault.kind}`)}
            </li>
          ))}
        </ul>
        <p className="digest">{t("audit.head", { head: verdict.head.slice(0, 16) })}</p>
      </div>
    </div>
  );
}
