// The first start: with the keyboard alone, cut off and gone on with, from a backup, and rehearsed.

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  Application,
  CLINIC,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  id,
  PASSPHRASE,
  signIn,
  test,
} from "./application";
import { confirmWords, expectStage, leaveOut, makeClinic, setUp, wordsOn } from "./first";
import { answerAll, consent, identify, words } from "./intake";
import { press, type } from "./keyboard";
import { expectReadable } from "./tree";

const { administration, setup, shell, models, rehearsal, kiosk, workList, unlock, device, licence } = testIds;
const STARTER = join(import.meta.dirname, "../../models/starter/bedside-starter-en.bin");
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
];

/** Nothing is wider than the screen, and a screen reader is told what everything is. */
async function look(page: Page, what: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expectAccessible(page, `first start ${what} ${size.width}`, expect.soft);
    const wide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect.soft(wide, `${what} is wider than ${size.width}`).toBeLessThanOrEqual(0);
  }
  await expectReadable(page, what);
}

test("the first start is done with the keyboard alone, in Spanish, and each step is accessible", async ({
  page,
  application,
  complaints: _,
}) => {
  test.setTimeout(300_000);
  await page.goto(application.url);
  const on = () => press(page, setup.next);

  await expectStage(page, "welcome");
  await look(page, "welcome");
  await press(page, setup.language("en"), "ArrowRight");
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await look(page, "welcome in Spanish");
  await on();
  await type(page, setup.clinicName, "Clínica del Río");
  await type(page, setup.administratorName, ADMINISTRATOR.name);
  await type(page, setup.login, ADMINISTRATOR.login);
  await type(page, setup.password, ADMINISTRATOR.password);
  await type(page, setup.passwordAgain, ADMINISTRATOR.password);
  await look(page, "clinic");
  await on();
  await type(page, setup.passphrase, PASSPHRASE);
  await type(page, setup.passphraseAgain, PASSPHRASE);
  await look(page, "passphrase");
  await on();
  await expect(id(page, setup.recoveryWord(24))).toBeVisible({ timeout: 60_000 });
  await look(page, "recovery words");
  const shown = await wordsOn(page);
  await on();
  for (const field of [1, 2, 3]) {
    const input = id(page, setup.confirmWord(field));
    const place = await page.locator("[data-place]", { has: input }).getAttribute("data-place");
    await type(page, setup.confirmWord(field), shown[Number(place) - 1] ?? "");
  }
  await look(page, "check of the words");
  await on();

  await expectStage(page, "device");
  await look(page, "device");
  await press(page, device.role("both"), "ArrowUp");
  await on();
  await expectStage(page, "sound");
  await look(page, "sound");
  await on();
  await expectStage(page, "models");
  await expect(id(page, models.page)).toBeVisible();
  await look(page, "models");
  await on();
  await expectStage(page, "licence");
  await look(page, "licence");
  await on();
  await expectStage(page, "rehearsal");
  await look(page, "rehearsal");
  await on();
  await expectStage(page, "done");
  await look(page, "done");
  await on();
  await expect(id(page, administration.index)).toBeVisible();
  // A clinician's computer is not handed to patients.
  await expect(id(page, shell.kiosk)).toHaveCount(0);
});

test("a first start that was cut off goes on at its step, with new words where they were not checked", async ({
  page,
  complaints: _,
}) => {
  test.setTimeout(300_000);
  let application = await Application.start();
  const restart = async () => {
    // A page that is open would complain that nobody answers it.
    await page.goto("about:blank");
    await application.end();
    application = await Application.start(application.folder);
    await page.goto(application.url);
    await id(page, unlock.passphrase).fill(PASSPHRASE);
    await id(page, unlock.submit).click();
    await expect(page.getByText("to go on with the set-up")).toBeVisible({ timeout: 60_000 });
    await signIn(page, ADMINISTRATOR);
  };
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(application.url);
  const unseen = await makeClinic(page);
  await restart();
  await expectStage(page, "words");
  await look(page, "new words");
  await id(page, setup.next).click();
  await expect(id(page, setup.recoveryWord(24))).toBeVisible();
  const shown = await wordsOn(page);
  expect(shown).not.toEqual(unseen);
  await confirmWords(page, shown);
  await leaveOut(page, ["device", "sound"]);
  await expectStage(page, "models");
  await restart();
  await expectStage(page, "models");
  await id(page, setup.back).click();
  await expectStage(page, "sound");
  // A page that is loaded anew signs out, and comes back to the same step.
  await page.reload();
  await signIn(page, ADMINISTRATOR);
  await expectStage(page, "sound");
  await application.endAndRemove();
});

