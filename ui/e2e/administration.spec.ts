// The administration: its index, diagnostics, the support bundle, retention, data flows, and a restore that is tried.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  CLINIC,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  FRONT_DESK,
  id,
  PASSPHRASE,
  screenOf,
  signIn,
  test,
  wholeAccessible,
} from "./application";

const { shell, administration, diagnostics, support, retention, flows, backup, drill } = testIds;

test("every page of the administration is found from its index and from beside every other page, by keyboard too", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await enter(page, application, ADMINISTRATOR);
  await expect(id(page, administration.index)).toBeVisible();
  await expect(id(page, administration.health)).toBeVisible();
  await wholeAccessible(page, "administration");
  const links = id(page, administration.index).locator(".index-link");
  const pages = await links.evaluateAll((all) =>
    all.map((link) => [
      link.getAttribute("data-testid") ?? "",
      link.querySelector(".index-label")?.textContent,
    ]),
  );
  expect(pages.length).toBeGreaterThanOrEqual(13);

  // By keyboard from the heading: the first link of the page's body comes next.
  await links.first().focus();
  await page.keyboard.press("Enter");
  await expect(id(page, pages[0]?.[0] ?? "")).toHaveClass(/rail-here/);
  for (const [testId = ""] of pages.slice(1)) {
    await id(page, administration.rail).getByTestId(testId).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(id(page, testId)).toHaveClass(/rail-here/);
    await expect(id(page, administration.rail).locator("[aria-current=page]")).toHaveCount(1);
  }
  await id(page, shell.administration).click();
  await expect(id(page, administration.index)).toBeVisible();

  // Those who work with patients have their few places in the bar, as before.
  const desk = await screenOf(context, application, FRONT_DESK);
  await expect(id(desk, shell.sound)).toBeVisible();
  await expect(id(desk, shell.administration)).toHaveCount(0);
  await id(desk, shell.sound).click();
  await expect(id(desk, administration.rail)).toHaveCount(0);
  await desk.close();
});

test("diagnostics says how each part is, and the support bundle is shown in full before it is saved", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const clinician = await application.tokenOf(CLINICIAN);
  await application.call(
    "encounters.open",
    { name: "Nora Lindqvist", birth_date: null, language: "en" },
    clinician,
  );
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.diagnostics).click();
  const health = id(page, diagnostics.health);
  // Nothing is due on a clinic's first day; what this machine lacks for sound is said.
  await expect(health).toBeVisible();
  await expect(id(page, diagnostics.concern("backup-due"))).toHaveCount(0);
  for (const worker of ["speech", "language"]) {
    await expect(id(page, diagnostics.worker(worker))).toContainText("reading any file but its model");
    await expect(id(page, diagnostics.worker(worker)).locator(".sandbox-part")).toHaveCount(7);
  }
  await expect(id(page, diagnostics.page)).toContainText("SQLCipher");
  await wholeAccessible(page, "diagnostics");

  // What goes wrong is said on the index as well: a damaged check of the trail cannot be made here, an unplugged device can.
  const admin = await application.tokenOf(ADMINISTRATOR);
  const { settings } = await application.call("sound.status", {}, admin);
  await application.call("sound.configure", { ...settings, microphone: "unplugged" }, admin);
  await id(page, diagnostics.again).click();
  await expect(health).toHaveAttribute("data-well", "false");
  await expect(id(page, diagnostics.concern("microphone-missing"))).toContainText("choose another");
  await expectAccessible(page, "diagnostics: something needs attention");

  await id(page, diagnostics.support).click();
  await expect(id(page, support.save)).toHaveCount(0);
  await id(page, support.make).click();
  const names = ["diagnostics", "settings", "licence", "counts", "log"];
  for (const name of names) await expect(id(page, support.file(`${name}.json`))).toBeVisible();
  await expect(page.getByText("Nothing has left this device yet.")).toBeVisible();
  await expectAccessible(page, "support bundle");
  await wholeAccessible(page, "support bundle in full");
  const shown = await Promise.all(
    names.map((name) =>
      id(page, support.file(`${name}.json`))
        .locator("pre")
        .textContent(),
    ),
  );
  const [download] = await Promise.all([page.waitForEvent("download"), id(page, support.save).click()]);
  await expect(id(page, support.saved)).toBeVisible();
  const text = readFileSync(await download.path(), "utf8");
  const saved = JSON.parse(text) as { files: { [name: string]: unknown } };
  for (const [place, name] of names.entries()) {
    expect(saved.files[`${name}.json`], name).toEqual(JSON.parse(shown[place] ?? ""));
  }
  for (const word of ["Nora", "Lindqvist", "Okafor", "ruth", CLINIC, application.folder]) {
    expect(text.includes(word), word).toBe(false);
  }
});

