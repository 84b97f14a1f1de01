// Which options stay chosen when one more is touched.

import type { ChoiceOption } from "../rpc/schema";

/** Stands for the free words of an open choice; no code begins with a space. */
export const OTHER = " other";

/** `next` is what a group of checkmarks holds after a touch. An exclusive option drives out the others, and they it. */
export function settle(
  before: readonly string[],
  next: readonly string[],
  options: readonly ChoiceOption[],
): string[] {
  const exclusive = (code: string) => options.some((option) => option.code === code && option.exclusive);
  const added = next.find((code) => !before.includes(code));
  if (added === undefined) return [...next];
  if (exclusive(added)) return [added];
  return next.filter((code) => !exclusive(code));
}
