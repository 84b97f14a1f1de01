// Where staff can go, in order. The first place that a role may see is its home.

import type { MessageKey } from "../i18n";
import type { IconName } from "../parts/icon";
import type { Permission, Session } from "../rpc/schema";
import { testIds } from "../testids";

export const NAVIGATION = [
  {
    to: "/clinic",
    permission: "encounter-list",
    label: "nav.work-list",
    icon: "list",
    testId: testIds.shell.workList,
  },
  {
    to: "/admin/people",
    permission: "people-manage",
    label: "nav.people",
    icon: "people",
    testId: testIds.shell.people,
  },
  {
    to: "/admin/protocols",
    permission: "protocols-manage",
    label: "nav.protocols",
    icon: "list",
    testId: testIds.shell.protocols,
  },
  {
    to: "/admin/audit",
    permission: "audit-read",
    label: "nav.audit",
    icon: "audit",
    testId: testIds.shell.audit,
  },
  {
    to: "/admin/backup",
    permission: "backup-create",
    label: "nav.backup",
    icon: "backup",
    testId: testIds.shell.backup,
  },
  {
    to: "/admin/models",
    permission: "models-manage",
    label: "nav.models",
    icon: "spark",
    testId: testIds.models.nav,
  },
  {
    to: "/admin/licence",
    permission: "licence-manage",
    label: "nav.licence",
    icon: "licence",
    testId: testIds.shell.licence,
  },
  {
    to: "/admin/figures",
    permission: "analytics-read",
    label: "nav.figures",
    icon: "figures",
    testId: testIds.shell.figures,
  },
  {
    to: "/admin/brand",
    permission: "brand-manage",
    label: "nav.brand",
    icon: "brand",
    testId: testIds.brand.nav,
  },
  {
    to: "/sound",
    permission: "kiosk-open",
    label: "nav.sound",
    icon: "speak",
    testId: testIds.shell.sound,
  },
  {
    to: "/kiosk-settings",
    permission: "kiosk-open",
    label: "nav.device",
    icon: "kiosk",
    testId: testIds.shell.device,
  },
] as const satisfies readonly {
  to: string;
  permission: Permission;
  label: MessageKey;
  icon: IconName;
  testId: string;
}[];

/** Where a session begins. */
export function homeOf(session: Session) {
  if (session.role === "kiosk") return "/kiosk" as const;
  return (
    NAVIGATION.find((item) => session.permissions.includes(item.permission))?.to ?? ("/account" as const)
  );
}
