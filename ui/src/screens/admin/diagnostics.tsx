// How this machine is: one line on top, then each part as it says itself.

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { diagnostics } from "../../app/queries";
import { errorText, type Translate, useText } from "../../i18n";
import { dayAndTime } from "../../logic/date";
import { sizeInWords } from "../../logic/size";
import { Button } from "../../parts/button";
import { type Fact, FactList } from "../../parts/facts";
import { FailureNotice } from "../../parts/failure";
import { Icon } from "../../parts/icon";
import { asFailure } from "../../rpc/client";
import type {
  Concern,
  ConcernKind,
  Diagnostics,
  ModelFound,
  SoundPart,
  VaultState,
  WorkerLine,
} from "../../rpc/schema";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";

export function DiagnosticsPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const query = useQuery(diagnostics);
  return (
    <>
      <PageHead title={t("diagnostics.title")} text={t("diagnostics.text")}>
        <Button
          icon="repeat"
          isPending={query.isFetching}
          onPress={() => query.refetch()}
          data-testid={testIds.diagnostics.again}
        >
          {query.isFetching ? t("diagnostics.checking") : t("diagnostics.again")}
        </Button>
        <Button
          icon="download"
          onPress={() => navigate({ to: "/admin/diagnostics/support" })}
          data-testid={testIds.diagnostics.support}
        >
          {t("diagnostics.support")}
        </Button>
      </PageHead>
      <FailureNotice failure={query.error === null ? null : asFailure(query.error)} />
      <div role="status">{query.data !== undefined && <Health found={query.data} />}</div>
      {query.data !== undefined && <Parts found={query.data} />}
    </>
  );
}

/** Where something is done about a concern, where that is a page. */
const PLACES: { readonly [kind in ConcernKind]?: "/admin/audit" | "/admin/backup" | "/sound" } = {
  "audit-broken": "/admin/audit",
  "audit-due": "/admin/audit",
  "backup-due": "/admin/backup",
  "drill-due": "/admin/backup",
  "microphone-missing": "/sound",
  "loudspeaker-missing": "/sound",
};

