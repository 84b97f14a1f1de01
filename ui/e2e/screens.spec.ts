// Every screen of the kiosk in every mode: no violation of WCAG 2.2 A and AA, nothing cut off at the side, a name for
// everything that can be used, and, where `BEDSIDE_PICTURES` names a folder, a picture.

import { Application, expect, expectAccessible, test } from "./application";
import { MODES, openKiosk, walk } from "./modes";
import { expectReadable } from "./tree";

let shared: Application;

test.beforeAll(async () => {
  shared = await Application.start();
  await shared.prepare();
});

test.afterAll(() => shared.endAndRemove());

for (const mode of MODES) {
  test(`the kiosk's screens are accessible: ${mode.name}`, async ({ page, complaints: _ }) => {
    await page.clock.install();
    await openKiosk(page, shared);
    await walk(page, mode, async (what) => {
      await expectAccessible(page, `${mode.name} ${what}`, expect.soft);
      await expectReadable(page, what);
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect.soft(wide, `${what} is wider than the screen`).toBeLessThanOrEqual(0);
    });
  });
}
