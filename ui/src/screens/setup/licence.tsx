// The vendor's licence, or an evaluation.

import { useQuery } from "@tanstack/react-query";
import { licenceStatus } from "../../app/queries";
import { useText } from "../../i18n";
import { FailureNotice } from "../../parts/failure";
import { StepHeading } from "../../parts/page";
import { asFailure } from "../../rpc/client";
import { InstallForm } from "../admin/licence-install";
import { StepButtons } from "./frame";

export function LicenceStep(props: { readonly onNext: () => void; readonly onBack: () => void }) {
  const { t } = useText();
  const query = useQuery({ ...licenceStatus, staleTime: 0 });
  const status = query.data;
  const evaluates = status?.standing === "evaluation";
  return (
    <div className="form">
      <StepHeading>{t("setup.licence.title")}</StepHeading>
      <p className="lead">{t("setup.licence.text")}</p>
      {status !== undefined && (
        <p className="note" role="status">
          {evaluates
            ? t("setup.licence.evaluation", { count: status.days_left ?? 0 })
            : t("setup.licence.have", { company: status.company ?? "", tier: status.tier ?? "" })}
        </p>
      )}
      {query.error !== null && <FailureNotice failure={asFailure(query.error)} />}
      <section className="panel">
        <InstallForm label={t("setup.licence.field")} look="plain" />
      </section>
      <StepButtons
        next={evaluates ? t("setup.licence.evaluate", { count: status.days_left ?? 0 }) : t("setup.next")}
        onNext={props.onNext}
        onBack={props.onBack}
      />
    </div>
  );
}
