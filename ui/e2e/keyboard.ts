// The keyboard alone, as somebody uses it who has nothing else.

import type { Page } from "@playwright/test";
import { expect, id } from "./application";

/** More stops than any screen has. */
const MOST_STOPS = 60;

/** Goes to something with the Tab key, and presses a key there. */
export async function press(page: Page, testId: string, key = "Enter"): Promise<void> {
  const target = id(page, testId);
  await expect(target).toBeVisible();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const there = await target.evaluate((element) => {
      const focused = document.activeElement;
      return focused !== null && focused !== document.body && element.contains(focused);
    });
    if (there) return page.keyboard.press(key);
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${testId}`);
}

/** Types into a field, in place of what stands there. */
export async function type(page: Page, testId: string, text: string): Promise<void> {
  await press(page, testId, "ControlOrMeta+a");
  await page.keyboard.type(text);
}