test("retention shows what a rule would delete before it is set, and deletes by a press", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.retention).click();
  await expect(id(page, retention.due)).toContainText("Nothing would be deleted today.");
  await expect(id(page, retention.run)).toHaveCount(0);
  await expect(id(page, retention.save)).toBeDisabled();
  await expectAccessible(page, "retention");

  await id(page, retention.audio("days")).click({ force: true });
  await id(page, retention.audioDays).fill("0");
  await expect(page.getByText("Write a whole number from 1 to 3,650.")).toBeVisible();
  await expect(id(page, retention.save)).toBeDisabled();
  await id(page, retention.audioDays).fill("14");
  await id(page, retention.signed("delete")).click({ force: true });
  await expect(id(page, retention.years)).toHaveValue("10");
  await id(page, retention.unfinished("delete")).click({ force: true });
  await expect(id(page, retention.preview)).toContainText("Nothing would be deleted today.");
  await wholeAccessible(page, "retention: other rules");
  await id(page, retention.save).click();
  await expect(page.getByText(`Set by ${ADMINISTRATOR.name}`)).toBeVisible();
  await expect(id(page, retention.years)).toHaveValue("10");

  await id(page, retention.hold).click({ force: true });
  await id(page, retention.save).click();
  await expect(id(page, retention.stopped)).toContainText("A legal hold is on");
  await expectAccessible(page, "retention: a legal hold");
  await id(page, shell.flows).click();
  await expect(id(page, flows.row("microphone"))).toContainText("Retention");
});

test("data flows say what is on, what is used by whom, and that nothing opens a connection by itself", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  const admin = (await application.prepare()).token;
  const folder = join(application.folder, "../", `backup-${Date.now()}`);
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.flows).click();
  await expect(id(page, flows.row("hub"))).toHaveAttribute("data-state", "absent");
  await expect(id(page, flows.row("print"))).toHaveAttribute("data-state", "off");
  await expect(id(page, flows.row("backups"))).toContainText("never");
  await wholeAccessible(page, "data flows");

  await id(page, flows.row("backups")).getByRole("link").click();
  await id(page, backup.folder).fill(folder);
  await id(page, backup.submit).click();
  await expect(id(page, backup.result)).toBeVisible();
  await id(page, drill.folder).fill(folder);
  await id(page, drill.passphrase).fill("another passphrase");
  await id(page, drill.submit).click();
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "vault.wrong-key");
  await id(page, drill.passphrase).fill(PASSPHRASE);
  await id(page, drill.submit).click();
  await expect(id(page, drill.result)).toContainText("came out whole");
  await wholeAccessible(page, "backup with a restore tried");
  await id(page, shell.flows).click();
  await expect(id(page, flows.row("backups"))).toContainText(ADMINISTRATOR.name);

  const auditor = { name: "Mira Toledo", login: "mira", password: "a long password 4" };
  await application.call("people.create", { ...auditor, role: "auditor" }, admin);
  const other = await screenOf(context, application, auditor);
  await expect(id(other, administration.index)).toBeVisible();
  await expect(id(other, administration.health)).toHaveCount(0);
  await expect(id(other, shell.diagnostics)).toHaveCount(0);
  await expectAccessible(other, "an auditor's administration");
  await id(other, shell.flows).click();
  await expect(id(other, flows.row("exports"))).toBeVisible();
  await expect(id(other, flows.row("backups")).getByRole("link")).toHaveCount(0);
  await other.close();
});

test("the administration's pages are complete in Spanish", async ({ page, application, complaints: _ }) => {
  await application.prepare();
  await page.goto(application.url);
  await id(page, testIds.signIn.language("es")).click({ force: true });
  await signIn(page, ADMINISTRATOR);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Administración");
  await expectAccessible(page, "Spanish: Administración");
  for (const [where, heading] of [
    [shell.diagnostics, "Diagnóstico"],
    [shell.retention, "Conservación"],
    [shell.flows, "Vías de los datos"],
  ] as const) {
    await id(page, where).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await wholeAccessible(page, `Spanish: ${heading}`);
  }
});
