// The real application: `bedside serve` on a data folder of its own, and the pages of people who work at the clinic.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import axe from "axe-core";
import type { Methods, Session } from "../src/rpc/schema";
import { testIds } from "../src/testids";

const FOLDER = import.meta.dirname;
export const BINARY = process.env.BEDSIDE_BIN ?? join(FOLDER, "../../target/debug/bedside");
const UI = process.env.BEDSIDE_UI ?? join(FOLDER, "../dist");

export const PASSPHRASE = "four quiet river stones";
export const ADMINISTRATOR = { name: "Ruth Okafor", login: "ruth", password: "a long password 1" };
export const CLINICIAN = { name: "Dr. Ana Ruiz", login: "ana", password: "a long password 2" };
export const FRONT_DESK = { name: "Lena Kovač", login: "lena", password: "a long password 3" };
export const CLINIC = "Riverside Family Clinic";

type Method = keyof Methods;

export class Application {
  private constructor(
    readonly url: string,
    readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(folder = mkdtempSync(join(tmpdir(), "bedside-e2e-"))): Promise<Application> {
    if (!existsSync(BINARY))
      throw new Error(`there is no ${BINARY}: build it with cargo build -p bedside-cli`);
    if (!existsSync(UI)) throw new Error("there is no ui/dist: build it with npm run build");
    const child = spawn(BINARY, ["serve", "--data", folder, "--port", "0", "--ui", UI], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const first = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.once("exit", (code) => reject(new Error(`bedside serve ended with ${code} before it served`)));
    });
    return new Application((JSON.parse(first) as { url: string }).url, folder, child);
  }

  /** Ends the program; the data folder stays. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    await gone;
  }

  async endAndRemove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Calls the engine past the screens, to prepare what a test does not show. */
  async call<M extends Method>(
    method: M,
    params: Methods[M]["request"],
    token?: string,
  ): Promise<Methods[M]["response"]> {
    const response = await fetch(`${this.url}/rpc`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Origin: this.url,
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ method, params }),
    });
    const reply = (await response.json()) as { ok?: Methods[M]["response"]; error?: { code: string } };
    if (reply.error !== undefined) throw new Error(`${method}: ${reply.error.code}`);
    return reply.ok as Methods[M]["response"];
  }

  /** A session of somebody's, past the screens; answers its token. */
  async tokenOf({ login, password }: { login: string; password: string }): Promise<string> {
    return (await this.call("session.sign-in", { login, password })).token;
  }

  /** Sets the clinic up with one person of each kind that a test needs. */
  async prepare(): Promise<Session> {
    const { name, login, password } = ADMINISTRATOR;
    const created = await this.call("clinic.create", {
      clinic: CLINIC,
      language: "en",
      administrator: name,
      login,
      password,
      passphrase: PASSPHRASE,
      guided: false,
    });
    const words = [1, 9, 24].map((place): [number, string] => [
      place,
      created.recovery_words[place - 1] ?? "",
    ]);
    await this.call("recovery.confirm", { words });
    const session = await this.call("session.sign-in", { login, password });
    await this.call("people.create", { ...CLINICIAN, role: "clinician" }, session.token);
    await this.call("people.create", { ...FRONT_DESK, role: "front-desk" }, session.token);
    return session;
  }
}

/** A test with its own application, which must neither break its page's policy nor report an error. */
export const test = base.extend<{ application: Application; complaints: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern.
  application: async ({}, use) => {
    const application = await Application.start();
    await use(application);
    await application.endAndRemove();
  },
  complaints: async ({ context }, use) => {
    const complaints: string[] = [];
    context.on("console", (message) => {
      if (message.type() === "error" || /content security policy/i.test(message.text())) {
        complaints.push(message.text());
      }
    });
    context.on("weberror", (error) => complaints.push(String(error.error())));
    await use(complaints);
    expect(complaints).toEqual([]);
  },
});

export { expect };

export const id = (page: Page, testId: string) => page.getByTestId(testId);

/** No violation of WCAG 2.2 A and AA, nor of axe's good practice, on what is on the screen. */
export async function expectAccessible(page: Page, what: string, look = expect): Promise<void> {
  // The browser draws no frames of a page behind another one, and its animations never come to rest.
  await page.bringToFront();
  // Colours are measured where they come to rest. An animation that is cut off (its element went) has come to rest, too.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  await picture(page, what);
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<axe.AxeResults> } };
    const results = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return results.violations.map((one) => ({
      rule: one.id,
      help: one.help,
      nodes: one.nodes.map((node) => `${node.html.slice(0, 160)} :: ${node.failureSummary ?? ""}`),
    }));
  });
  look(violations, what).toEqual([]);
}

let pictures = 0;

/** Where `BEDSIDE_PICTURES` names a folder, the screen as a person sees it goes there. */
export async function picture(page: Page, what: string): Promise<void> {
  const folder = process.env.BEDSIDE_PICTURES;
  if (folder === undefined) return;
  pictures += 1;
  const name = `${String(pictures).padStart(3, "0")}-${what.replaceAll(/[^a-z0-9]+/gi, "-")}.png`;
  await page.screenshot({ path: join(folder, name) });
}

/** All of the page on the screen while it is looked at: what a person scrolls through. */
export async function inFull(page: Page, look: () => Promise<void>): Promise<void> {
  const size = page.viewportSize() ?? { width: 1366, height: 768 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height });
  await look();
  await page.setViewportSize(size);
}

export async function signIn(page: Page, who: { login: string; password: string }): Promise<void> {
  await id(page, testIds.signIn.login).fill(who.login);
  await id(page, testIds.signIn.password).fill(who.password);
  await id(page, testIds.signIn.submit).click();
}

/** The application on a page, with somebody signed in. */
export async function enter(
  page: Page,
  application: Application,
  who: { login: string; password: string },
): Promise<void> {
  await page.goto(application.url);
  await signIn(page, who);
}

/** A second screen of the clinic, with somebody signed in. */
export async function screenOf(
  context: BrowserContext,
  application: Application,
  who: { login: string; password: string },
): Promise<Page> {
  const page = await context.newPage();
  await enter(page, application, who);
  return page;
}

/** The whole page, however long it is, looked at for what keeps people from using it. */
export const wholeAccessible = (page: Page, what: string) => inFull(page, () => expectAccessible(page, what));

/** What is said in the example visit. */
export const TRANSCRIPT = readFileSync(join(FOLDER, "../../protocols/examples/visit-transcript.txt"), "utf8");
