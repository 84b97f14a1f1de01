// What tells one patient from another, in words.

import { useText } from "../../i18n";
import { dateInWords, momentInWords } from "../../logic/date";
import type { PatientLine } from "../../rpc/schema";

/** When they were born and under which number they are known; `visits`: how often they came, and when last. */
export function usePatientFacts() {
  const { t, language } = useText();
  return {
    identity: ({ birth_date, record_number }: PatientLine): string[] => [
      birth_date === null
        ? t("patient.born-unknown")
        : t("patient.born", { date: dateInWords(birth_date, language) }),
      ...(record_number === null ? [] : [t("patient.number", { number: record_number })]),
    ],
    visits: ({ visits, latest }: PatientLine): string[] => [
      t("patient.visits", { count: visits }),
      t("patient.latest", { time: momentInWords(latest, new Date(), language) }),
    ],
  };
}