test("a backup is looked at, then restored, and its people sign in", async ({
  page,
  application,
  complaints: _,
}) => {
  test.setTimeout(300_000);
  const elsewhere = mkdtempSync(join(tmpdir(), "bedside-backup-"));
  const folder = join(elsewhere, "backup");
  const old = await Application.start();
  const session = await old.prepare();
  await old.call("backup.create", { folder }, session.token);
  await old.endAndRemove();

  await page.goto(application.url);
  await id(page, setup.way("restore")).click();
  await id(page, setup.next).click();
  await expectStage(page, "restore");
  await id(page, setup.next).click();
  await expect(page.getByText("Please fill this in.").first()).toBeVisible();
  await id(page, setup.backupFolder).fill(folder);
  await id(page, setup.backupSecret).fill("not the passphrase");
  await id(page, setup.next).click();
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "vault.wrong-key", {
    timeout: 60_000,
  });
  await look(page, "restore refused");
  await id(page, setup.backupSecret).fill(PASSPHRASE);
  await id(page, setup.next).click();
  await expect(id(page, setup.backupFound)).toContainText("3", { timeout: 60_000 });
  await look(page, "backup found");
  await id(page, setup.next).click();
  await expect(page.getByText("to go on with the set-up")).toBeVisible({ timeout: 60_000 });
  // Somebody else has nothing to go on with.
  await signIn(page, CLINICIAN);
  await expect(id(page, workList.empty)).toBeVisible();
  await id(page, shell.signOut).click();
  await signIn(page, ADMINISTRATOR);
  await expectStage(page, "device");
  rmSync(elsewhere, { recursive: true });
});

test("models are copied from a stick, refused in words where they are none, and removed", async ({
  page,
  application,
  complaints: _,
}) => {
  const stick = mkdtempSync(join(tmpdir(), "bedside-stick-"));
  copyFileSync(STARTER, join(stick, "ward-speech.bin"));
  writeFileSync(join(stick, "letter.txt"), "not a model");
  await application.prepare();
  await enter(page, application, ADMINISTRATOR);
  await id(page, models.nav).click();
  await expect(id(page, models.page)).toBeVisible();
  await look(page, "models page");
  await id(page, models.path).fill(join(stick, "letter.txt"));
  await id(page, models.import).click();
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "model.invalid");
  await id(page, models.path).fill(join(stick, "ward-speech.bin"));
  await id(page, models.import).click();
  await expect(id(page, models.done)).toContainText("ward-speech");
  await expect(id(page, models.state("ward-speech"))).toHaveAttribute("data-state", "verified");
  await look(page, "models page with one of the clinic's own");
  await id(page, models.verify("ward-speech")).click();
  await expect(id(page, models.done)).toContainText("is what it should be");
  await id(page, models.remove("ward-speech")).click();
  await expectAccessible(page, "remove a model");
  await id(page, models.removeSure).click();
  await expect(id(page, models.row("ward-speech"))).toHaveCount(0);
  rmSync(stick, { recursive: true });
});

test("an intake is rehearsed, seen as staff will see it, and forgotten", async ({
  page,
  application,
  complaints: _,
}) => {
  test.setTimeout(300_000);
  await page.goto(application.url);
  await confirmWords(page, await makeClinic(page));
  await leaveOut(page, ["device", "sound", "models", "licence"]);
  await expectStage(page, "rehearsal");
  await id(page, rehearsal.begin).click();
  await expect(id(page, kiosk.welcome)).toBeVisible();
  await expect(id(page, rehearsal.strip)).toHaveAttribute("data-side", "patient");
  await expect(id(page, kiosk.staff)).toHaveCount(0);
  await look(page, "rehearsed kiosk");
  await id(page, kiosk.begin).click();
  await id(page, kiosk.start("en")).click();
  await consent(page, { intake: true, recording: false });
  await identify(page, "Pretended Patient", ["03", "05", "1948"]);
  await look(page, "rehearsed question");
  await answerAll(page, { reason: words("My knee is sore when I climb the stairs") });
  await id(page, kiosk.submit).click();
  await expect(id(page, kiosk.ticket)).toBeVisible();
  await look(page, "rehearsed thanks");
  const ticket = (await id(page, kiosk.ticket).textContent())?.trim() ?? "";
  await id(page, rehearsal.arrive).click();
  await expect(id(page, rehearsal.strip)).toHaveAttribute("data-side", "staff");
  await expect(id(page, workList.row(ticket))).toContainText("Pretended Patient");
  await expect(id(page, shell.signOut)).toHaveCount(0);
  await look(page, "what staff will see");
  await id(page, workList.link(ticket)).click();
  await expect(page.getByText("My knee is sore").first()).toBeVisible();
  await look(page, "what staff will see of the patient");
  await id(page, rehearsal.end).click();
  await expectStage(page, "done");
  await expect(id(page, rehearsal.strip)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: CLINIC })).toBeVisible();
  await id(page, setup.next).click();
  await expect(id(page, administration.index)).toBeVisible();

  // Nothing of it is counted, and staff find nothing of it.
  const token = await application.tokenOf(ADMINISTRATOR);
  const status = await application.call("licence.status", {}, token);
  expect(status.usage.opened).toBe(0);
  await application.call("people.create", { ...CLINICIAN, role: "clinician" }, token);
  await id(page, shell.signOut).click();
  await signIn(page, CLINICIAN);
  await expect(id(page, workList.empty)).toBeVisible();
});

test("a licence that is none is refused in words", async ({ page, application, complaints: _ }) => {
  test.setTimeout(300_000);
  await page.goto(application.url);
  await confirmWords(page, await makeClinic(page));
  await leaveOut(page, ["device", "sound", "models"]);
  await expectStage(page, "licence");
  await id(page, licence.text).fill("not a licence");
  await id(page, licence.install).click();
  await expect(id(page, licence.refused)).toHaveAttribute("data-code", "licence.unreadable");
  await look(page, "licence refused");
  await id(page, setup.back).click();
  await expectStage(page, "models");
});

test("the whole first start takes only the buttons that go on", async ({
  page,
  application,
  complaints: _,
}) => {
  test.setTimeout(300_000);
  await page.goto(application.url);
  await setUp(page);
});
