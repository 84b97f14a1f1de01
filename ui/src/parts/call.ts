import { useCallback, useEffect, useRef, useState } from "react";
import type { Method, RequestOf, ResponseOf } from "../platform";
import { asFailure, call, type Failure } from "../rpc/client";

export interface Call<M extends Method> {
  /** Calls the method. Resolves to nothing where it failed, was called twice, or the screen is gone. */
  readonly run: (params: RequestOf<M>) => Promise<ResponseOf<M> | undefined>;
  readonly pending: boolean;
  readonly failure: Failure | null;
  readonly forget: () => void;
}

/** A call that a button makes: one at a time, with its failure kept for the screen. Keeps neither request nor answer. */
export function useCall<M extends Method>(method: M): Call<M> {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = useRef(false);
  const mounted = useRef(true);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (params: RequestOf<M>) => {
      if (busy.current) return undefined;
      busy.current = true;
      setPending(true);
      setFailure(null);
      try {
        const response = await call(method, params);
        return mounted.current ? response : undefined;
      } catch (thrown) {
        if (mounted.current) setFailure(asFailure(thrown));
        return undefined;
      } finally {
        busy.current = false;
        if (mounted.current) setPending(false);
      }
    },
    [method],
  );

  const forget = useCallback(() => setFailure(null), []);
  return { run, pending, failure, forget };
}
