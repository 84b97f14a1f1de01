// After how long a staff screen that nobody uses is locked: for everybody at the clinic.

import { useQuery } from "@tanstack/react-query";
import { logoff, queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { useCall } from "../../parts/call";
import { FailureNotice } from "../../parts/failure";
import { OptionField } from "../../parts/field";
import { toast } from "../../parts/toast";
import { testIds } from "../../testids";

const MINUTES = [1, 2, 5, 10, 15, 30, 60] as const;

export function LogoffPanel() {
  const { t } = useText();
  const settings = useQuery(logoff).data;
  const configure = useCall("logoff.configure");

  async function choose(minutes: number) {
    const done = await configure.run({ after_min: minutes });
    if (done === undefined) return;
    queryClient.setQueryData(logoff.queryKey, done);
    toast(t("logoff.saved"));
  }

  if (settings === undefined) return null;
  return (
    <section className="panel" aria-labelledby="logoff-title" data-testid={testIds.logoff.panel}>
      <h2 className="subtitle" id="logoff-title">
        {t("logoff.title")}
      </h2>
      <p>{t("logoff.text")}</p>
      <OptionField
        label={t("logoff.after")}
        look="segments"
        value={String(settings.after_min)}
        onChange={(value) => choose(Number(value))}
        options={MINUTES.map((minutes) => ({
          id: String(minutes),
          label: t("logoff.minutes", { count: minutes }),
          testId: testIds.logoff.after(minutes),
        }))}
      />
      <FailureNotice failure={configure.failure} />
    </section>
  );
}
