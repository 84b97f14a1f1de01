// The ways in which the kiosk's screens must work, and a walk through every one of its screens.

import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import { type Application, enter, expect, FRONT_DESK, id } from "./application";
import { words } from "./intake";

const { kiosk, comfort, keys } = testIds;

export interface Mode {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly language: "en" | "es" | "ar";
  readonly textSize?: "150" | "200";
  readonly contrast?: "high";
}

export const MODES: readonly Mode[] = [
  { name: "portrait", width: 1080, height: 1920, language: "en" },
  { name: "landscape", width: 1920, height: 1080, language: "es" },
  { name: "tablet", width: 1024, height: 768, language: "en" },
  { name: "large-text", width: 1024, height: 768, language: "en", textSize: "200" },
  { name: "large-text-portrait", width: 1080, height: 1920, language: "es", textSize: "200" },
  { name: "high-contrast", width: 1920, height: 1080, language: "en", contrast: "high" },
  { name: "arabic", width: 1080, height: 1920, language: "ar" },
  { name: "arabic-tablet", width: 1024, height: 768, language: "ar", contrast: "high" },
];

export async function openKiosk(page: Page, application: Application): Promise<void> {
  await enter(page, application, FRONT_DESK);
  await id(page, testIds.shell.kiosk).click();
  await expect(id(page, kiosk.welcome)).toBeVisible();
}

/** From the screen that invites into an intake. */
export async function begin(page: Page, language: string): Promise<void> {
  await id(page, kiosk.begin).click();
  await id(page, kiosk.start(language)).click();
  await expect(id(page, kiosk.consentYes("intake"))).toBeVisible();
}

export async function choose(page: Page, mode: Mode): Promise<void> {
  if (mode.textSize === undefined && mode.contrast === undefined) return;
  await id(page, comfort.open).click();
  if (mode.textSize !== undefined) await id(page, comfort.textSize(mode.textSize)).click();
  if (mode.contrast !== undefined) await id(page, comfort.contrast(mode.contrast)).click();
  await id(page, comfort.done).click();
  await expect(id(page, comfort.sheet)).toHaveCount(0);
}

export async function closeKeys(page: Page): Promise<void> {
  if (await id(page, keys.board).isVisible()) await id(page, keys.key("close")).click();
}

const NAMES = { en: "Margaret Hill", es: "José Núñez", ar: "مريم خليل" };
/** Words that lead to the general visit. */
const REASONS = {
  en: "I have felt unwell and tired for a few days.",
  es: "Me siento mal y con cansancio desde hace unos días.",
  ar: "I have felt unwell and tired for a few days.",
};

/** Walks through every screen in a mode; `each` is told what stands on it. The page's clock is installed. */
export async function walk(page: Page, mode: Mode, each: (what: string) => Promise<void>): Promise<void> {
  await page.setViewportSize({ width: mode.width, height: mode.height });
  await expect(id(page, kiosk.welcome)).toBeVisible();
  await choose(page, mode);
  await each("attract");
  await id(page, kiosk.begin).click();
  await expect(id(page, kiosk.languages)).toBeVisible();
  await each("language");
  await id(page, comfort.open).click();
  await expect(id(page, comfort.sheet)).toBeVisible();
  await each("text and sound");
  await id(page, comfort.done).click();
  await id(page, kiosk.start(mode.language)).click();
  await expect(id(page, kiosk.consentYes("intake"))).toBeVisible();
  await each("consent");
  await id(page, kiosk.next).click();
  await expect(id(page, kiosk.problem)).toBeVisible();
  await id(page, kiosk.consentYes("intake")).click();
  await id(page, kiosk.next).click();
  await id(page, kiosk.consentNo("recording")).click();
  await id(page, kiosk.next).click();
  await expect(id(page, keys.board)).toBeVisible();
  await each("identity with the keyboard");
  await id(page, kiosk.name).fill(NAMES[mode.language]);
  await closeKeys(page);
  await each("identity");
  await id(page, kiosk.next).click();
  for (const digit of "14031941") await id(page, kiosk.key(digit)).click();
  await each("birth date");
  await id(page, kiosk.next).click();

  await expect(id(page, keys.board)).toBeVisible();
  await words(REASONS[mode.language])(page);
  await each("question in words with the keyboard");
  await closeKeys(page);
  await id(page, kiosk.next).click();
  await question(page, "onset");
  await id(page, kiosk.key("3")).click();
  await each("question with an amount");
  await id(page, kiosk.skip).click();
  await question(page, "course");
  await each("question with one choice");
  await id(page, kiosk.skip).click();
  await question(page, "severity");
  await id(page, kiosk.scale(6)).click();
  await each("question with a scale");
  await id(page, kiosk.next).click();
  await question(page, "symptoms");
  await each("question with several choices");
  await page.clock.runFor(46_000);
  await expect(id(page, kiosk.idle)).toBeVisible();
  await each("idle warning");
  await id(page, kiosk.idleStay).click();
  await id(page, kiosk.option("chest-pain")).click();
  await id(page, kiosk.next).click();
  await expect(id(page, kiosk.alert)).toBeVisible();
  await each("red flag");
  let seenYesNo = false;
  while (!(await id(page, kiosk.review).isVisible())) {
    const shown = id(page, kiosk.question);
    const linkId = (await shown.getAttribute("data-link-id")) ?? "";
    if (!seenYesNo && (await id(page, kiosk.yes).isVisible())) {
      seenYesNo = true;
      await each("question with yes or no");
      if (mode.language === "en") {
        await askBack(page, each);
        await expect(page.locator(`[data-link-id="${linkId}"]`)).toHaveCount(0);
        continue;
      }
    }
    await closeKeys(page);
    const skip = id(page, kiosk.skip);
    await ((await skip.isVisible()) ? skip : id(page, kiosk.unknown)).click();
    await expect(page.locator(`[data-link-id="${linkId}"]`)).toHaveCount(0);
    await expect(id(page, kiosk.question).or(id(page, kiosk.review))).toBeVisible();
  }
  await each("review");
  await id(page, kiosk.submit).click();
  await expect(id(page, kiosk.ticket)).toBeVisible();
  await each("ticket");
  await id(page, kiosk.finish).click();
  await expect(id(page, kiosk.welcome)).toBeVisible();
}

/** Answers yes or no in words that are not sure, so that it is asked back; then says yes. */
async function askBack(page: Page, each: (what: string) => Promise<void>): Promise<void> {
  await id(page, kiosk.ownWords).click();
  await id(page, kiosk.ownText).fill("perhaps");
  await id(page, kiosk.next).click();
  await expect(id(page, kiosk.voiceYes)).toBeVisible();
  await each("ask-back");
  await id(page, kiosk.voiceYes).click();
}

async function question(page: Page, linkId: string): Promise<void> {
  await expect(page.locator(`[data-link-id="${linkId}"]`)).toBeVisible();
}
