// A clinic's own brand: seen before it is installed, on every screen afterwards, and gone when it is removed. No violation of
// WCAG 2.2 A and AA in either brand.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  Application,
  CLINICIAN,
  expect,
  expectAccessible,
  FRONT_DESK,
  id,
  screenOf,
  signIn,
  test,
} from "./application";
import { answerAll, consent, identify, words } from "./intake";
import { MODES, openKiosk, begin as toConsent, walk } from "./modes";
import { expectReadable } from "./tree";

const { brand, shell, kiosk, workList, comfort } = testIds;
const ACME = join(import.meta.dirname, "../../branding/acme");

/** What the accent is on the screen, whatever set it. */
const accent = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim());

async function chooseAcme(page: Page): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await id(page, brand.folder).click();
  await (await chooser).setFiles(ACME);
  await expect(id(page, brand.field("company"))).toHaveValue("Acme Healthcare");
  await expect(id(page, brand.install)).toBeEnabled();
}

/** The screens that everybody meets, in the brand that is there. */
async function look(page: Page, application: Application, name: string): Promise<void> {
  await page.goto(application.url);
  await expect(id(page, testIds.signIn.submit)).toBeVisible();
  await expectAccessible(page, `${name} sign-in`);
  await signIn(page, CLINICIAN);
  await expect(id(page, workList.open)).toBeVisible();
  await expectAccessible(page, `${name} desk`);
  await id(page, brand.aboutLink).click();
  await expect(id(page, brand.about)).toBeVisible();
  await expectAccessible(page, `${name} about`);
  await id(page, shell.signOut).click();
  await signIn(page, FRONT_DESK);
  await id(page, shell.kiosk).click();
  await expect(id(page, kiosk.welcome)).toBeVisible();
  await expectAccessible(page, `${name} kiosk`);
}

async function ticketOf(page: Page, name: string): Promise<string> {
  await toConsent(page, "en");
  await consent(page, { intake: true, recording: false });
  await identify(page, name, ["03", "05", "1972"]);
  await answerAll(page, { reason: words("I have felt unwell and tired for a few days.") });
  await id(page, kiosk.submit).click();
  const ticket = await id(page, kiosk.ticket).innerText();
  await expectAccessible(page, `ticket ${ticket}`);
  await id(page, kiosk.finish).click();
  await expect(id(page, kiosk.welcome)).toBeVisible();
  return ticket;
}

