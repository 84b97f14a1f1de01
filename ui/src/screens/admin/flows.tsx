// Every way that data can leave this machine, come onto it, or move on it: the engine's own table.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { flows } from "../../app/queries";
import { useMay } from "../../app/session";
import { type Translate, useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { FailureNotice } from "../../parts/failure";
import { asFailure } from "../../rpc/client";
import type { FlowAct, FlowContent, FlowLine, FlowPage, FlowState } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

const DIRECTIONS = ["leaves", "comes", "stays"] as const;

export function FlowsPage() {
  const { t } = useText();
  const query = useQuery(flows);
  const connects = query.data?.flows.some((line) => line.network && line.state === "on") === true;
  return (
    <>
      <PageHead title={t("flows.title")} text={connects ? t("flows.text-connects") : t("flows.text")} />
      <FailureNotice failure={query.error === null ? null : asFailure(query.error)} />
      {query.data !== undefined &&
        DIRECTIONS.map((direction) => (
          <Direction
            key={direction}
            direction={direction}
            lines={query.data.flows.filter((line) => line.direction === direction)}
          />
        ))}
    </>
  );
}

function Direction(props: {
  readonly direction: (typeof DIRECTIONS)[number];
  readonly lines: readonly FlowLine[];
}) {
  const { t } = useText();
  const id = `flows-${props.direction}`;
  return (
    <div className="index-group">
      <h2 className="panel-title" id={id}>
        {t(`flows.direction.${props.direction}`)}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard. */}
      <div className="table-scroll" role="region" aria-labelledby={id} tabIndex={0}>
        <table className="table flows-table">
          <thead>
            <tr>
              <th scope="col">{t("flows.way")}</th>
              <th scope="col">{t("flows.state")}</th>
              <th scope="col">{t("flows.content")}</th>
              <th scope="col">{t("flows.used")}</th>
              <th scope="col">{t("flows.set")}</th>
              <th scope="col">{t("flows.where")}</th>
            </tr>
          </thead>
          <tbody>
            {props.lines.map((line) => (
              <Row key={line.flow} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const STATES: { readonly [state in FlowState]: string } = {
  on: "badge badge-help",
  off: "badge",
  "by-hand": "badge",
  absent: "badge",
};

const CONTENTS: { readonly [content in FlowContent]: string } = {
  encrypted: "badge badge-good",
  plain: "badge badge-urgent",
  "no-records": "badge",
};

const PLACES = {
  sound: "/sound",
  kiosk: "/kiosk-settings",
  retention: "/admin/retention",
  backup: "/admin/backup",
  diagnostics: "/admin/diagnostics",
  licence: "/admin/licence",
  destinations: "/admin/destinations",
  endpoint: "/admin/endpoint",
  models: "/admin/models",
} as const satisfies { readonly [page in FlowPage]: string };

function Row({ line }: { readonly line: FlowLine }) {
  const { t, language } = useText();
  // An auditor sees where it is set, and may not go there.
  const mayGo = useMay("retention-manage");
  const time = dayAndTime(language);
  return (
    <tr data-testid={testIds.flows.row(line.flow)} data-state={line.state}>
      <th scope="row">
        <span className="flow-name">
          {t(`flows.${line.flow}.name`)}
          <span className="flow-text">{t(`flows.${line.flow}.text`)}</span>
        </span>
      </th>
      <td>
        <span className={STATES[line.state]}>{t(`flows.state.${line.state}`)}</span>
        {line.network && line.state !== "absent" && (
          <span className="cell-second muted">{t("flows.network")}</span>
        )}
      </td>
      <td>
        <span className={CONTENTS[line.content]}>{t(`flows.content.${line.content}`)}</span>
      </td>
      <td>{used(t, line, time)}</td>
      <td>{line.set !== null && act(t, line.set, time)}</td>
      <td>
        {line.page !== null &&
          (mayGo ? (
            <Link to={PLACES[line.page]}>{t(`flows.page.${line.page}`)}</Link>
          ) : (
            t(`flows.page.${line.page}`)
          ))}
      </td>
    </tr>
  );
}

/** Ways that are gone by the command line alone, which leaves no entry in the trail. */
const UNRECORDED: readonly FlowLine["flow"][] = ["browser"];

function used(t: Translate, line: FlowLine, time: Intl.DateTimeFormat) {
  if (line.used !== null) return act(t, line.used, time);
  // What goes on by itself, or is not there, has no last time.
  if (line.state !== "by-hand") return null;
  const said = UNRECORDED.includes(line.flow) ? t("flows.unrecorded") : t("flows.never");
  return <span className="muted">{said}</span>;
}

function act(t: Translate, done: FlowAct, time: Intl.DateTimeFormat) {
  const at = time.format(done.at);
  return done.by === null ? t("flows.act-device", { time: at }) : t("flows.act", { time: at, name: done.by });
}
