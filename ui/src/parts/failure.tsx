// What went wrong, in words: what happened, what to do, and the code for whoever helps.

import { useEffect, useState } from "react";
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
            {failure.code === "session.wait" && (
              <WaitLeft seconds={Number(failure.parameters.seconds ?? 0)} />
            )}
            {failure.code === "internal" && (
              <p className="failure-code">{t("app.error-code", { code: failure.code })}</p>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

/** How long it is until the next attempt is taken. Said once; on the screen it counts down. */
function WaitLeft({ seconds }: { readonly seconds: number }) {
  const { t } = useText();
  const [began] = useState(Date.now);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil(seconds - (Date.now() - began) / 1000)));
    }, 500);
    return () => clearInterval(timer);
  }, [seconds, began]);
  const inWords = (count: number) =>
    count > 90 ? t("wait.minutes", { count: Math.ceil(count / 60) }) : t("wait.seconds", { count });
  return (
    <>
      <p className="visually-hidden">{inWords(seconds)}</p>
      <p className="wait-left" aria-hidden="true" data-testid={testIds.waitLeft} data-seconds={left}>
        {left === 0 ? t("wait.over") : inWords(left)}
      </p>
    </>
  );
}
