// What the people who run the place see: the licence and its use, figures, compliance.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { AnswerSource } from "../src/rpc/schema";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  type Application,
  BINARY,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  FRONT_DESK,
  id,
  inFull,
  picture,
  screenOf,
  signIn,
  test,
} from "./application";

const { shell, licence, figures, audit, backup } = testIds;

/** A vendor in a folder of its own, with the command line that a vendor has. */
class Vendor {
  readonly folder = mkdtempSync(join(tmpdir(), "bedside-vendor-"));

  constructor(name = "vendor") {
    this.run("licence", "keygen", "--out", join(this.folder, name));
    this.key = join(this.folder, name);
  }

  readonly key: string;

  run(...words: string[]): string {
    const ran = spawnSync(BINARY, words, { encoding: "utf8" });
    if (ran.status !== 0) throw new Error(`bedside ${words.slice(0, 2).join(" ")}: ${ran.stderr}`);
    return ran.stdout;
  }

  issue(...words: string[]): string {
    const terms = ["--company", "Acme Healthcare", "--phone", "+1 555 0100", "--vendor", "Example Vendor"];
    return this.run("licence", "issue", "--key", this.key, ...terms, ...words);
  }

  get trust(): string {
    return readFileSync(`${this.key}.pub`, "utf8").trim();
  }
}

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const openVisit = (application: Application, token: string) =>
  application.call("encounters.open", { name: "Nora Lindqvist", birth_date: null, language: "en" }, token);

/** A visit up to its signed note. */
async function signVisit(application: Application, token: string, encounter: string): Promise<void> {
  const text = readFileSync(
    join(import.meta.dirname, "../../protocols/examples/visit-transcript.txt"),
    "utf8",
  );
  await application.call("transcript.add", { encounter, text }, token);
  const drafted = await application.call("note.draft", { encounter, replaces: null }, token);
  if (drafted.record.note.state !== "draft") throw new Error("there is no draft");
  const { revision } = drafted.record.note;
  await application.call(
    "note.sign",
    { encounter, revision, confirmed: [], password: CLINICIAN.password },
    token,
  );
}

test("a licence is installed by paste and by file, each refusal is its own, and its use is seen in time", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  test.setTimeout(240_000);
  const admin = (await application.prepare()).token;
  const clinician = await application.tokenOf(CLINICIAN);
  const vendor = new Vendor();

  await enter(page, application, ADMINISTRATOR);
  await expect(id(page, licence.banner)).toHaveCount(0);
  await id(page, shell.licence).click();
  await expect(id(page, licence.standing)).toHaveAttribute("data-standing", "evaluation");
  await expect(page.getByText("This is an evaluation")).toBeVisible();
  await expect(id(page, licence.fingerprint)).toHaveText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  await expectAccessible(page, "licence: evaluation");

  // A development build takes the vendor's key from whoever calls the engine, and keeps it; the page itself never names one.
  const first = vendor.issue("--tier", "professional", "--expires", day(20), "--max-conversations", "5");
  await application.call("licence.install", { text: first, trust: vendor.trust }, admin);

  const refuse = async (text: string, code: string) => {
    await id(page, licence.text).fill(text);
    await id(page, licence.install).click();
    await expect(id(page, licence.refused)).toHaveAttribute("data-code", code);
    return (await id(page, licence.refused).textContent()) ?? "";
  };
  const terms = ["--tier", "professional"];
  const other = new Vendor("other");
  const said = [
    await refuse(other.issue(...terms, "--expires", day(300)), "licence.key-unknown"),
    await refuse(
      vendor.issue(...terms, "--not-before", day(-400), "--expires", day(-100), "--file-expires", "never"),
      "licence.expired",
    ),
    await refuse(vendor.issue(...terms, "--not-before", day(40), "--expires", day(300)), "licence.not-yet"),
    await refuse(
      vendor.issue(...terms, "--expires", day(300), "--facility", "0000-0000-0000-0000"),
      "licence.other-facility",
    ),
    await refuse(first.replace("-----END BEDSIDE LICENCE-----", ""), "licence.unreadable"),
    await refuse(first.replace(/^04 ...../m, "04 00000"), "licence.mistyped"),
  ];
  expect(new Set(said).size).toBe(said.length);
  expect(said[3]).toContain("0000-0000-0000-0000");
  await expect(id(page, licence.refused)).toContainText("Line 4");
  await expectAccessible(page, "licence: a line is mistyped");

  // A scanner leaves line ends out of place, and mail puts words around it.
  const second = vendor.issue(
    ...terms,
    "--expires",
    day(20),
    "--max-conversations",
    "5",
    "--currency",
    "USD",
    "--price",
    "2:0.30",
    "--price",
    "0.20",
  );
  await id(page, licence.text).fill(`Dear customer,\n\n${second}\nBest wishes`);
  await id(page, licence.install).click();
  await expect(id(page, licence.installed)).toBeVisible();
  await expect(id(page, licence.standing)).toHaveAttribute("data-standing", "licensed");
  await expect(page.getByText("Acme Healthcare")).toBeVisible();
  await expect(id(page, licence.banner)).toContainText("The licence ends in");

  for (let visit = 0; visit < 4; visit += 1) await openVisit(application, clinician);
  await page.reload();
  await signIn(page, ADMINISTRATOR);
  await id(page, shell.licence).click();
  await expect(id(page, licence.meter)).toHaveAttribute("data-percent", "80");
  await expect(id(page, licence.banner)).toContainText("80 %");
  await expectAccessible(page, "licence: 80 percent");
  const desk = await screenOf(context, application, FRONT_DESK);
  await expect(id(desk, licence.banner)).toContainText("80 %");
  await expect(id(desk, licence.banner).getByRole("link")).toHaveCount(0);
  await desk.close();
  const ana = await screenOf(context, application, CLINICIAN);
  await expect(id(ana, testIds.shell.account)).toBeVisible();
  await expect(id(ana, licence.banner)).toHaveCount(0);
  await ana.close();

  // Up to the allowance, and then no further; what is open goes on.
  const open = await openVisit(application, clinician);
  const refused = await openVisit(application, clinician).then(
    () => "",
    (error: Error) => error.message,
  );
  expect(refused).toContain("licence.limit-reached");
  await signVisit(application, clinician, open.record.id);
  await page.reload();
  await signIn(page, ADMINISTRATOR);
  await id(page, shell.licence).click();
  await expect(id(page, licence.banner)).toContainText("+1 555 0100");
  await expectAccessible(page, "licence: used up");

  await id(page, licence.usageTab).click();
  const month = new Date().toISOString().slice(0, 7);
  await expect(id(page, licence.usage)).toContainText("USD 1.20");
  await expectAccessible(page, "use, month by month");
  const kept = async (button: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), id(page, button).click()]);
    const path = join(vendor.folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  const report = await kept(licence.usageJson(month));
  expect(vendor.run("usage", "verify", report)).toContain("genuine: 5 conversations");
  expect(readFileSync(await kept(licence.usageCsv(month)), "utf8")).toContain("total");

  // By file: more of everything.
  await id(page, shell.licence).click();
  const file = join(vendor.folder, "more.licence");
  writeFileSync(file, vendor.issue("--tier", "enterprise", "--expires", "never"));
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(id(page, licence.installed)).toBeVisible();
  await expect(id(page, licence.banner)).toHaveCount(0);
  await openVisit(application, clinician);
});

