// The next patient never sees a trace of the last: random intakes, ended at random moments in every way that there is.
// `BEDSIDE_INTAKES` says how many, `BEDSIDE_SEED` which.

import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import { type Application, expect, id, test } from "./application";
import { openKiosk } from "./modes";

const { kiosk, comfort } = testIds;

const INTAKES = Number(process.env.BEDSIDE_INTAKES ?? 12);
/** So many a test: what the runner writes down of each step makes the next one slower. */
const AT_ONCE = 50;
const SEED = Number(process.env.BEDSIDE_SEED ?? Date.now() % 1_000_000);
const LANGUAGES = ["en", "es", "ar"] as const;
/** A patient who goes through to the end answers about so many questions. */
const MOST_STEPS = 60;

/** Mulberry32: the same seed, the same patients. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Patient {
  /** Words that only this patient has said. */
  readonly marks: readonly string[];
  readonly name: string;
  readonly words: string;
  readonly year: string;
}

function patientOf(number: number, chance: () => number): Patient {
  const mark = (kind: string) =>
    `${kind}${number}x${Math.floor(chance() * 36 ** 6).toString(36)}`.replace(/\d/g, (digit) =>
      String.fromCharCode(103 + Number(digit)),
    );
  const [name, words] = [mark("Zeb"), mark("zym")];
  return {
    marks: [name, words],
    name: `${name} Quartermain`,
    words: `It is the ${words} again`,
    year: "1931",
  };
}

/** Everything of the page that a script, a person or the next page could find something in. */
async function everything(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept = [document.documentElement.outerHTML, document.title, location.href, document.cookie];
    for (const field of document.querySelectorAll("input, textarea")) {
      kept.push((field as HTMLInputElement).value);
    }
    kept.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }));
    kept.push(JSON.stringify(history.state), window.name, String(window.getSelection()));
    for (const { name = "" } of await indexedDB.databases()) kept.push(`database ${name}`);
    for (const name of await caches.keys()) kept.push(`cache ${name}`);
    for (const entry of performance.getEntries()) kept.push(entry.name);
    return kept.join("\n");
  });
}

/** Which of the marks stand in a text. One expectation for all: each costs a step of the report, and there are thousands. */
function marksIn(text: string, marks: readonly string[]): string[] {
  return marks.filter((mark) => text.includes(mark));
}

/** What is on the screen, by name, and the question that is asked. One look for all: the browser keeps what a locator found. */
async function look(page: Page): Promise<{ has: (testId: string) => boolean; linkId: string | null }> {
  const { shown, linkId } = await page.evaluate((question) => {
    const all = [...document.querySelectorAll<HTMLElement>("[data-testid]")];
    const visible = all.filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return {
      shown: visible.map((element) => element.dataset.testid ?? ""),
      linkId: visible.find((element) => element.dataset.testid === question)?.dataset.linkId ?? null,
    };
  }, kiosk.question);
  return { has: (testId) => shown.includes(testId), linkId };
}

async function step(page: Page, patient: Patient, chance: () => number): Promise<void> {
  const { has, linkId } = await look(page);
  const press = (testId: string) => id(page, testId).click();
  if (has(kiosk.consentYes("intake"))) {
    await press(kiosk.consentYes("intake"));
    return press(kiosk.next);
  }
  if (has(kiosk.consentYes("recording"))) {
    await press(chance() < 0.5 ? kiosk.consentYes("recording") : kiosk.consentNo("recording"));
    return press(kiosk.next);
  }
  if (has(kiosk.name)) {
    await id(page, kiosk.name).fill(patient.name);
    return press(kiosk.next);
  }
  if (linkId === null && has(kiosk.year)) {
    await id(page, kiosk.year).fill(patient.year);
    return press(kiosk.next);
  }
  if (linkId === null) return;
  if (has(kiosk.text)) {
    await id(page, kiosk.text).fill(patient.words);
    await press(kiosk.next);
  } else if (chance() < 0.4 && has(kiosk.yes)) {
    await press(chance() < 0.5 ? kiosk.yes : kiosk.no);
    await press(kiosk.next);
  } else if (chance() < 0.5 && has(kiosk.scale(3))) {
    await press(kiosk.scale(3));
    await press(kiosk.next);
  } else if (has(kiosk.skip)) await press(kiosk.skip);
  else await press(kiosk.next);
  await settle(page, linkId);
}

/** Until the question has gone: what is asked back is so, what is not understood is left to staff, or skipped. */
async function settle(page: Page, linkId: string): Promise<void> {
  await expect(async () => {
    const { has, linkId: asked } = await look(page);
    if (asked !== linkId) return;
    for (const way of [kiosk.voiceYes, kiosk.leaveYes]) {
      if (has(way)) await id(page, way).click();
    }
    if (has(kiosk.problem) && has(kiosk.skip)) await id(page, kiosk.skip).click();
    throw new Error(`${linkId} is still asked`);
  }).toPass({ timeout: 15_000, intervals: [100] });
}

