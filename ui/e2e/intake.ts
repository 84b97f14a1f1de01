// A patient at the kiosk.

import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import { expect, id } from "./application";

const { kiosk } = testIds;

export type Step = (page: Page) => Promise<void>;

/** Types words into the field of the question. */
export const words =
  (text: string): Step =>
  async (page) =>
    id(page, kiosk.text).fill(text);

/** Touches options, a button of a scale, yes or no. */
export const touch =
  (...testIds: string[]): Step =>
  async (page) => {
    for (const one of testIds) await id(page, one).click();
  };

export async function consent(page: Page, answers: { [scope: string]: boolean }): Promise<void> {
  for (const [scope, agreed] of Object.entries(answers)) {
    await id(page, agreed ? kiosk.consentYes(scope) : kiosk.consentNo(scope)).click();
    await id(page, kiosk.next).click();
  }
}

export async function identify(
  page: Page,
  name: string,
  [day, month, year]: readonly [string, string, string],
): Promise<void> {
  await id(page, kiosk.name).fill(name);
  await id(page, kiosk.next).click();
  for (const digit of `${day}${month}${year}`) await id(page, kiosk.key(digit)).click();
  await expect(id(page, kiosk.year)).toHaveValue(year);
  await id(page, kiosk.next).click();
}

export interface Seen {
  /** The questions that were asked, by linkId. */
  readonly questions: string[];
}

/** Answers what is planned and skips the rest, until the review. `each` sees every question. */
export async function answerAll(
  page: Page,
  plan: { [linkId: string]: Step },
  each: (linkId: string) => Promise<void> = async () => {},
): Promise<Seen> {
  const questions: string[] = [];
  for (;;) {
    const question = id(page, kiosk.question);
    await expect(question.or(id(page, kiosk.review))).toBeVisible();
    if (await id(page, kiosk.review).isVisible()) return { questions };
    const linkId = (await question.getAttribute("data-link-id")) ?? "";
    questions.push(linkId);
    await each(linkId);
    const step = plan[linkId];
    const skip = id(page, kiosk.skip);
    if (step !== undefined) {
      await step(page);
      await id(page, kiosk.next).click();
    } else if (await skip.isVisible()) await skip.click();
    else if (await id(page, kiosk.unknown).isVisible()) await id(page, kiosk.unknown).click();
    else await id(page, kiosk.next).click();
    await expect(page.locator(`[data-link-id="${linkId}"]`)).toHaveCount(0);
  }
}