/** Patients at the kiosk, past the screens: so many answer everything that they are asked, others leave halfway. */
async function takeIntakes(application: Application, count: number): Promise<void> {
  const desk = await application.tokenOf(FRONT_DESK);
  const kiosk = (await application.call("kiosk.open", {}, desk)).token;
  const sources: AnswerSource[] = ["touch", "typed", "voice"];
  for (let number = 0; number < count; number += 1) {
    const language = number % 5 === 4 ? "es" : "en";
    let view = await application.call("intake.begin", { language }, kiosk);
    const { encounter } = view;
    const consents = { intake: true, recording: false } as const;
    await application.call("intake.consent", { encounter, consents: { contact: false, ...consents } }, kiosk);
    view = await application.call(
      "intake.identify",
      { encounter, name: "Nora Lindqvist", birth_date: null },
      kiosk,
    );
    const source = sources[number % 7 < 4 ? 0 : number % 7 < 6 ? 1 : 2] ?? "touch";
    for (let asked = 0; view.step.screen === "question"; asked += 1) {
      if (number % 6 === 5 && asked === 1 + (number % 3)) {
        await application.call("intake.abandon", { encounter }, kiosk);
        break;
      }
      const { link_id } = view.step.question;
      const chest = number % 9 === 0 ? "I have chest pain and cannot breathe" : "I have a cough since Monday";
      const reason = language === "es" ? "Tengo tos desde el lunes" : chest;
      const answer =
        link_id === "reason"
          ? { outcome: "given" as const, values: [{ type: "text" as const, value: reason }] }
          : { outcome: "skipped" as const };
      const unsure = source === "voice" && asked === 1;
      if (unsure) {
        const what = { encounter, link_id, words: "banana telephone", source };
        view = await application.call("intake.leave-open", what, kiosk);
      } else {
        view = await application.call("intake.answer", { encounter, link_id, answer, source }, kiosk);
      }
    }
    if (view.step.screen === "review") await application.call("intake.submit", { encounter }, kiosk);
  }
  // A kiosk that is opened ends the session of who opened it.
  const again = await application.tokenOf(FRONT_DESK);
  const encounter = await flagged(application, again);
  await application.call("flags.acknowledge", { encounter, flag: null }, again);
}

async function flagged(application: Application, token: string) {
  const list = await application.call("encounters.list", { since: null, until: null }, token);
  const line = list.find((one) => one.open_flag !== null);
  if (line === undefined) throw new Error("no alarm was raised");
  return line.id;
}

const whole = (page: Page, what: string) => inFull(page, () => picture(page, `${what} whole`));