test("an administrator installs Acme's brand, everybody sees it, and it goes again", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  test.setTimeout(420_000);
  await application.prepare();
  await look(page, application, "default");
  await expect(page).toHaveTitle("Bedside");
  const before = await accent(page);
  expect(before).toBe("#0e5a63");

  // Chosen and tried.
  const admin = await screenOf(context, application, ADMINISTRATOR);
  await id(admin, brand.nav).click();
  await expect(id(admin, brand.preview)).toBeVisible();
  await expectAccessible(admin, "brand page, default");
  await chooseAcme(admin);
  await expectAccessible(admin, "brand page, Acme chosen");
  const preview = id(admin, brand.preview);
  await expect(preview).toContainText("Good to see you.");
  await expect(preview).toContainText("AC-A1");
  expect(await accent(admin)).toBe(before);

  // A colour that cannot be read: said, not installed, and mended with one button.
  await id(admin, brand.field("primary")).fill("#7fb2ff");
  await expect(id(admin, brand.verdict("primary"))).toHaveAttribute("data-passes", "false");
  await expect(id(admin, brand.problem)).toHaveAttribute("data-kind", "contrast");
  await expect(id(admin, brand.install)).toBeDisabled();
  await expectAccessible(admin, "brand page, unreadable colour");
  await id(admin, brand.take("primary")).click();
  await expect(id(admin, brand.verdict("primary"))).toHaveAttribute("data-passes", "true");
  await expect(id(admin, brand.problem)).toHaveCount(0);
  await expect(id(admin, brand.install)).toBeEnabled();
  await id(admin, brand.field("ticket_prefix")).fill("acme");
  await expect(id(admin, brand.problem)).toHaveAttribute("data-kind", "prefix");

  // A picture that acts.
  await id(admin, brand.field("ticket_prefix")).fill("AC");
  const chooser = admin.waitForEvent("filechooser");
  await id(admin, brand.picture("icon")).getByRole("button").click();
  const acting = "<svg viewBox='0 0 9 9' xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
  await (await chooser).setFiles({
    name: "bad.svg",
    mimeType: "image/svg+xml",
    buffer: Buffer.from(acting),
  });
  await expect(id(admin, brand.problem)).toHaveAttribute("data-kind", "active");

  // Installed: here at once, elsewhere from the next screen on.
  await chooseAcme(admin);
  await id(admin, brand.install).click();
  await expect(id(admin, brand.done)).toBeVisible();
  await expect.poll(() => accent(admin)).toBe("#1d4fa3");
  await expect(admin).toHaveTitle("Acme Intake");
  await expectAccessible(admin, "brand page, Acme installed");

  await look(page, application, "Acme");
  expect(await accent(page)).toBe("#1d4fa3");
  const welcome = id(page, kiosk.welcome);
  await expect(welcome).toContainText("Good to see you.");
  await expect(welcome).toContainText("Nos alegra verle.");
  await expect(welcome.getByRole("img", { name: "Acme Healthcare" })).toBeVisible();
  await expect(id(page, brand.legal)).toContainText("1 Example Street");
  // On a low screen, too, whoever wants a person or the staff's door sees it.
  for (const button of [kiosk.begin, kiosk.person, comfort.open, kiosk.staff]) {
    await expect(id(page, button)).toBeInViewport({ ratio: 1 });
  }
  // Strong contrast stays black, with a light shade of the brand.
  await id(page, comfort.open).click();
  await id(page, comfort.contrast("high")).click();
  await id(page, comfort.done).click();
  expect(await accent(page)).toBe("#b7d2ff");
  await expectAccessible(page, "Acme kiosk, strong contrast");

  expect(await ticketOf(page, "Nora Lindqvist")).toBe("AC-A1");
  const desk = await screenOf(context, application, CLINICIAN);
  await expect(id(desk, workList.row("AC-A1"))).toBeVisible();
  await expectAccessible(desk, "Acme desk with a patient");
  await id(desk, brand.aboutLink).click();
  await expect(id(desk, brand.about)).toContainText("About Acme Intake");
  await expect(id(desk, brand.support)).toContainText("+1 555 0100");

  // Gone again.
  await id(admin, brand.remove).click();
  await expectAccessible(admin, "brand page, about to be removed");
  await id(admin, brand.removeSure).click();
  await expect(id(admin, brand.done)).toBeVisible();
  await expect.poll(() => accent(admin)).toBe(before);
  await expect(admin).toHaveTitle("Bedside");
  // The kiosk, which nobody touched meanwhile, has the old one back after the next patient.
  expect(await ticketOf(page, "Peter Vance")).toBe("A-2");
  await expect.poll(() => accent(page)).toBe(before);
  await expect(id(page, kiosk.welcome)).not.toContainText("Good to see you.");
});

test.describe("every screen of the kiosk is accessible in Acme's brand", () => {
  let shared: Application;

  test.beforeAll(async () => {
    shared = await Application.start();
    const session = await shared.prepare();
    const files = readdirSync(ACME).filter((name) => statSync(join(ACME, name)).isFile());
    const pictures = files.filter((name) => name.endsWith(".svg"));
    await shared.call(
      "brand.install",
      {
        toml: readFileSync(join(ACME, "brand.toml"), "utf8"),
        fields: null,
        pictures: pictures.map((name) => ({
          name,
          content: readFileSync(join(ACME, name)).toString("base64"),
        })),
      },
      session.token,
    );
  });

  test.afterAll(() => shared.endAndRemove());

  for (const mode of MODES.filter(({ name }) =>
    ["portrait", "tablet", "large-text", "high-contrast", "arabic"].includes(name),
  )) {
    test(mode.name, async ({ page, complaints: _ }) => {
      await page.clock.install();
      await openKiosk(page, shared);
      await walk(page, mode, async (what) => {
        await expectAccessible(page, `Acme ${mode.name} ${what}`, expect.soft);
        await expectReadable(page, what);
      });
    });
  }
});
