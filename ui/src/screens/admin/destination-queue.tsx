// What has not arrived at a destination: what failed and waits for a person, and what waits for its turn.

import { useState } from "react";
import { errorText, useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import type { DeliveryId, DeliveryLine, DestinationLine } from "../../rpc/schema";
import { testIds } from "../../testids";
import { keep } from "./destinations";

export function Queue({ line }: { readonly line: DestinationLine }) {
  const { t } = useText();
  const again = useCall("destinations.retry");
  const [givingUp, setGivingUp] = useState<DeliveryLine | "failed" | null>(null);
  const failed = line.queue.filter((delivery) => delivery.failed);
  const waiting = line.queue.filter((delivery) => !delivery.failed);
  if (line.queue.length === 0) return null;

  async function retry(delivery: DeliveryId | null) {
    const next = await again.run({ destination: line.id, delivery });
    if (next !== undefined) keep(next);
  }

  return (
    <div className="destination-queue" data-testid={testIds.destinations.queue(line.name)}>
      {failed.length > 0 && (
        <>
          <div className="destination-queue-head">
            <h3 className="licence-heading">{t("destinations.failed", { count: line.failed })}</h3>
            {failed.length > 1 && (
              <div className="buttons">
                <Button
                  size="small"
                  icon="repeat"
                  isPending={again.pending}
                  onPress={() => retry(null)}
                  data-testid={testIds.destinations.retryAll(line.name)}
                >
                  {t("destinations.retry-all")}
                </Button>
                <Button size="small" look="bare" onPress={() => setGivingUp("failed")}>
                  {t("destinations.give-up-all")}
                </Button>
              </div>
            )}
          </div>
          <ul className="destination-deliveries">
            {failed.map((delivery) => (
              <Delivery
                key={delivery.id}
                delivery={delivery}
                busy={again.pending}
                onRetry={() => retry(delivery.id)}
                onGiveUp={() => setGivingUp(delivery)}
              />
            ))}
          </ul>
        </>
      )}
      {waiting.length > 0 && (
        <>
          <div className="destination-queue-head">
            <h3 className="licence-heading">{t("destinations.waiting", { count: line.waiting })}</h3>
          </div>
          {!line.on && <p className="muted">{t("destinations.waiting-off")}</p>}
          <ul className="destination-deliveries">
            {waiting.map((delivery) => (
              <Delivery
                key={delivery.id}
                delivery={delivery}
                busy={again.pending}
                // What was never tried has nothing to be tried again for.
                onRetry={delivery.due === null || !line.on ? null : () => retry(delivery.id)}
                onGiveUp={() => setGivingUp(delivery)}
              />
            ))}
          </ul>
        </>
      )}
      {line.queue.length < line.failed + line.waiting && (
        <p className="muted">
          {t("destinations.more", { count: line.failed + line.waiting - line.queue.length })}
        </p>
      )}
      <FailureNotice failure={again.failure} />
      {givingUp !== null && <GiveUpDialog line={line} what={givingUp} onClose={() => setGivingUp(null)} />}
    </div>
  );
}

const CAUSES = {
  "note-signed": "destinations.cause.note-signed",
  "addendum-signed": "destinations.cause.addendum-signed",
  "encounter-retracted": "destinations.cause.encounter-retracted",
} as const;

function isCause(cause: string): cause is keyof typeof CAUSES {
  return cause in CAUSES;
}

function Delivery(props: {
  readonly delivery: DeliveryLine;
  readonly busy: boolean;
  readonly onRetry: (() => void) | null;
  readonly onGiveUp: () => void;
}) {
  const { t, language } = useText();
  const { delivery } = props;
  const time = dayAndTime(language);
  const cause = isCause(delivery.cause) ? t(CAUSES[delivery.cause]) : delivery.cause;
  const reason = delivery.reason === null ? null : errorText(language, delivery.reason.code);
  const status = delivery.reason?.parameters.status;
  return (
    <li data-testid={testIds.destinations.delivery(delivery.id)} data-failed={delivery.failed}>
      <div className="destination-delivery">
        <p>
          <strong>{t(`export.${delivery.format}`)}</strong>{" "}
          <span className="muted">{[cause, time.format(delivery.queued)].join(" · ")}</span>
        </p>
        {reason !== null && (
          <p className={delivery.failed ? "destination-reason" : "muted"}>
            {reason.what}
            {status !== undefined && ` ${t("destinations.status", { status })}`} {reason.next}
          </p>
        )}
        <p className="muted destination-small">
          {delivery.tries === 0
            ? t("destinations.not-tried")
            : t("destinations.tries", { count: delivery.tries })}
          {delivery.due !== null && ` · ${t("destinations.next", { time: time.format(delivery.due) })}`}
          {" · "}
          {t("destinations.visit", { id: delivery.encounter })}
        </p>
      </div>
      <div className="buttons">
        {props.onRetry !== null && (
          <Button
            size="small"
            icon="repeat"
            isDisabled={props.busy}
            onPress={props.onRetry}
            data-testid={testIds.destinations.retry(delivery.id)}
          >
            {delivery.failed ? t("destinations.retry") : t("destinations.retry-now")}
          </Button>
        )}
        <Button
          size="small"
          look="bare"
          isDisabled={props.busy}
          onPress={props.onGiveUp}
          data-testid={testIds.destinations.giveUp(delivery.id)}
        >
          {t("destinations.give-up")}
        </Button>
      </div>
    </li>
  );
}

function GiveUpDialog(props: {
  readonly line: DestinationLine;
  readonly what: DeliveryLine | "failed";
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const giveUp = useCall("destinations.give-up");
  const { line, what } = props;
  const count = what === "failed" ? line.failed : 1;

  async function go() {
    const delivery = what === "failed" ? null : what.id;
    const next = await giveUp.run({ destination: line.id, delivery });
    if (next === undefined) return;
    keep(next);
    props.onClose();
  }

  return (
    <Dialog title={t("destinations.give-up-title", { count })} role="alertdialog" onClose={props.onClose}>
      <p>{t("destinations.give-up-text", { name: line.name })}</p>
      <FailureNotice failure={giveUp.failure} />
      <div className="buttons">
        <Button
          look="danger"
          isPending={giveUp.pending}
          onPress={go}
          data-testid={testIds.destinations.giveUpGo}
        >
          {t("destinations.give-up")}
        </Button>
        <Button onPress={props.onClose}>{t("app.cancel")}</Button>
      </div>
    </Dialog>
  );
}
