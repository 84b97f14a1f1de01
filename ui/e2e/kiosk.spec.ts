// The kiosk: in Spanish, by keyboard only, left alone, and for the next patient.

import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  type Application,
  CLINICIAN,
  expect,
  expectAccessible,
  FRONT_DESK,
  id,
  PASSPHRASE,
  screenOf,
  signIn,
  test,
} from "./application";
import { answerAll, consent, identify, touch, words } from "./intake";
import { press } from "./keyboard";
import { begin, openKiosk as toKiosk } from "./modes";

const { kiosk, shell, workList, unlock } = testIds;

async function openKiosk(page: Page, application: Application): Promise<void> {
  await application.prepare();
  await toKiosk(page, application);
}

/** Nothing of these words is anywhere that the page can reach. */
async function expectForgotten(page: Page, marks: readonly string[]): Promise<void> {
  const left = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map((database) => database.name ?? "");
    const storage = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    return [document.documentElement.outerHTML, document.cookie, location.href, ...storage, ...databases];
  });
  for (const mark of marks) expect(left.join("\n")).not.toContain(mark);
  expect(await page.evaluate(() => history.state as unknown)).not.toMatchObject({
    encounter: expect.anything(),
  });
}

test("an intake in Spanish raises the alarm in the staff's language", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  await openKiosk(page, application);
  const desk = await screenOf(context, application, CLINICIAN);
  await begin(page, "es");
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await consent(page, { intake: true, recording: false });
  await identify(page, "José Martínez", ["14", "03", "1958"]);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("¿");
  await answerAll(page, {
    reason: words("Tengo un dolor fuerte en el pecho desde esta mañana"),
    "chest-now": touch(kiosk.no),
  });
  await expect(id(page, kiosk.alert)).toBeVisible();
  await expectAccessible(page, "review in Spanish");
  await id(page, kiosk.submit).click();
  const ticket = (await id(page, kiosk.ticket).textContent())?.trim() ?? "";
  await expect(id(desk, shell.alarm(ticket))).toContainText("Emergency");
  await expect(id(desk, workList.row(ticket))).toContainText("José Martínez");
});

test("the next patient finds nothing of the last, in the page or its storage", async ({
  page,
  application,
  complaints: _,
}) => {
  await openKiosk(page, application);
  const marks = ["Zebulon Quartermain", "zymurgy", "1931"];
  await begin(page, "en");
  await consent(page, { intake: true, recording: false });
  await identify(page, "Zebulon Quartermain", ["07", "07", "1931"]);
  await answerAll(page, { reason: words("a zymurgy accident") });
  await expect(page.getByText("a zymurgy accident")).toBeVisible();
  await id(page, kiosk.submit).click();
  await id(page, kiosk.finish).click();
  await expect(id(page, kiosk.welcome)).toBeVisible();
  await expectForgotten(page, marks);
  await page.goBack().catch(() => null);
  await expectForgotten(page, marks);
});

test("left alone, the kiosk asks, waits, keeps the answers for staff, and clears itself", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  await page.clock.install();
  await openKiosk(page, application);
  const desk = await screenOf(context, application, FRONT_DESK);
  await begin(page, "en");
  await consent(page, { intake: true, recording: false });
  await identify(page, "Ottoline Vane", ["01", "02", "1940"]);
  await id(page, kiosk.text).fill("left halfway");

  await page.clock.runFor(46_000);
  await expect(id(page, kiosk.idle)).toBeVisible();
  await expectAccessible(page, "are you still there?");
  await id(page, kiosk.idleStay).click();
  await expect(id(page, kiosk.idle)).toHaveCount(0);
  await expect(id(page, kiosk.text)).toHaveValue("left halfway");

  await page.clock.runFor(46_000);
  await expect(id(page, kiosk.idle)).toBeVisible();
  await page.clock.runFor(21_000);
  await expect(id(page, kiosk.welcome)).toBeVisible();
  await expectForgotten(page, ["Ottoline", "left halfway"]);
  await expect(desk.locator("[data-status='partial']")).toContainText("Ottoline Vane");
});