/** Ends the intake in one of the ways that there are; where the way is not open, in the one that always is. */
async function end(page: Page, chance: () => number): Promise<string> {
  const way = chance();
  if (await id(page, kiosk.finish).isVisible()) {
    if (way < 0.5) await id(page, kiosk.finish).click();
    else await page.clock.runFor(31_000);
    return "after the end";
  }
  if (way < 0.3 && (await id(page, kiosk.consentNo("intake")).isVisible())) {
    await id(page, kiosk.consentNo("intake")).click();
    await id(page, kiosk.next).click();
    await id(page, kiosk.finish).click();
    return "declined";
  }
  await page.clock.runFor(46_000);
  await expect(id(page, kiosk.idle)).toBeVisible();
  if (way < 0.6) await id(page, kiosk.idleLeave).click();
  else await page.clock.runFor(21_000);
  return way < 0.6 ? "asked to clear it" : "left";
}

for (let first = 0; first < INTAKES; first += AT_ONCE) {
  const end = Math.min(first + AT_ONCE, INTAKES);
  test(`nothing of a patient is left for the next: intakes ${first + 1} to ${end}`, async ({
    page,
    application,
    complaints: _,
  }) => {
    test.setTimeout(60_000 + AT_ONCE * 30_000);
    test.info().annotations.push({ type: "seed", description: String(SEED) });
    await take(page, application, first, end);
  });
}

async function take(page: Page, application: Application, first: number, past: number): Promise<void> {
  const chance = random(SEED + first);
  await application.prepare();
  await page.clock.install();
  await openKiosk(page, application);

  // What the engine answers from now on, and with which token the kiosk asks.
  let token = "";
  let answers: string[] = [];
  page.on("request", (request) => {
    token = request.headers().authorization?.replace("Bearer ", "") ?? token;
  });
  page.on("response", async (response) => {
    const answer = await response.text().catch(() => "");
    if (response.url().endsWith("/rpc")) answers.push(answer);
  });
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => answers.push(String(payload))),
  );

  const seen: string[] = [];
  for (let number = first; number < past; number += 1) {
    const patient = patientOf(number, chance);
    const language = LANGUAGES[Math.floor(chance() * LANGUAGES.length)] ?? "en";
    await id(page, kiosk.begin).click();
    const begun = page.waitForResponse((response) =>
      Boolean(response.url().endsWith("/rpc") && response.request().postData()?.includes("intake.begin")),
    );
    await id(page, kiosk.start(language)).click();
    const { ok } = (await (await begun).json()) as { ok: { encounter: string } };
    await expect(id(page, kiosk.consentYes("intake"))).toBeVisible();
    // A third go through to the end; the others stop anywhere.
    const steps = chance() < 0.33 ? MOST_STEPS : Math.floor(chance() * 14);
    for (let done = 0; done < steps && !(await look(page)).has(kiosk.review); done += 1) {
      await step(page, patient, chance);
      await page.waitForFunction(() => document.querySelector(".kiosk-frame[aria-busy='true']") === null);
    }
    if (chance() < 0.3) {
      await id(page, comfort.open).click();
      await id(page, comfort.contrast("high")).click();
      await id(page, comfort.done).click();
    }
    if (await id(page, kiosk.review).isVisible()) {
      if (chance() < 0.8) {
        await id(page, kiosk.submit).click();
        await expect(id(page, kiosk.finish)).toBeVisible();
      }
    }
    const how = await end(page, chance);
    await expect(id(page, kiosk.welcome)).toBeVisible();
    answers = [];
    seen.push(...patient.marks, ok.encounter);

    const left = await everything(page);
    expect(marksIn(left, seen), `after patient ${number} ${how}, seed ${SEED}`).toEqual([]);
    await expect(page.locator("html")).toHaveAttribute("data-contrast", "normal");
    // The kiosk that took the intake cannot ask for it any more.
    const refused = await application.call("intake.back", { encounter: ok.encounter }, token).then(
      () => "answered",
      (error: Error) => error.message,
    );
    expect(refused).toMatch(/access\.forbidden|not-found|wrong-state/);
    expect(marksIn(answers.join("\n"), seen), `in an answer, seed ${SEED}`).toEqual([]);
  }
  for (let back = 0; back < 3; back += 1) {
    await page.goBack().catch(() => null);
    let there = "";
    // It may still be on its way there.
    await expect(async () => {
      there = await page.content();
    }).toPass();
    expect(marksIn(there, seen), `in the history, seed ${SEED}`).toEqual([]);
  }
}
