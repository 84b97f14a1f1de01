// Where signed notes are sent by themselves: each destination, how it is, and what has not arrived there.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { destinations, queryClient } from "../../app/queries";
import { errorText, useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Good } from "../../parts/good";
import { Icon } from "../../parts/icon";
import { asFailure } from "../../rpc/client";
import type { DestinationLine, DestinationState, Destinations, DestinationTried } from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { DestinationDialog } from "./destination-form";
import { Queue } from "./destination-queue";

/** How often the page looks again: what is sent is sent beside it. */
const LOOK_AGAIN_MS = 3000;

export function keep(next: Destinations) {
  queryClient.setQueryData(destinations.queryKey, next);
}

export function DestinationsPage() {
  const { t } = useText();
  const query = useQuery({ ...destinations, refetchInterval: LOOK_AGAIN_MS });
  const [editing, setEditing] = useState<DestinationLine | "new" | null>(null);
  const here = query.data;
  const add = (
    <Button
      look="primary"
      icon="plus"
      onPress={() => setEditing("new")}
      data-testid={testIds.destinations.add}
    >
      {t("destinations.add")}
    </Button>
  );
  return (
    <div className="narrow destinations" data-testid={testIds.destinations.page}>
      <PageHead title={t("destinations.title")} text={t("destinations.text")}>
        {here?.licensed === true && here.destinations.length > 0 && add}
      </PageHead>
      <FailureNotice failure={query.error === null ? null : asFailure(query.error)} />
      {here?.licensed === false && (
        <p className="note" data-testid={testIds.destinations.unlicensed}>
          {t("destinations.unlicensed")}
        </p>
      )}
      {here?.destinations.length === 0 && (
        <section className="panel destination-none" data-testid={testIds.destinations.none}>
          <h2>{t("destinations.none")}</h2>
          <p className="muted">{t("destinations.none-text")}</p>
          {here.licensed && <div className="buttons">{add}</div>}
        </section>
      )}
      {here?.destinations.map((line) => (
        <DestinationPanel
          key={line.id}
          line={line}
          licensed={here.licensed}
          onChange={() => setEditing(line)}
        />
      ))}
      {editing !== null && (
        <DestinationDialog line={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </div>
  );
}

const STATES: { readonly [state in DestinationState]: string } = {
  off: "badge",
  idle: "badge badge-good",
  sending: "badge badge-help",
  waiting: "badge badge-urgent",
  failed: "badge badge-emergency",
};

function DestinationPanel(props: {
  readonly line: DestinationLine;
  readonly licensed: boolean;
  readonly onChange: () => void;
}) {
  const { t, language } = useText();
  const { line } = props;
  const save = useCall("destinations.save");
  const tryOut = useCall("destinations.test");
  const [tried, setTried] = useState<DestinationTried | null>(null);
  const [removing, setRemoving] = useState(false);
  const time = dayAndTime(language);
  const title = `destination-${line.id}`;

  async function turn(on: boolean) {
    const { id, name, place, formats } = line;
    const next = await save.run({ id, name, place, formats, on, token: { kind: "keep" } });
    if (next !== undefined) keep(next);
  }

  async function test() {
    setTried(null);
    const answer = await tryOut.run({ destination: line.id });
    if (answer !== undefined) setTried(answer);
  }

  const state =
    line.state === "waiting" && line.waiting_since !== null
      ? t("destinations.waiting-since", { time: time.format(line.waiting_since) })
      : line.state === "failed"
        ? t("destinations.failed-count", { count: line.failed })
        : t(`destinations.state.${line.state}`);

  return (
    <section
      className="panel destination"
      aria-labelledby={title}
      data-testid={testIds.destinations.panel(line.name)}
      data-state={line.state}
    >
      <div className="destination-head">
        <Icon name={line.place.kind === "folder" ? "folder" : "send"} />
        <div className="destination-what">
          <h2 id={title}>{line.name}</h2>
          <p className="muted destination-place">
            {line.place.kind === "folder" ? line.place.path : line.place.address}
          </p>
        </div>
        <span className={STATES[line.state]} data-testid={testIds.destinations.state(line.name)}>
          {state}
        </span>
      </div>
      <p>
        {t("destinations.sends", {
          formats: new Intl.ListFormat(language).format(line.formats.map((format) => t(`export.${format}`))),
        })}
        {line.has_token && ` · ${t("destinations.has-token")}`}
      </p>
      <p className="muted">
        {line.last_sent === null
          ? t("destinations.sent-none")
          : t("destinations.sent", { count: line.sent, time: time.format(line.last_sent) })}
      </p>
      <div className="buttons">
        {line.on ? (
          <Button
            isPending={save.pending}
            onPress={() => turn(false)}
            data-testid={testIds.destinations.off(line.name)}
          >
            {t("destinations.switch-off")}
          </Button>
        ) : (
          <Button
            look="primary"
            isDisabled={!props.licensed}
            isPending={save.pending}
            onPress={() => turn(true)}
            data-testid={testIds.destinations.on(line.name)}
          >
            {t("destinations.switch-on")}
          </Button>
        )}
        <Button isPending={tryOut.pending} onPress={test} data-testid={testIds.destinations.test(line.name)}>
          {tryOut.pending ? t("destinations.testing") : t("destinations.test")}
        </Button>
        <Button
          look="bare"
          icon="pen"
          onPress={props.onChange}
          data-testid={testIds.destinations.change(line.name)}
        >
          {t("destinations.change")}
        </Button>
        <Button
          look="bare"
          icon="trash"
          onPress={() => setRemoving(true)}
          data-testid={testIds.destinations.remove(line.name)}
        >
          {t("destinations.remove")}
        </Button>
      </div>
      <FailureNotice failure={save.failure ?? tryOut.failure} />
      <div role="status">{tried !== null && <Tried tried={tried} />}</div>
      <Queue line={line} />
      {removing && <RemoveDialog line={line} onClose={() => setRemoving(false)} />}
    </section>
  );
}

/** What became of a test, in words. */
function Tried({ tried }: { readonly tried: DestinationTried }) {
  const { t, language } = useText();
  if (tried.failure === null) {
    return (
      <Good testId={testIds.destinations.tried}>
        <span className="destination-place">
          {tried.file === null
            ? t("destinations.tried-endpoint")
            : t("destinations.tried-folder", { file: tried.file })}
        </span>
      </Good>
    );
  }
  const { what, next } = errorText(language, tried.failure.code);
  const status = tried.failure.parameters.status;
  return (
    <div className="verdict verdict-due" data-testid={testIds.destinations.tried}>
      <Icon name="alarm" />
      <span>
        {what}
        {status !== undefined && ` ${t("destinations.status", { status })}`}
        <span className="cell-second verdict-faults">{next}</span>
      </span>
    </div>
  );
}

function RemoveDialog(props: { readonly line: DestinationLine; readonly onClose: () => void }) {
  const { t } = useText();
  const remove = useCall("destinations.remove");
  const { line } = props;
  const left = line.waiting + line.failed;

  async function go() {
    const next = await remove.run({ destination: line.id });
    if (next === undefined) return;
    keep(next);
    props.onClose();
  }

  return (
    <Dialog
      title={t("destinations.remove-title", { name: line.name })}
      role="alertdialog"
      onClose={props.onClose}
    >
      <p>{left > 0 ? t("destinations.remove-some", { count: left }) : t("destinations.remove-text")}</p>
      <FailureNotice failure={remove.failure} />
      <div className="buttons">
        <Button
          look="danger"
          icon="trash"
          isPending={remove.pending}
          onPress={go}
          data-testid={testIds.destinations.removeGo}
        >
          {t("destinations.remove")}
        </Button>
        <Button onPress={props.onClose}>{t("app.cancel")}</Button>
      </div>
    </Dialog>
  );
}