test("an administrator reads figures with a table behind each chart, and saves them without small counts", async ({
  page,
  application,
  complaints: _,
}) => {
  test.setTimeout(300_000);
  const admin = (await application.prepare()).token;
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.figures).click();
  await expect(id(page, figures.tile("encounters"))).toContainText("0");
  await expectAccessible(page, "figures: nothing yet");

  await takeIntakes(application, 30);
  const clinician = await application.tokenOf(CLINICIAN);
  await signVisit(application, clinician, (await openVisit(application, clinician)).record.id);
  await page.reload();
  await signIn(page, ADMINISTRATOR);
  await id(page, shell.figures).click();
  await expect(id(page, figures.tile("encounters"))).toContainText("31");
  await expect(id(page, figures.tile("changed"))).toContainText("0 %");
  await expect(id(page, figures.tile("completion"))).toContainText("25 of 30");
  await expectAccessible(page, "figures");
  await whole(page, "figures");
  for (const panel of ["days", "languages", "questions", "flags", "voice"]) {
    await id(page, figures.panel(panel)).locator("summary").click();
    await expect(id(page, figures.panel(panel)).getByRole("table")).toBeVisible();
  }
  await expect(id(page, figures.panel("languages")).getByRole("row", { name: "Spanish 6" })).toBeVisible();
  await expectAccessible(page, "figures: tables");
  await expect(page.getByText("Nora")).toHaveCount(0);

  const [download] = await Promise.all([page.waitForEvent("download"), id(page, figures.export).click()]);
  const table = readFileSync(await download.path(), "utf8");
  expect(table).toContain("intakes by language,all,30");
  expect(table).toContain("intakes by language,es,suppressed");
  expect(table).toContain("intakes by language,en,suppressed");
  for (const line of table.split("\r\n")) expect(line).not.toMatch(/intakes.*,([1-9]|10)$/);

  // By keyboard: into a chart, and from bar to bar.
  const days = id(page, figures.panel("days"));
  await days.locator("svg[role=application]").focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await expect(days.locator(".recharts-tooltip-wrapper")).toContainText("Touch");

  await id(page, figures.period("year")).click({ force: true });
  await expect(days.getByRole("heading")).toHaveText("Conversations by month");
  await expect(days.getByRole("table")).toContainText("31");

  // The starter has no figures, and says so.
  const vendor = new Vendor();
  const starter = vendor.issue("--tier", "starter", "--expires", day(300));
  await application.call("licence.install", { text: starter, trust: vendor.trust }, admin);
  await id(page, figures.period("this-month")).click({ force: true });
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "licence.feature-missing");
  await expectAccessible(page, "figures: not included");
});

test("compliance shows what was checked and when, on screen and on paper", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.figures).click();
  await id(page, figures.complianceTab).click();
  const state = (name: string) => id(page, figures.safeguard(name));
  await expect(state("audit-controls")).toHaveAttribute("data-state", "partly");
  await expect(state("encryption")).toHaveAttribute("data-state", "in-place");
  await expect(state("automatic-logoff")).toHaveAttribute("data-state", "in-place");
  await expect(state("automatic-logoff")).toContainText("locked after 10 minutes without input");
  await expectAccessible(page, "compliance: nothing checked yet");

  await state("audit-controls").getByRole("link").click();
  await id(page, audit.verify).click();
  await expect(id(page, audit.verdict)).toHaveAttribute("data-intact", "true");
  await id(page, shell.backup).click();
  await id(page, backup.folder).fill(join(application.folder, "../", `backup-${Date.now()}`));
  await id(page, backup.submit).click();
  await expect(id(page, backup.result)).toBeVisible();
  await id(page, shell.figures).click();
  await id(page, figures.complianceTab).click();
  await expect(state("audit-controls")).toHaveAttribute("data-state", "in-place");
  await expect(state("emergency-access")).toHaveAttribute("data-state", "in-place");
  await expectAccessible(page, "compliance");
  await whole(page, "compliance");

  const auditor = { name: "Mira Toledo", login: "mira", password: "a long password 4" };
  const admin = await application.tokenOf(ADMINISTRATOR);
  await application.call("people.create", { ...auditor, role: "auditor" }, admin);
  const other = await screenOf(context, application, auditor);
  await expect(id(other, shell.licence)).toHaveCount(0);
  await id(other, shell.figures).click();
  await expect(id(other, figures.tile("encounters"))).toBeVisible();
  await id(other, figures.complianceTab).click();
  await expect(id(other, figures.safeguard("encryption"))).toBeVisible();
  await other.close();

  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Technical safeguards at Riverside Family Clinic")).toBeVisible();
  await expect(id(page, shell.figures)).toBeHidden();
  await picture(page, "compliance on paper");
  await page.emulateMedia({ media: "screen" });
});

test("these pages are complete in Spanish", async ({ page, application, complaints: _ }) => {
  await application.prepare();
  await takeIntakes(application, 6);
  await page.goto(application.url);
  await id(page, testIds.signIn.language("es")).click({ force: true });
  await signIn(page, ADMINISTRATOR);
  for (const [where, heading] of [
    [shell.licence, "Licencia"],
    [licence.usageTab, "Uso"],
    [shell.figures, "Cifras"],
    [figures.complianceTab, "Cumplimiento"],
  ] as const) {
    await id(page, where).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expectAccessible(page, `Spanish: ${heading}`);
  }
});