function Health({ found }: { readonly found: Diagnostics }) {
  const { t, language } = useText();
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const well = found.concerns.length === 0;
  return (
    <div data-testid={testIds.diagnostics.health} data-well={well}>
      {well ? (
        <p className="verdict verdict-good">
          <Icon name="check" />
          <span>
            {t("diagnostics.well")}{" "}
            <span className="verdict-faults">
              {t("diagnostics.well-more", { time: time.format(found.generated) })}
            </span>
          </span>
        </p>
      ) : (
        <>
          <h2 className="visually-hidden">{t("diagnostics.attention", { count: found.concerns.length })}</h2>
          <ul className="concerns">
            {found.concerns.map((concern) => (
              <ConcernLine key={`${concern.kind} ${concern.about ?? ""}`} concern={concern} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function ConcernLine({ concern }: { readonly concern: Concern }) {
  const { t } = useText();
  const place = PLACES[concern.kind];
  const about = aboutOf(t, concern.about);
  return (
    <li
      className={concern.urgent ? "concern concern-urgent" : "concern"}
      data-testid={testIds.diagnostics.concern(concern.kind)}
    >
      <Icon name={concern.urgent ? "alarm" : "clock"} />
      <div>
        <p className="concern-what">{sentence(t, concern.kind, about)}</p>
        <p>
          {t(`diagnostics.concern.${concern.kind}.next`)}{" "}
          {place !== undefined && <Link to={place}>{t("diagnostics.go")}</Link>}
        </p>
      </div>
    </li>
  );
}

function sentence(t: Translate, kind: ConcernKind, about: string) {
  switch (kind) {
    case "worker-broken":
    case "sandbox-partial":
    case "worker-died":
    case "model-bad":
      return t(`diagnostics.concern.${kind}.what`, { about });
    default:
      return t(`diagnostics.concern.${kind}.what`);
  }
}

function aboutOf(t: Translate, about: string | null) {
  return about === "speech" || about === "language" ? t(`diagnostics.about.${about}`) : (about ?? "");
}

function FactPanel(props: {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly children?: ReactNode;
  readonly testId?: string;
}) {
  return (
    <section className="panel" data-testid={props.testId}>
      <h2 className="panel-title">{props.title}</h2>
      <FactList facts={props.facts} />
      {props.children}
    </section>
  );
}

function Parts({ found }: { readonly found: Diagnostics }) {
  const { t, language } = useText();
  const size = (bytes: number) => sizeInWords(bytes, language);
  const { space, versions } = found;
  const free =
    space.free === null
      ? t("diagnostics.unknown")
      : space.total === null
        ? size(space.free)
        : t("diagnostics.free-of", { free: size(space.free), total: size(space.total) });
  const log =
    found.log.files === 0
      ? t("diagnostics.log-none")
      : t("diagnostics.log-files", { count: found.log.files, size: size(found.log.bytes) });
  return (
    <div className="panels" data-testid={testIds.diagnostics.page}>
      <FactPanel
        title={t("diagnostics.space")}
        facts={[
          [t("diagnostics.free"), free],
          [t("diagnostics.vault"), size(space.vault)],
          [t("diagnostics.recordings"), size(space.sound)],
          [t("diagnostics.models-size"), size(space.models)],
          [t("diagnostics.folder"), space.folder],
          [t("diagnostics.log"), log],
        ]}
      />
      <SoundPanel found={found} />
      {found.vault !== null && <ChecksPanel vault={found.vault} zone={found.time_zone} />}
      <FactPanel
        title={t("diagnostics.versions")}
        facts={[
          [t("diagnostics.application"), versions.application],
          ...(versions.sqlcipher === null ? [] : [["SQLCipher", versions.sqlcipher] as const]),
          ...(versions.sqlite === null ? [] : [["SQLite", versions.sqlite] as const]),
          ...found.workers.map(
            (worker): Fact => [
              t(`diagnostics.worker.${worker.kind}`),
              worker.version ?? t("diagnostics.none"),
            ],
          ),
          [t("diagnostics.system"), versions.system],
        ]}
      />
      {found.workers.map((worker) => (
        <WorkerPanel key={worker.kind} worker={worker} />
      ))}
      <ModelsPanel models={found.models} />
    </div>
  );
}

function SoundPanel({ found }: { readonly found: Diagnostics }) {
  const { t, language } = useText();
  const time = dayAndTime(language);
  const device = (part: SoundPart) => {
    if (part.present === 0) return t("diagnostics.none");
    if (part.choice === "gone" || part.name === null) return t("diagnostics.choice.gone");
    return t(`diagnostics.choice.${part.choice}`, { name: part.name });
  };
  const fault = (part: SoundPart) =>
    part.last_fault === null
      ? t("diagnostics.no-fault")
      : t("diagnostics.last-fault-at", {
          time: time.format(part.last_fault.at),
          what: errorText(language, part.last_fault.code).what,
        });
  const both = [
    [t("diagnostics.microphone"), found.microphone],
    [t("diagnostics.loudspeaker"), found.loudspeaker],
  ] as const;
  return (
    <section className="panel">
      <h2 className="panel-title">{t("diagnostics.sound")}</h2>
      {both.map(([name, part]) => (
        <FactList
          key={name}
          facts={[
            [name, device(part)],
            [t("diagnostics.last-fault"), fault(part)],
          ]}
        />
      ))}
    </section>
  );
}

function ChecksPanel({ vault, zone }: { readonly vault: VaultState; readonly zone: string }) {
  const { t, language } = useText();
  const time = dayAndTime(language);
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const { backup, drill, audit_check: check } = vault;
  const audit = () => {
    if (check === null) return t("diagnostics.never");
    return check.faults === 0
      ? t("diagnostics.audit-good", { time: time.format(check.at) })
      : t("diagnostics.audit-bad", { time: time.format(check.at), count: check.faults });
  };
  return (
    <FactPanel
      title={t("diagnostics.checks")}
      facts={[
        [t("diagnostics.backup"), backup === null ? t("diagnostics.never") : time.format(backup.at)],
        [
          t("diagnostics.drill"),
          drill === null
            ? t("diagnostics.never")
            : t("diagnostics.drill-at", {
                time: time.format(drill.at),
                count: drill.events,
                made: date.format(drill.made),
              }),
        ],
        [t("diagnostics.audit"), audit()],
        [
          t("diagnostics.clock"),
          t(vault.clock === null ? "diagnostics.clock-fine" : "diagnostics.clock-doubt", { zone }),
        ],
      ]}
    />
  );
}

const DEATHS = [
  "out-of-memory",
  "assertion",
  "aborted",
  "crashed",
  "killed",
  "exited",
  "hung",
  "garbled",
] as const;

function WorkerPanel({ worker }: { readonly worker: WorkerLine }) {
  const { t, language } = useText();
  const time = dayAndTime(language);
  const death = worker.last_death;
  const known = DEATHS.find((each) => each === death?.class);
  const title = t(`diagnostics.worker.${worker.kind}`);
  const testId = testIds.diagnostics.worker(worker.kind);
  const lastDeath: Fact = [
    t("diagnostics.last-death"),
    death === null
      ? t("diagnostics.no-death")
      : t("diagnostics.last-death-at", {
          time: time.format(death.at),
          what: known === undefined ? death.class : t(`diagnostics.death.${known}`),
        }),
  ];
  if (worker.problem !== null) {
    return (
      <FactPanel title={title} facts={[lastDeath]} testId={testId}>
        <p className="verdict verdict-bad">{errorText(language, worker.problem).what}</p>
      </FactPanel>
    );
  }
  const architecture = worker.architecture ?? "";
  return (
    <FactPanel
      title={title}
      testId={testId}
      facts={[
        [t("diagnostics.worker-version"), worker.version ?? ""],
        [t("diagnostics.back-end"), worker.back_end ?? ""],
        [
          t("diagnostics.processor"),
          worker.missing.length > 0
            ? t("diagnostics.processor-lacks", { architecture, missing: worker.missing.join(", ") })
            : `${architecture} ${worker.features.join(" ")}`,
        ],
        lastDeath,
      ]}
    >
      <h3 className="licence-heading">{t("diagnostics.sandbox")}</h3>
      <ul className="sandbox-parts">
        {worker.sandbox.map(({ part, holds }) => (
          <li key={part} className={holds ? "sandbox-part" : "sandbox-part sandbox-missing"}>
            <Icon name={holds ? "check" : "close"} />
            {t(`diagnostics.sandbox.${part}`)}
            <span className={holds ? "visually-hidden" : ""}>
              {t(holds ? "diagnostics.sandbox.holds" : "diagnostics.sandbox.missing")}
            </span>
          </li>
        ))}
      </ul>
      {worker.mechanisms.length > 0 && (
        <p className="muted">{t("diagnostics.sandbox-by", { mechanisms: worker.mechanisms.join(", ") })}</p>
      )}
    </FactPanel>
  );
}

function ModelsPanel({ models }: { readonly models: readonly ModelFound[] }) {
  const { t } = useText();
  return (
    <section className="panel panel-wide" data-testid={testIds.diagnostics.models}>
      <h2 className="panel-title">{t("diagnostics.models")}</h2>
      {models.length === 0 ? (
        <p className="muted">{t("diagnostics.none")}</p>
      ) : (
        <ModelTable models={models} />
      )}
    </section>
  );
}

function ModelTable({ models }: { readonly models: readonly ModelFound[] }) {
  const { t, language } = useText();
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard. */}
      <div className="table-scroll" role="region" aria-label={t("diagnostics.models")} tabIndex={0}>
        <table className="table table-dense">
          <thead>
            <tr>
              <th scope="col">{t("diagnostics.model")}</th>
              <th scope="col" className="amount">
                {t("diagnostics.model-size")}
              </th>
              <th scope="col">{t("diagnostics.model-state")}</th>
              <th scope="col">{t("diagnostics.model-verified")}</th>
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr key={model.name}>
                <th scope="row">
                  {model.name}
                  {!model.known && <span className="cell-second muted">{t("diagnostics.model.own")}</span>}
                </th>
                <td className="amount">{sizeInWords(model.bytes, language)}</td>
                <td>{t(`diagnostics.model.${model.file}`)}</td>
                <td>{model.verified === null ? t("diagnostics.never") : date.format(model.verified)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
