// What is read from the engine and kept while it is on the screen.

import { QueryClient, queryOptions } from "@tanstack/react-query";
import { call } from "../rpc/client";
import type { EncounterId, PartialDate, PatientId, SiteId, Timestamp } from "../rpc/schema";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The engine is on this machine: a failed call fails again, and being offline means nothing.
      networkMode: "always",
      retry: false,
      refetchOnWindowFocus: false,
      staleTime: 30_000,
      // Clinical text leaves memory soon after it leaves the screen.
      gcTime: 60_000,
    },
  },
});

export const appState = queryOptions({
  queryKey: ["app"],
  queryFn: () => call("app.state", {}),
  staleTime: 0,
});

export const encounterList = (since: Timestamp | null, site: SiteId | null) =>
  queryOptions({
    queryKey: ["encounters", "list", since, site],
    queryFn: () => call("encounters.list", { since, until: null, site }),
  });

export const endpoint = queryOptions({
  queryKey: ["endpoint"],
  queryFn: () => call("endpoint.read", {}),
  staleTime: 0,
});

export const sites = queryOptions({
  queryKey: ["sites"],
  queryFn: () => call("sites.list", {}),
});

export const encounterView = (encounter: EncounterId) =>
  queryOptions({
    queryKey: ["encounters", "one", encounter],
    queryFn: () => call("encounters.show", { encounter }),
    staleTime: 0,
  });

export const patientsFound = (text: string) =>
  queryOptions({
    queryKey: ["patients", "found", text],
    queryFn: () => call("patients.find", { text }),
    staleTime: 5_000,
  });

export const patientsAlike = (name: string, birth_date: PartialDate | null) =>
  queryOptions({
    queryKey: ["patients", "alike", name, birth_date],
    queryFn: () => call("patients.alike", { name, birth_date }),
    staleTime: 5_000,
  });

export const patientView = (patient: PatientId) =>
  queryOptions({
    queryKey: ["patients", "one", patient],
    queryFn: () => call("patients.show", { patient }),
    staleTime: 0,
  });

export const wordsFound = (query: string) =>
  queryOptions({
    queryKey: ["encounters", "words", query],
    queryFn: () => call("transcript.search", { query }),
    staleTime: 5_000,
  });

/** How this device's kiosk is set. Of the application and not of a session: a patient who leaves does not take it along. */
export const kioskDevice = queryOptions({
  queryKey: ["app", "kiosk"],
  queryFn: () => call("kiosk.device", {}),
  staleTime: 0,
  // Nobody stands at a kiosk to try again.
  retry: true,
  retryDelay: 2000,
});

export const soundStatus = queryOptions({
  queryKey: ["sound"],
  queryFn: () => call("sound.status", {}),
  staleTime: 0,
});

/** What a note can be drafted as, and by what. */
export const noteOffers = queryOptions({
  queryKey: ["note-offers"],
  queryFn: () => call("note.offers", {}),
});

export const protocols = queryOptions({
  queryKey: ["protocols"],
  queryFn: () => call("protocols.list", {}),
  staleTime: 0,
});

/** The models of this device, and the work on them. */
export const models = queryOptions({
  queryKey: ["models"],
  queryFn: () => call("models.list", {}),
  staleTime: 0,
});

/** What the licence grants and how much of it is used: on every screen of those who see its notices. */
export const licenceStatus = queryOptions({
  queryKey: ["licence"],
  queryFn: () => call("licence.status", {}),
  refetchInterval: 300_000,
});

export const usageHistory = queryOptions({
  queryKey: ["usage"],
  queryFn: () => call("usage.history", {}),
  staleTime: 0,
});

export const figures = (from: string, until: string, site: SiteId | null) =>
  queryOptions({
    queryKey: ["figures", from, until, site],
    queryFn: () => call("analytics.read", { from, until, site }),
    staleTime: 0,
  });

export const compliance = queryOptions({
  queryKey: ["compliance"],
  queryFn: () => call("compliance.read", {}),
  staleTime: 0,
});

export const diagnostics = queryOptions({
  queryKey: ["diagnostics"],
  queryFn: () => call("diagnostics.read", {}),
  staleTime: 0,
});

export const retention = queryOptions({
  queryKey: ["retention"],
  queryFn: () => call("retention.status", {}),
  staleTime: 0,
});

/** Where signed notes are sent by themselves, and what has not arrived. */
export const destinations = queryOptions({
  queryKey: ["destinations"],
  queryFn: () => call("destinations.list", {}),
  staleTime: 0,
});

export const flows = queryOptions({
  queryKey: ["flows"],
  queryFn: () => call("flows.read", {}),
  staleTime: 0,
});

export const people = queryOptions({
  queryKey: ["people"],
  queryFn: () => call("people.list", {}),
});

/** After how long a screen that nobody uses is locked. */
export const logoff = queryOptions({
  queryKey: ["logoff"],
  queryFn: () => call("logoff.read", {}),
});

/** The brand on the screens. Of the application and not of a session. */
export const brandCurrent = queryOptions({
  queryKey: ["app", "brand"],
  queryFn: () => call("brand.current", {}),
  staleTime: 30_000,
});

export const brandStatus = queryOptions({
  queryKey: ["brand"],
  queryFn: () => call("brand.status", {}),
  staleTime: 0,
});
