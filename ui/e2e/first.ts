// The first start, as an administrator goes through it.

import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import { ADMINISTRATOR, CLINIC, expect, id, PASSPHRASE } from "./application";

const { setup } = testIds;

type Look = (what: string) => Promise<void>;

export async function expectStage(page: Page, stage: string): Promise<void> {
  await expect(id(page, setup.stage)).toHaveAttribute("data-stage", stage, { timeout: 60_000 });
}

/** From the first screen to the recovery words; answers the words. */
export async function makeClinic(page: Page, look: Look = async () => {}): Promise<string[]> {
  await expectStage(page, "welcome");
  await look("welcome");
  await id(page, setup.next).click();
  await expectStage(page, "clinic");
  await id(page, setup.next).click();
  await expect(page.getByText("Please fill this in.").first()).toBeVisible();
  await id(page, setup.clinicName).fill(CLINIC);
  await id(page, setup.administratorName).fill(ADMINISTRATOR.name);
  await id(page, setup.login).fill(ADMINISTRATOR.login);
  await id(page, setup.password).fill(ADMINISTRATOR.password);
  await id(page, setup.passwordAgain).fill("another password");
  await id(page, setup.next).click();
  await expect(page.getByText("The two are not the same.")).toBeVisible();
  await look("clinic");
  await id(page, setup.passwordAgain).fill(ADMINISTRATOR.password);
  await id(page, setup.next).click();
  await expectStage(page, "passphrase");
  await id(page, setup.passphrase).fill(PASSPHRASE);
  await id(page, setup.passphraseAgain).fill(PASSPHRASE);
  await look("passphrase");
  await id(page, setup.next).click();
  await expect(id(page, setup.recoveryWord(24))).toBeVisible({ timeout: 60_000 });
  await look("recovery words");
  return wordsOn(page);
}

export async function wordsOn(page: Page): Promise<string[]> {
  const words = await page.locator("[data-testid^='recovery-word-']").allTextContents();
  return words.map((word) => word.trim());
}

/** Types back what is asked of the words. */
export async function confirmWords(page: Page, words: string[], look: Look = async () => {}): Promise<void> {
  await id(page, setup.next).click();
  await expectStage(page, "confirm");
  for (const field of [1, 2, 3]) {
    const input = id(page, setup.confirmWord(field));
    const place = await page.locator("[data-place]", { has: input }).getAttribute("data-place");
    await input.fill(words[Number(place) - 1] ?? "");
  }
  await look("check of the words");
  await id(page, setup.next).click();
}

/** Leaves for later what these steps ask. */
export async function leaveOut(page: Page, stages: string[], look: Look = async () => {}): Promise<void> {
  for (const stage of stages) {
    await expectStage(page, stage);
    await look(stage);
    await id(page, setup.next).click();
  }
}

/** All of it, leaving for later what may be. Ends signed in as the administrator. */
export async function setUp(page: Page, look: Look = async () => {}): Promise<void> {
  await confirmWords(page, await makeClinic(page, look), look);
  await leaveOut(page, ["device", "sound", "models", "licence", "rehearsal", "done"], look);
  await expect(id(page, testIds.administration.index)).toBeVisible();
}
