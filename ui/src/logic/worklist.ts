// The order of the work list, and what in it needs somebody now.

import type { EncounterLine, EncounterStatus } from "../rpc/schema";

const STATUS_ORDER: readonly EncounterStatus[] = [
  "waiting",
  "partial",
  "in-visit",
  "drafted",
  "intake",
  "signed",
  "retracted",
];

function urgency(line: EncounterLine): number {
  if (line.open_flag === "emergency") return 0;
  if (line.open_flag === "urgent") return 1;
  return wantsPerson(line) ? 2 : 3;
}

/** Whether the patient asked for a person and the visit has not begun. */
export function wantsPerson(line: EncounterLine): boolean {
  return line.help_requested && ["intake", "partial", "waiting"].includes(line.status);
}

/** Open alarms first, then those who wait, the longest wait first; what is finished last, the newest first. */
export function inOrder(lines: readonly EncounterLine[]): EncounterLine[] {
  const rank = (line: EncounterLine) => STATUS_ORDER.indexOf(line.status);
  return [...lines].sort((a, b) => {
    const finished = a.status === "signed" || a.status === "retracted";
    return (
      urgency(a) - urgency(b) || rank(a) - rank(b) || (finished ? b.opened - a.opened : a.opened - b.opened)
    );
  });
}

export function countWaiting(lines: readonly EncounterLine[]): number {
  return lines.filter((line) => line.status === "waiting" || line.status === "partial").length;
}
