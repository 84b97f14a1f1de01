// Where staff can go, in order. Whoever runs the place has an index of it and, beside each of its pages, a list of them all;
// everybody else has their few places in the bar.

import type { MessageKey } from "../i18n";
import type { IconName } from "../parts/icon";
import type { Permission, Session } from "../rpc/schema";
import { testIds } from "../testids";

/** What the pages of the administration are about, in the order of its index. */
const GROUPS = ["people", "clinic", "devices", "care", "records", "oversight"] as const;

type Group = (typeof GROUPS)[number];

/** The pages of the administration. */
const PAGES = [
  {
    to: "/admin/people",
    group: "people",
    permission: "people-manage",
    label: "nav.people",
    text: "admin.page.people",
    icon: "people",
    testId: testIds.shell.people,
  },
  {
    to: "/admin/licence",
    group: "clinic",
    permission: "licence-manage",
    label: "nav.licence",
    text: "admin.page.licence",
    icon: "licence",
    testId: testIds.shell.licence,
  },
  {
    to: "/admin/brand",
    group: "clinic",
    permission: "brand-manage",
    label: "nav.brand",
    text: "admin.page.brand",
    icon: "brand",
    testId: testIds.brand.nav,
  },
  {
    to: "/admin/sites",
    group: "clinic",
    permission: "device-manage",
    label: "nav.sites",
    text: "admin.page.sites",
    icon: "folder",
    testId: testIds.sites.nav,
  },
  {
    to: "/sound",
    group: "devices",
    permission: "kiosk-open",
    label: "nav.sound",
    text: "admin.page.sound",
    icon: "speak",
    testId: testIds.shell.sound,
  },
  {
    to: "/kiosk-settings",
    group: "devices",
    permission: "kiosk-open",
    label: "nav.device",
    text: "admin.page.device",
    icon: "kiosk",
    testId: testIds.shell.device,
  },
  {
    to: "/admin/models",
    group: "devices",
    permission: "models-manage",
    label: "nav.models",
    text: "admin.page.models",
    icon: "spark",
    testId: testIds.models.nav,
  },
  {
    to: "/admin/endpoint",
    group: "devices",
    permission: "destinations-manage",
    label: "nav.endpoint",
    text: "admin.page.endpoint",
    icon: "send",
    testId: testIds.endpoint.nav,
  },
  {
    to: "/admin/diagnostics",
    group: "devices",
    permission: "diagnostics-read",
    label: "nav.diagnostics",
    text: "admin.page.diagnostics",
    icon: "pulse",
    testId: testIds.shell.diagnostics,
  },
  {
    to: "/admin/protocols",
    group: "care",
    permission: "protocols-manage",
    label: "nav.protocols",
    text: "admin.page.protocols",
    icon: "list",
    testId: testIds.shell.protocols,
  },
  {
    to: "/admin/backup",
    group: "records",
    permission: "backup-create",
    label: "nav.backup",
    text: "admin.page.backup",
    icon: "backup",
    testId: testIds.shell.backup,
  },
  {
    to: "/admin/retention",
    group: "records",
    permission: "retention-manage",
    label: "nav.retention",
    text: "admin.page.retention",
    icon: "clock",
    testId: testIds.shell.retention,
  },
  {
    to: "/admin/destinations",
    group: "records",
    permission: "destinations-manage",
    label: "nav.destinations",
    text: "admin.page.destinations",
    icon: "send",
    testId: testIds.destinations.nav,
  },
  {
    to: "/admin/flows",
    group: "records",
    permission: "audit-read",
    label: "nav.flows",
    text: "admin.page.flows",
    icon: "flows",
    testId: testIds.shell.flows,
  },
  {
    to: "/admin/audit",
    group: "oversight",
    permission: "audit-read",
    label: "nav.audit",
    text: "admin.page.audit",
    icon: "audit",
    testId: testIds.shell.audit,
  },
  {
    to: "/admin/figures",
    group: "oversight",
    permission: "analytics-read",
    label: "nav.figures",
    text: "admin.page.figures",
    icon: "figures",
    testId: testIds.shell.figures,
  },
  {
    to: "/admin/figures/compliance",
    group: "oversight",
    permission: "audit-read",
    label: "nav.compliance",
    text: "admin.page.compliance",
    icon: "check",
    testId: testIds.shell.compliance,
  },
] as const satisfies readonly {
  to: string;
  group: Group;
  permission: Permission;
  label: MessageKey;
  text: MessageKey;
  icon: IconName;
  testId: string;
}[];

type Page = (typeof PAGES)[number];

const WORK_LIST = {
  to: "/clinic",
  permission: "encounter-list",
  label: "nav.work-list",
  icon: "list",
  testId: testIds.shell.workList,
} as const;

const FIND = {
  to: "/find",
  permission: "patient-identify",
  label: "nav.find",
  icon: "search",
  testId: testIds.shell.find,
} as const;

/** The address of the administration's index. */
export const INDEX = "/admin";

const ADMINISTRATION = {
  to: INDEX,
  permission: "audit-read",
  label: "nav.administration",
  icon: "settings",
  testId: testIds.shell.administration,
} as const;

/** Whether a session has the administration's index: of an administrator and an auditor. */
export function runsThePlace(session: Session): boolean {
  return session.permissions.includes(ADMINISTRATION.permission);
}

/** The administration's pages that a session may see. */
function pagesOf(session: Session): readonly Page[] {
  return PAGES.filter((page) => session.permissions.includes(page.permission));
}

/** The same by what they are about, in the order of the index. */
export function groupsOf(session: Session) {
  const pages = pagesOf(session);
  return GROUPS.map((group) => ({ group, pages: pages.filter((page) => page.group === group) })).filter(
    (one) => one.pages.length > 0,
  );
}

/** The places in a session's bar. */
export function barOf(session: Session) {
  const list = [WORK_LIST, FIND].filter((place) => session.permissions.includes(place.permission));
  return runsThePlace(session) ? [...list, ADMINISTRATION] : [...list, ...pagesOf(session)];
}

/** Where a session begins. */
export function homeOf(session: Session) {
  if (session.role === "kiosk") return "/kiosk" as const;
  return barOf(session)[0]?.to ?? ("/account" as const);
}
