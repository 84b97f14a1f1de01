// What is wrong with a field, as a sentence.

import type { Translate } from "../i18n";
import type { FieldProblem } from "../logic/setup";

export function problemText(t: Translate, problem: FieldProblem | null): string | null {
  switch (problem?.kind) {
    case undefined:
      return null;
    case "required":
      return t("check.required");
    case "differs":
      return t("check.differs");
    case "login-space":
      return t("check.login-space");
    case "short":
      return t("check.short", { least: problem.least, count: problem.count });
  }
}
