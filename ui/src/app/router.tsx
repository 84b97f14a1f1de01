// The addresses. Behind a hash, so that they work in a served page and in the application's window alike.

import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { useEffect } from "react";
import { setLanguage, useText } from "../i18n";
import { Button } from "../parts/button";
import { FailureNotice } from "../parts/failure";
import { QuietPage } from "../parts/page";
import { clearToasts, Toasts } from "../parts/toast";
import { asFailure, call } from "../rpc/client";
import type { AppState, Permission } from "../rpc/schema";
import { About } from "../screens/account/about";
import { Account } from "../screens/account/account";
import { Audit } from "../screens/admin/audit";
import { Backup } from "../screens/admin/backup";
import { BrandPage } from "../screens/admin/brand";
import { CompliancePage } from "../screens/admin/compliance";
import { DestinationsPage } from "../screens/admin/destinations";
import { DeviceSettings } from "../screens/admin/device";
import { DiagnosticsPage } from "../screens/admin/diagnostics";
import { EndpointPage } from "../screens/admin/endpoint";
import { FlowsPage } from "../screens/admin/flows";
import { AdministrationIndex } from "../screens/admin/index-page";
import { LicencePage } from "../screens/admin/licence";
import { ModelsPage } from "../screens/admin/models";
import { People } from "../screens/admin/people";
import { Protocols } from "../screens/admin/protocols";
import { RetentionPage } from "../screens/admin/retention";
import { SitesPage } from "../screens/admin/sites";
import { SupportPage } from "../screens/admin/support";
import { Usage } from "../screens/admin/usage";
import { WorkList } from "../screens/clinic/work-list";
import { Encounter } from "../screens/encounter/encounter";
import { Kiosk } from "../screens/kiosk/kiosk";
import { Find, forgetFind } from "../screens/patients/find";
import { Patient } from "../screens/patients/patient";
import { RehearsalStrip } from "../screens/rehearsal/strip";
import { Setup } from "../screens/setup/setup";
import { Shell } from "../screens/shell/shell";
import { SignIn } from "../screens/sign-in/sign-in";
import { Sound } from "../screens/sound/sound";
import { Unlock } from "../screens/unlock/unlock";
import { alarms } from "./alarms";
import { readBrand, useBrandOnPage } from "./brand";
import { forgetKept } from "./logoff";
import { homeOf } from "./navigation";
import { appState, queryClient } from "./queries";
import { session, useSession } from "./session";

let spoken = false;

/** What the application is doing. The first answer also decides the language. */
async function readState() {
  const state = await queryClient.fetchQuery(appState);
  if (!spoken) {
    spoken = true;
    setLanguage(state.language);
  }
  return state;
}

/** Whether the first start was left, and whoever is signed in may go on with it. */
function goesOn(state: AppState): boolean {
  return state.first_start !== null && session.may("device-manage");
}

let resumed = false;

/** A device that is set to be a kiosk is one as soon as the page is there, and again after a page that was loaded anew. */
async function resumeKiosk() {
  if (session.current() !== null) return;
  try {
    session.begin(await call("kiosk.resume", {}));
  } catch {
    // Somebody signs in instead.
  }
}

function Root() {
  const present = useSession();
  const navigate = root.useNavigate();
  useBrandOnPage();
  // Whoever's session ends, nothing that was read in it stays.
  useEffect(() => {
    let before = session.current();
    return session.subscribe(() => {
      const now = session.current();
      if (before !== null && now?.token !== before.token) {
        queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "app" });
        alarms.forget();
        forgetKept();
        forgetFind();
        clearToasts();
      }
      before = now;
    });
  }, []);
  useEffect(() => {
    if (present === null && session.hasExpired()) void navigate({ to: "/sign-in" });
  }, [present, navigate]);
  return (
    <>
      <RehearsalStrip />
      <Outlet />
      <Toasts />
    </>
  );
}

function Broken({ error }: { readonly error: unknown }) {
  const { t } = useText();
  return (
    <QuietPage withLanguage>
      <div className="form">
        <h1 className="title">{t("unreachable.title")}</h1>
        <FailureNotice failure={asFailure(error)} />
        <div className="buttons">
          <Button look="primary" size="large" onPress={() => location.reload()}>
            {t("app.retry")}
          </Button>
        </div>
      </div>
    </QuietPage>
  );
}

function NotFound() {
  const { t } = useText();
  return (
    <QuietPage>
      <div className="form">
        <h1 className="title">{t("app.not-found")}</h1>
        <p className="lead">{t("app.not-found-next")}</p>
        <div className="buttons">
          <Button look="primary" size="large" onPress={() => router.navigate({ to: "/" })}>
            {t("app.to-start")}
          </Button>
        </div>
      </div>
    </QuietPage>
  );
}

