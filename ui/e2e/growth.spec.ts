// A kiosk stands there for months: its page holds no more after many patients than after a few.

import { testIds } from "../src/testids";
import { expect, test } from "./application";
import { openKiosk } from "./modes";

const { kiosk } = testIds;
/** One patient: agrees to nothing, so that the next one comes at once. */
const WAY = [kiosk.begin, kiosk.start("en"), kiosk.consentNo("intake"), kiosk.next, kiosk.finish];
const PATIENTS = 20;

test("the kiosk's page does not grow with the patients", async ({ page, application, complaints: _ }) => {
  await application.prepare();
  await openKiosk(page, application);
  const browser = await page.context().newCDPSession(page);
  await browser.send("Performance.enable");

  /** Patients in a row, pressed by the page itself: a test's own locators keep what they found. */
  async function after(patients: number): Promise<{ nodes: number; listeners: number }> {
    await page.evaluate(
      async ([way, count]) => {
        const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
        for (let patient = 0; patient < count; patient += 1) {
          for (const name of way) {
            let found: HTMLButtonElement | null = null;
            while (found === null || found.disabled) {
              await pause(20);
              found = document.querySelector<HTMLButtonElement>(`[data-testid="${name}"]`);
            }
            (found.querySelector("input") ?? found).click();
            await pause(60);
          }
        }
      },
      [WAY, patients] as const,
    );
    await expect(page.getByTestId(kiosk.welcome)).toBeVisible();
    // What is being drawn, and what was, is gone a moment later.
    await page.waitForTimeout(500);
    for (let turn = 0; turn < 2; turn += 1) await browser.send("HeapProfiler.collectGarbage");
    const { metrics } = await browser.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { nodes: of("Nodes"), listeners: of("JSEventListeners") };
  }

  const few = await after(PATIENTS);
  const many = await after(2 * PATIENTS);
  expect(few.nodes).toBeGreaterThan(0);
  // A patient who left something behind would leave it each time.
  expect(many.nodes - few.nodes, `${few.nodes} nodes, then ${many.nodes}`).toBeLessThan(PATIENTS);
  expect(many.listeners - few.listeners).toBeLessThan(PATIENTS);
});
