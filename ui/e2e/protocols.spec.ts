// What a patient is asked: picked by the reason, understood in their own words, added to by the clinic.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  type Application,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  id,
  screenOf,
  test,
} from "./application";
import { answerAll, consent, identify, type Step, touch, words } from "./intake";
import { openKiosk, begin as toConsent } from "./modes";

const { kiosk, shell, workList, encounter, protocols } = testIds;

async function begin(page: Page, application: Application, name: string): Promise<void> {
  await application.prepare();
  await openKiosk(page, application);
  await toConsent(page, "en");
  await consent(page, { intake: true, recording: false });
  await identify(page, name, ["03", "05", "1972"]);
}

const inOwnWords = async (page: Page, text: string) => {
  await id(page, kiosk.ownWords).click();
  await id(page, kiosk.ownText).fill(text);
  await id(page, kiosk.next).click();
};

const question = (page: Page, linkId: string) => page.locator(`[data-link-id="${linkId}"]`);

test("what is not sure is asked back once, then left to staff, who also read the scores", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  test.setTimeout(240_000);
  await begin(page, application, "Nora Lindqvist");
  const half = touch(kiosk.option("LA6570-1"));
  const never = touch(kiosk.option("LA6568-5"));
  const phq = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((item) => [`phq-${item}`, half]));
  const takesMedicines: Step = async (kioskPage) => {
    await inOwnWords(kioskPage, "perhaps");
    await expect(kioskPage.getByRole("heading", { level: 1 })).toHaveText("Did you mean: Yes?");
    await expectAccessible(kioskPage, "kiosk: asked back");
    await id(kioskPage, kiosk.voiceNo).click();
    await id(kioskPage, kiosk.ownText).fill("perhaps, perhaps");
    await id(kioskPage, kiosk.next).click();
    await expect(id(kioskPage, kiosk.leaveYes)).toBeVisible();
    await expectAccessible(kioskPage, "kiosk: left to staff");
    await id(kioskPage, kiosk.leaveNo).click();
    await expectAccessible(kioskPage, "kiosk: in my own words");
    await id(kioskPage, kiosk.ownText).fill("banana telephone");
    await id(kioskPage, kiosk.next).click();
    await id(kioskPage, kiosk.leaveYes).click();
    await expect(question(kioskPage, "takes-medicines")).toHaveCount(0);
  };
  const asked: string[] = [];
  // The questions up to there, then that one, then the rest.
  const plan: { [linkId: string]: Step } = {
    reason: words("I feel so low and depressed lately"),
    ...phq,
    intro: async () => {},
    "phq-9": never,
    "gad-1": never,
    "gad-2": never,
  };
  for (;;) {
    const here = id(page, kiosk.question);
    await expect(here.or(id(page, kiosk.review))).toBeVisible();
    if (await id(page, kiosk.review).isVisible()) break;
    const linkId = (await here.getAttribute("data-link-id")) ?? "";
    asked.push(linkId);
    if (linkId === "takes-medicines") {
      await takesMedicines(page);
      continue;
    }
    const step = plan[linkId];
    if (step === undefined) await id(page, kiosk.skip).click();
    else {
      await step(page);
      await id(page, kiosk.next).click();
    }
    await expect(question(page, linkId)).toHaveCount(0);
  }
  expect(asked).toContain("phq-9");
  expect(asked).toContain("gad-2");
  expect(asked).not.toContain("gad-3");
  await expect(page.getByText(/PHQ|GAD|Moderate/)).toHaveCount(0);
  await expect(id(page, kiosk.reviewAnswer("takes-medicines"))).toContainText("banana telephone");
  await id(page, kiosk.submit).click();
  const ticket = (await id(page, kiosk.ticket).textContent())?.trim() ?? "";

  const desk = await screenOf(context, application, CLINICIAN);
  await id(desk, workList.link(ticket)).click();
  await expect(id(desk, encounter.protocol)).toHaveAttribute("data-protocol", /:mood\|/);
  await expect(id(desk, encounter.score("PHQ-9"))).toContainText("16 of 27");
  await expect(id(desk, encounter.score("GAD-2"))).toContainText("0 of 6");
  await expect(id(desk, encounter.intakeUnclear("takes-medicines"))).toContainText("banana telephone");
  await expectAccessible(desk, "an intake with scores");
});

test("a wish that is typed is a wish, and a changed reason asks the right questions", async ({
  page,
  application,
  complaints: _,
}) => {
  await begin(page, application, "Otto Brandt");
  await id(page, kiosk.text).fill("I'd like to talk to someone");
  await id(page, kiosk.next).click();
  await expect(page.getByText("Someone is coming to you.")).toBeVisible();
  await id(page, kiosk.text).fill("I have a cough");
  await id(page, kiosk.next).click();
  await expect(question(page, "onset")).toBeVisible();
  await inOwnWords(page, "about three days ago");
  await expect(question(page, "onset")).toHaveCount(0);
  await inOwnWords(page, "I want to go back");
  await expect(question(page, "onset")).toBeVisible();
  await id(page, kiosk.back).click();
  await expect(id(page, kiosk.text)).toHaveValue("I have a cough");
  await id(page, kiosk.text).fill("I twisted my ankle");
  await id(page, kiosk.next).click();
  await expect(question(page, "course")).toBeVisible();
  const seen = await answerAll(page, { injury: touch(kiosk.no) });
  expect(seen.questions).toContain("where");
  expect(seen.questions).not.toContain("onset");
  await expect(id(page, kiosk.reviewAnswer("onset"))).toHaveText("3 days");
});

test("an administrator sees the clinic's own files, what is wrong with one, and takes one out of use", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const folder = join(application.folder, "protocols");
  mkdirSync(folder, { recursive: true });
  const form = (name: string, type: string) =>
    JSON.stringify({
      resourceType: "Questionnaire",
      url: `urn:clinic:${name}`,
      version: "1",
      title: "Travel advice",
      status: "active",
      item: [{ linkId: "where-to", type, text: "Where will you travel to?" }],
    });
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.protocols).click();
  await expect(id(page, protocols.row("general-visit"))).toContainText("Begins every visit");
  await expect(id(page, protocols.folder)).toHaveText(folder);

  writeFileSync(join(folder, "travel.json"), form("travel", "string"));
  writeFileSync(join(folder, "broken.json"), form("broken", "attachment"));
  await id(page, protocols.reload).click();
  await expect(id(page, protocols.problem("broken.json"))).toContainText("where-to");
  await expect(id(page, protocols.row("travel"))).toContainText("travel.json");
  await expectAccessible(page, "protocols");

  await id(page, protocols.preview("travel")).click();
  await expect(id(page, protocols.questions)).toContainText("Where will you travel to?");
  await page.keyboard.press("Escape");
  await id(page, protocols.preview("mood")).click();
  await expect(id(page, protocols.questions)).toContainText("only after certain answers");
  await expectAccessible(page, "a protocol's questions");
  await page.keyboard.press("Escape");

  await id(page, protocols.deactivate("mood")).click();
  await expect(id(page, protocols.row("mood"))).toHaveAttribute("data-active", "false");
  await expect(id(page, protocols.deactivate("general-visit"))).toHaveCount(0);
  await id(page, protocols.activate("mood")).click();
  await expect(id(page, protocols.row("mood"))).toHaveAttribute("data-active", "true");
});