function Waiting() {
  const { t } = useText();
  return (
    <p className="waiting" role="status">
      {t("app.loading")}
    </p>
  );
}

const root = createRootRoute({
  beforeLoad: readBrand,
  component: Root,
  errorComponent: Broken,
  notFoundComponent: NotFound,
});

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async () => {
    const state = await readState();
    switch (state.phase.state) {
      case "new":
        throw redirect({ to: "/setup" });
      case "locked":
      case "rescue":
        throw redirect({ to: "/unlock" });
      case "ready": {
        if (!resumed) {
          resumed = true;
          if (state.kiosk_at_start) await resumeKiosk();
        }
        const present = session.current();
        if (goesOn(state)) throw redirect({ to: "/setup" });
        throw redirect({ to: present === null ? "/sign-in" : homeOf(present) });
      }
    }
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: async () => {
    const state = await readState();
    if (state.phase.state !== "new" && !goesOn(state)) throw redirect({ to: "/" });
  },
  component: Setup,
});

const unlock = createRoute({
  getParentRoute: () => root,
  path: "/unlock",
  beforeLoad: async () => {
    const { state } = (await readState()).phase;
    if (state !== "locked" && state !== "rescue") throw redirect({ to: "/" });
  },
  component: Unlock,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  beforeLoad: async () => {
    if ((await readState()).phase.state !== "ready" || session.current() !== null) {
      throw redirect({ to: "/" });
    }
  },
  component: SignIn,
});

const kiosk = createRoute({
  getParentRoute: () => root,
  path: "/kiosk",
  beforeLoad: () => {
    if (session.current()?.role !== "kiosk") throw redirect({ to: "/" });
  },
  component: Kiosk,
});

const staff = createRoute({
  getParentRoute: () => root,
  id: "staff",
  beforeLoad: () => {
    const present = session.current();
    if (present === null || present.role === "kiosk") throw redirect({ to: "/" });
  },
  component: Shell,
});

const only = (permission: Permission) => () => {
  if (!session.may(permission)) throw redirect({ to: "/" });
};

const routes = root.addChildren([
  start,
  setup,
  unlock,
  signIn,
  kiosk,
  staff.addChildren([
    createRoute({
      getParentRoute: () => staff,
      path: "/clinic",
      beforeLoad: only("encounter-list"),
      component: WorkList,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/clinic/encounters/$id",
      beforeLoad: only("encounter-read"),
      component: Encounter,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/find",
      beforeLoad: only("patient-identify"),
      component: Find,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/patients/$id",
      beforeLoad: only("patient-identify"),
      component: Patient,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin",
      beforeLoad: only("audit-read"),
      component: AdministrationIndex,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/diagnostics",
      beforeLoad: only("diagnostics-read"),
      component: DiagnosticsPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/diagnostics/support",
      beforeLoad: only("diagnostics-read"),
      component: SupportPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/retention",
      beforeLoad: only("retention-manage"),
      component: RetentionPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/endpoint",
      beforeLoad: only("destinations-manage"),
      component: EndpointPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/sites",
      beforeLoad: only("device-manage"),
      component: SitesPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/destinations",
      beforeLoad: only("destinations-manage"),
      component: DestinationsPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/flows",
      beforeLoad: only("audit-read"),
      component: FlowsPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/people",
      beforeLoad: only("people-manage"),
      component: People,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/protocols",
      beforeLoad: only("protocols-manage"),
      component: Protocols,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/audit",
      beforeLoad: only("audit-read"),
      component: Audit,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/backup",
      beforeLoad: only("backup-create"),
      component: Backup,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/models",
      beforeLoad: only("models-manage"),
      component: ModelsPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/licence",
      beforeLoad: only("licence-manage"),
      component: LicencePage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/licence/usage",
      beforeLoad: only("licence-manage"),
      component: Usage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/figures",
      beforeLoad: only("analytics-read"),
      // The library that draws comes with the page, and not with the kiosk.
      component: lazyRouteComponent(() => import("../screens/admin/figures"), "Figures"),
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/figures/compliance",
      beforeLoad: only("audit-read"),
      component: CompliancePage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/admin/brand",
      beforeLoad: only("brand-manage"),
      component: BrandPage,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/sound",
      beforeLoad: only("kiosk-open"),
      component: Sound,
    }),
    createRoute({
      getParentRoute: () => staff,
      path: "/kiosk-settings",
      beforeLoad: only("kiosk-open"),
      component: DeviceSettings,
    }),
    createRoute({ getParentRoute: () => staff, path: "/account", component: Account }),
    createRoute({ getParentRoute: () => staff, path: "/about", component: About }),
  ]),
]);

export const router = createRouter({
  routeTree: routes,
  history: createHashHistory(),
  defaultPendingComponent: Waiting,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
