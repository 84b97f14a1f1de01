// Putting the kiosk on this device's screen: for whoever comes next, or for a patient whose intake was left.

import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { session } from "../../app/session";
import { errorText, useText } from "../../i18n";
import { useCall } from "../../parts/call";
import { toast } from "../../parts/toast";
import { platform } from "../../platform";
import type { EncounterId, Session } from "../../rpc/schema";

interface ToKiosk {
  readonly pending: boolean;
  readonly open: () => Promise<void>;
  /** The patient goes on with an intake that was left. */
  readonly handOver: (encounter: EncounterId) => Promise<void>;
}

export function useKiosk(): ToKiosk {
  const { language } = useText();
  const navigate = useNavigate();
  const open = useCall("kiosk.open");
  const handOver = useCall("kiosk.hand-over");
  const failure = open.failure ?? handOver.failure;
  useEffect(() => {
    if (failure !== null) toast(errorText(language, failure.code).what);
  }, [failure, language]);

  async function to(begin: () => Promise<Session | undefined>) {
    // The browser fills the screen only while it handles the press itself.
    void platform.fullScreen(true);
    const opened = await begin();
    if (opened === undefined) return void platform.fullScreen(false);
    session.begin(opened);
    await navigate({ to: "/kiosk" });
  }

  return {
    pending: open.pending || handOver.pending,
    open: () => to(() => open.run({})),
    handOver: (encounter) => to(() => handOver.run({ encounter })),
  };
}