test("an intake is done with the keyboard alone", async ({ page, application, complaints: _ }) => {
  await openKiosk(page, application);
  await press(page, kiosk.begin);
  await press(page, kiosk.start("en"));
  for (const scope of ["intake", "recording"]) {
    await press(page, kiosk.consentYes(scope), "Space");
    await press(page, kiosk.next);
  }
  await press(page, kiosk.name, "A");
  await page.keyboard.type("lma Reyes");
  await page.keyboard.press("Enter");
  await press(page, kiosk.day, "0");
  await page.keyboard.type("2111960");
  await expect(id(page, kiosk.year)).toHaveValue("1960");
  await page.keyboard.press("Enter");
  await press(page, kiosk.text, "A");
  await page.keyboard.type(" sore knee");
  await press(page, kiosk.next);
  let last = "reason";
  for (;;) {
    await expect(page.locator(`[data-link-id="${last}"]`)).toHaveCount(0);
    if (await id(page, kiosk.review).isVisible()) break;
    last = (await id(page, kiosk.question).getAttribute("data-link-id")) ?? "";
    if (await id(page, kiosk.scale(0)).isVisible()) {
      await press(page, kiosk.scale(0), "Space");
      for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
      await press(page, kiosk.next);
    } else if (await id(page, kiosk.yes).isVisible()) {
      await press(page, kiosk.yes, "Space");
      await page.keyboard.press("ArrowDown");
      await press(page, kiosk.next);
    } else await press(page, kiosk.skip);
  }
  await expect(id(page, kiosk.reviewAnswer("severity"))).toHaveText("4");
  await press(page, kiosk.submit);
  await expect(id(page, kiosk.ticket)).toBeVisible();
  await press(page, kiosk.finish);
  await expect(id(page, kiosk.welcome)).toBeVisible();
});

test("who declines is sent to the front desk kindly, and nothing is kept", async ({
  page,
  application,
  complaints: _,
}) => {
  await openKiosk(page, application);
  await begin(page, "en");
  await consent(page, { intake: false });
  await expect(id(page, kiosk.declined)).toBeVisible();
  await expectAccessible(page, "declined");
  await id(page, kiosk.finish).click();
  await expect(id(page, kiosk.welcome)).toBeVisible();
});

test("whoever wants a person is seen by the front desk, which takes alarms but reads no records", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  await openKiosk(page, application);
  const desk = await screenOf(context, application, FRONT_DESK);
  await id(page, kiosk.person).click();
  await expect(page.getByText("Someone is coming to you.")).toBeVisible();
  await expectAccessible(page, "a person was called");
  await consent(page, { intake: true, recording: false });
  await identify(page, "Ida Blum", ["01", "02", "1940"]);
  const alarm = desk.locator("[data-testid^='alarm-'][class*='alarm-help']");
  await expect(alarm).toContainText("Asks for a person");
  await alarm.getByRole("button").click();
  await expect(alarm).toHaveCount(0);

  await id(page, kiosk.text).fill("I cannot breathe properly and my chest hurts");
  await id(page, kiosk.next).click();
  await expect(id(page, kiosk.alert)).toBeVisible();
  const flag = desk.locator("[class*='alarm-emergency']");
  await expect(flag).toBeVisible();
  await expect(desk.getByRole("link", { name: "Open", exact: true })).toHaveCount(0);
  await flag.getByRole("button").click();
  await expect(flag).toHaveCount(0);
  await expect(desk.locator("[data-testid^='worklist-open-']")).toHaveCount(0);
});

test("a wrong password does not leave the kiosk, and a restart asks for the passphrase", async ({
  page,
  application,
}) => {
  await openKiosk(page, application);
  await id(page, kiosk.staff).click();
  await id(page, kiosk.staffLogin).fill(ADMINISTRATOR.login);
  await id(page, kiosk.staffPassword).fill("not the password");
  await id(page, kiosk.staffSubmit).click();
  await expect(id(page, testIds.failure)).toBeVisible();
  await expect(id(page, kiosk.staffLogin)).toBeVisible();

  await application.end();
  const { Application: Again } = await import("./application");
  const again = await Again.start(application.folder);
  try {
    await page.goto(again.url);
    const locked = id(page, unlock.passphrase);
    await expect(locked.or(id(page, testIds.signIn.login))).toBeVisible();
    // Where the system's keyring answers, the vault opens by itself.
    if (await locked.isVisible()) {
      await expectAccessible(page, "unlock");
      await locked.fill("not the passphrase");
      await id(page, unlock.submit).click();
      await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "vault.wrong-key");
      await locked.fill(PASSPHRASE);
      await id(page, unlock.submit).click();
    }
    await signIn(page, CLINICIAN);
    await expect(id(page, workList.empty)).toBeVisible();
  } finally {
    await again.end();
  }
});
