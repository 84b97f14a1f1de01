// What went wrong, in words: what happened, what to do, and the code for whoever helps.

import { errorText, useText } from "../i18n";
import type { Failure } from "../rpc/client";
import { testIds } from "../testids";
import { Icon } from "./icon";

/** Shown as long as the failure stands; announced when it appears. */
export function FailureNotice({ failure }: { readonly failure: Failure | null }) {
  const { t, language } = useText();
  return (
    <div role="alert" className="failure-place">
      {failure !== null && (
        <div className="failure" data-testid={testIds.failure} data-code={failure.code}>
          <Icon name="alarm" />
          <div>
            <p className="failure-what">{errorText(language, failure.code).what}</p>
            <p>{errorText(language, failure.code).next}</p>
            {failure.code === "internal" && (
              <p className="failure-code">{t("app.error-code", { code: failure.code })}</p>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
