// The models of this device, and the work on them, followed while they are on the screen.

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { models, queryClient } from "../../app/queries";
import { useSession } from "../../app/session";
import { platform } from "../../platform";
import type { ModelsHere, ModelWork } from "../../rpc/schema";

/** How often it is read while something is under way, beside what is told: a stream may break. */
const READ_EVERY_MS = 2000;

export function useModels() {
  const token = useSession()?.token ?? null;
  const query = useQuery({
    ...models,
    refetchInterval: ({ state }) => (state.data?.work?.state.is === "running" ? READ_EVERY_MS : false),
  });
  useEffect(() => {
    if (token === null) return;
    return platform.watch(token, {
      notice: (notice) => {
        if (notice.kind === "models") tell(notice.work);
      },
      connected: () => void queryClient.invalidateQueries({ queryKey: models.queryKey }),
    });
  }, [token]);
  return query;
}

function tell(work: ModelWork) {
  queryClient.setQueryData(models.queryKey, (known: ModelsHere | undefined) =>
    known === undefined ? known : { ...known, work },
  );
  if (work.state.is !== "running") void queryClient.invalidateQueries({ queryKey: models.queryKey });
}

export function isRunning(here: ModelsHere): boolean {
  return here.work?.state.is === "running";
}
