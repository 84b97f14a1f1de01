// A patient's way through the intake. Everything that is known of the patient is in this state and nowhere else.

import { useCallback, useEffect, useRef, useState } from "react";
import { appState, queryClient } from "../../app/queries";
import { setKioskLanguage, setLanguage } from "../../i18n";
import type { Method, RequestOf } from "../../platform";
import { asFailure, call, type Failure } from "../../rpc/client";
import type { IntakeView, Methods } from "../../rpc/schema";

/** The methods that answer with the next screen. */
type IntakeMethod = { [M in Method]: Methods[M]["response"] extends IntakeView ? M : never }[Method];

export interface IntakeFlow {
  /** Whether it is known whether staff have handed over an intake to go on with. */
  readonly ready: boolean;
  /** Grows with every patient: the screen is built anew for each. */
  readonly patient: number;
  readonly view: IntakeView | null;
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** Begins with the language chosen; where `person` is set, somebody is called at once. */
  readonly begin: (language: string, person?: boolean) => void;
  readonly send: <M extends Exclude<IntakeMethod, "intake.begin">>(
    method: M,
    rest: Omit<RequestOf<M>, "encounter">,
  ) => void;
  /** Ends the intake early, keeps what was said for staff, and clears the screen. */
  readonly abandon: () => void;
  /** Clears the screen and forgets the patient. */
  readonly wipe: () => void;
}

export function useIntakeFlow(): IntakeFlow {
  const [patient, setPatient] = useState(0);
  const [view, setView] = useState<IntakeView | null>(null);
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const current = useRef(0);
  const calling = useRef(false);

  const wipe = useCallback(() => {
    current.current += 1;
    calling.current = false;
    setPatient(current.current);
    setView(null);
    setBusy(false);
    setFailure(null);
    const staff = queryClient.getQueryData(appState.queryKey);
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "app" });
    if (staff !== undefined) setLanguage(staff.language);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.scrollTo(0, 0);
  }, []);

  // One call at a time; whatever is answered after the screen was cleared belongs to nobody and is dropped.
  const attempt = useCallback(
    async (action: (show: (next: IntakeView) => void) => Promise<void>) => {
      if (calling.current) return;
      const whose = current.current;
      const isCurrent = () => current.current === whose;
      calling.current = true;
      setBusy(true);
      setFailure(null);
      try {
        await action((next) => {
          if (isCurrent()) setView(next);
        });
      } catch (thrown) {
        if (!isCurrent()) return;
        const failed = asFailure(thrown);
        // Staff began the visit, or the application was started anew: there is no intake to go on with.
        if (failed.code === "not-found") wipe();
        else setFailure(failed);
      } finally {
        if (isCurrent()) {
          calling.current = false;
          setBusy(false);
        }
      }
    },
    [wipe],
  );

  const begin = useCallback(
    (language: string, person = false) => {
      setKioskLanguage(language);
      void attempt(async (show) => {
        const begun = await call("intake.begin", { language });
        show(begun);
        if (person) show(await call("intake.help", { encounter: begun.encounter }));
      });
    },
    [attempt],
  );

  const encounter = view?.encounter;

  const send = useCallback<IntakeFlow["send"]>(
    (method, rest) => {
      if (encounter === undefined) return;
      void attempt(async (show) => {
        const params = { ...rest, encounter } as RequestOf<typeof method>;
        show((await call(method, params)) as IntakeView);
      });
    },
    [attempt, encounter],
  );

  const abandon = useCallback(() => {
    wipe();
    // The engine keeps the answers whether or not it hears of the end; the screen is clear either way.
    if (encounter !== undefined) call("intake.abandon", { encounter }).catch(() => {});
  }, [wipe, encounter]);

  useEffect(() => {
    void attempt(async (show) => {
      const standing = await call("intake.standing", {});
      if (standing === null) return;
      setKioskLanguage(standing.language);
      show(standing);
    }).then(() => setReady(true));
    return wipe;
  }, [attempt, wipe]);

  return { ready, patient, view, busy, failure, begin, send, abandon, wipe };
}
