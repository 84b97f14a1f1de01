// What stands around the staff's screens: where to go, who is signed in, alarms.

import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useWatch } from "../../app/alarms";
import { lockNow, useLogoff } from "../../app/logoff";
import { barOf, INDEX, runsThePlace } from "../../app/navigation";
import { appState } from "../../app/queries";
import { useRehearsal } from "../../app/rehearsal";
import { session, useCovered, useMay, useSession } from "../../app/session";
import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { Icon, Mark } from "../../parts/icon";
import { call } from "../../rpc/client";
import { testIds } from "../../testids";
import { RecordingBadge } from "../encounter/recorder";
import { LockScreen } from "../lock/lock";
import { LockSoon } from "../lock/soon";
import { AlarmBar } from "./alarm-bar";
import { LicenceBanner } from "./licence-banner";
import { Rail } from "./rail";
import { useKiosk } from "./to-kiosk";

export function Shell() {
  const { t } = useText();
  const navigate = useNavigate();
  const present = useSession();
  const state = useQuery(appState).data;
  const mayOpenKiosk = useMay("kiosk-open");
  const seesList = useMay("encounter-list");
  const kiosk = useKiosk();
  // Whoever rehearses leaves by the strip above.
  const rehearsed = useRehearsal() !== null;
  const address = useLocation({ select: (location) => location.pathname });
  const covered = useCovered();
  const logoff = useLogoff(present !== null && !covered && !rehearsed);
  useWatch();

  async function signOut() {
    // Whether or not the engine hears of it, this screen forgets.
    const goodbye = call("session.sign-out", {}).catch(() => {});
    session.end();
    await goodbye;
    await navigate({ to: "/sign-in" });
  }

  if (present === null) return null;
  if (covered) return <LockScreen />;
  const name = present.person?.name ?? "";
  const railed = runsThePlace(present) && address !== INDEX;
  return (
    <div className="shell">
      <Button className="skip" onPress={() => document.getElementById("content")?.focus()}>
        {t("app.skip-to-content")}
      </Button>
      <header className="bar">
        <div className="bar-brand">
          <Mark />
          <span>{state?.clinic ?? t("app.name")}</span>
        </div>
        <nav className="bar-nav" aria-label={t("nav.label")}>
          {barOf(present).map((item) => (
            <Link
              key={item.to}
              to={item.to}
              className="bar-link"
              activeProps={{ className: "bar-link bar-link-here" }}
              data-testid={item.testId}
            >
              <Icon name={item.icon} />
              {t(item.label)}
            </Link>
          ))}
        </nav>
        <div className="bar-end">
          {mayOpenKiosk && state?.device_role !== "clinician" && (
            <Button
              icon="kiosk"
              size="small"
              onPress={kiosk.open}
              isPending={kiosk.pending}
              data-testid={testIds.shell.kiosk}
            >
              {t("nav.kiosk")}
            </Button>
          )}
          <RecordingBadge />
          {!rehearsed && (
            <>
              <Link to="/account" className="bar-link bar-account" data-testid={testIds.shell.account}>
                <Icon name="person" />
                <span>{t("nav.menu", { name, role: t(`role.${present.role}`) })}</span>
              </Link>
              <Button look="bare" size="small" icon="lock" onPress={lockNow} data-testid={testIds.lock.now}>
                {t("lock.now")}
              </Button>
              <Button
                look="bare"
                size="small"
                icon="signOut"
                onPress={signOut}
                data-testid={testIds.shell.signOut}
              >
                {t("nav.sign-out")}
              </Button>
            </>
          )}
        </div>
      </header>
      <LockSoon secondsLeft={logoff.secondsLeft} onStay={logoff.stay} />
      {seesList && <AlarmBar />}
      <LicenceBanner />
      <div className={railed ? "shell-body shell-railed" : "shell-body"}>
        {railed && <Rail session={present} />}
        <main id="content" tabIndex={-1} className="content">
          {state?.read_only && <p className="note">{t("app.read-only")}</p>}
          {state?.short_of_space && (
            <p className="note" role="alert" data-testid={testIds.shell.shortOfSpace}>
              {t("app.short-of-space")}
            </p>
          )}
          <Outlet />
        </main>
      </div>
      <footer className="shell-foot">
        <Link to="/about" data-testid={testIds.brand.aboutLink}>
          {t("about.link")}
        </Link>
      </footer>
    </div>
  );
}

/** A page's heading with what can be done there. Moves the focus to itself when the page opens. */
export function PageHead(props: {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="page-head">
      <div>
        <h1 className="page-title" ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.text !== undefined && <p className="page-text">{props.text}</p>}
      </div>
      {props.children !== undefined && <div className="page-actions">{props.children}</div>}
    </div>
  );
}
