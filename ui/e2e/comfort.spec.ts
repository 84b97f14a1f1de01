// What makes the kiosk easier for one patient, what keeps them on its page, and what a clinic sets.

import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  type Application,
  enter,
  expect,
  expectAccessible,
  FRONT_DESK,
  id,
  test,
} from "./application";
import { consent, identify } from "./intake";
import { begin, openKiosk } from "./modes";
import { treeOf } from "./tree";

const { kiosk, comfort, keys, device, shell } = testIds;

async function toName(page: Page, language = "en"): Promise<void> {
  await begin(page, language);
  await consent(page, { intake: true, recording: false });
  await expect(id(page, kiosk.name)).toBeVisible();
}

async function configure(application: Application, change: object): Promise<void> {
  const token = await application.tokenOf(FRONT_DESK);
  const { settings } = await application.call("kiosk.device", {}, token);
  await application.call("kiosk.configure", { ...settings, ...change }, token);
}

test.describe("the keyboard on the screen", () => {
  test.use({ hasTouch: true, viewport: { width: 1024, height: 768 } });

  test("types a name with accents by touch, without covering the field", async ({
    page,
    application,
    complaints: _,
  }) => {
    await application.prepare();
    await openKiosk(page, application);
    await toName(page, "es");
    const field = id(page, kiosk.name);
    await expect(field).toBeFocused();
    const board = id(page, keys.board);
    await expect(board).toHaveAccessibleName("Teclado");
    for (const key of ["j", "o", "s", "é", "space", "n", "ú", "ñ", "e", "x", "delete", "z"]) {
      await id(page, keys.key(key)).tap();
    }
    // Each word of a name begins with a capital letter by itself.
    await expect(field).toHaveValue("José Núñez");
    await expect(field).toBeFocused();
    const [under, over] = [await field.boundingBox(), await board.boundingBox()];
    expect(under !== null && over !== null && under.y >= 0 && under.y + under.height <= over.y).toBe(true);
    const next = await id(page, kiosk.next).boundingBox();
    expect(next !== null && over !== null && next.y + next.height <= over.y + 1).toBe(true);

    // The caret is where the finger put it, and shift holds for one letter.
    await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(4, 4));
    await id(page, keys.key("shift")).tap();
    await id(page, keys.key("a")).tap();
    await id(page, keys.key("b")).tap();
    await expect(field).toHaveValue("JoséAb Núñez");
    await id(page, keys.key("123")).tap();
    await id(page, keys.key("7")).tap();
    await expect(field).toHaveValue("JoséAb7 Núñez");
    await id(page, keys.key("enter")).tap();
    await expect(id(page, kiosk.day)).toBeVisible();
    await expect(board).toHaveCount(0);
  });

  test("is done with once a real keyboard is used, comes back with a touch, and can be set on or off", async ({
    page,
    application,
    complaints: _,
  }) => {
    await application.prepare();
    await openKiosk(page, application);
    await toName(page);
    await expect(id(page, keys.board)).toBeVisible();
    await page.keyboard.type("Al");
    await expect(id(page, keys.board)).toHaveCount(0);
    await id(page, kiosk.name).tap();
    await id(page, keys.key("m")).tap();
    await expect(id(page, kiosk.name)).toHaveValue("Alm");
    await id(page, keys.key("close")).tap();
    await expect(id(page, keys.board)).toHaveCount(0);

    await configure(application, { keyboard: "off" });
    await openKiosk(page, application);
    await toName(page);
    await id(page, kiosk.name).tap();
    await expect(id(page, keys.board)).toHaveCount(0);
    await configure(application, { keyboard: "on" });
    await openKiosk(page, application);
    await toName(page);
    await page.keyboard.type("B");
    await expect(id(page, keys.board)).toBeVisible();
  });

  test("is pressed from a keyboard or a switch too, says what was typed, and never a password", async ({
    page,
    application,
    complaints: _,
  }) => {
    await application.prepare();
    await configure(application, { keyboard: "on" });
    await openKiosk(page, application);
    await toName(page);
    await id(page, keys.key("q")).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect(id(page, keys.key("s"))).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(id(page, kiosk.name)).toHaveValue("S");
    await expect(id(page, keys.board).getByRole("status")).toHaveText("S");
    await openKiosk(page, application);
    await id(page, kiosk.staff).tap();
    await id(page, kiosk.staffPassword).tap();
    await id(page, keys.key("w")).focus();
    await page.keyboard.press("Enter");
    await expect(id(page, kiosk.staffPassword)).toHaveValue("w");
    await expect(id(page, keys.board).getByRole("status")).not.toHaveText("w");
  });

  test("has Arabic letters, and Latin ones behind a key", async ({ page, application, complaints: _ }) => {
    await application.prepare();
    await openKiosk(page, application);
    await toName(page, "ar");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    for (const key of ["م", "ر", "ي", "م"]) await id(page, keys.key(key)).tap();
    await expect(id(page, kiosk.name)).toHaveValue("مريم");
    await id(page, keys.key("abc")).tap();
    await id(page, keys.key("space")).tap();
    await id(page, keys.key("k")).tap();
    await expect(id(page, kiosk.name)).toHaveValue("مريم K");
  });
});

test("in Arabic the page reads from the right, and untranslated questions say what language they are in", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await openKiosk(page, application);
  await toName(page, "ar");
  await identify(page, "مريم خليل", ["14", "03", "1958"]);
  await expect(page.getByText("هذه الأسئلة مكتوبة باللغة الإنجليزية.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 }).locator("bdi")).toHaveAttribute("lang", "en");
  // The way on is at the left, where a line ends.
  const next = await id(page, kiosk.next).boundingBox();
  expect(next !== null && next.x + next.width < 1366 / 2).toBe(true);
  const words = await page.locator("main").innerText();
  expect(words).not.toMatch(/undefined|kiosk\./);
});

test("size and contrast hold for one patient and no longer", async ({ page, application, complaints: _ }) => {
  await application.prepare();
  await openKiosk(page, application);
  const size = () =>
    page.locator(".kiosk").evaluate((kiosk) => Number.parseFloat(getComputedStyle(kiosk).fontSize));
  const usual = await size();
  await id(page, comfort.open).click();
  await id(page, comfort.textSize("200")).click();
  await id(page, comfort.contrast("high")).click();
  await id(page, comfort.done).click();
  expect(await size()).toBeCloseTo(usual * 2, 1);
  await toName(page);
  expect(await size()).toBeCloseTo(usual * 2, 1);
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "high");
  await identify(page, "Ada Marlowe", ["01", "02", "1940"]);
  await page.evaluate(() => window.scrollTo(0, 0));
  await id(page, comfort.open).click();
  await id(page, comfort.textSize("100")).click();
  await id(page, comfort.done).click();
  expect(await size()).toBeCloseTo(usual, 1);
  await page.clock.install();
  await page.reload();
  await openKiosk(page, application);
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "normal");
});

/** Answers for the sound card that a test machine lacks: a prompt is taken, nothing is heard. */
async function withSound(page: Page): Promise<{ volumes: number[]; tell: (notice: object) => void }> {
  const volumes: number[] = [];
  let socket: { send: (message: string) => void } | undefined;
  await page.routeWebSocket(/\/watch$/, (route) => {
    const server = route.connectToServer();
    socket = route;
    server.onMessage((message) => route.send(message));
  });
  let step = 0;
  await page.route("**/rpc", async (route) => {
    const { method, params } = route.request().postDataJSON() as { method: string; params: { step: number } };
    if (method === "voice.attend") {
      step = params.step;
      return route.fulfill({ json: { ok: {} } });
    }
    if (method === "voice.volume") {
      volumes.push((params as unknown as { volume: number }).volume);
    }
    return route.continue();
  });
  return { volumes, tell: (notice) => socket?.send(JSON.stringify({ ...notice, step })) };
}

test("louder and quieter change the volume, by touch and by word", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const { volumes, tell } = await withSound(page);
  await openKiosk(page, application);
  await begin(page, "en");
  await id(page, comfort.open).click();
  await expectAccessible(page, "text and sound");
  await expect(id(page, comfort.volume)).toHaveAttribute("data-volume", "80");
  await id(page, comfort.quieter).click();
  await id(page, comfort.quieter).click();
  await id(page, comfort.speech("on")).click();
  await id(page, comfort.done).click();
  await expect(id(page, kiosk.voiceBar)).toBeVisible();
  await expect.poll(() => volumes).toEqual([0.6, 0.4]);
  tell({ kind: "voice-heard", text: "louder", meaning: { meaning: "louder" } });
  await expect.poll(() => volumes).toEqual([0.6, 0.4, 0.6]);
  tell({ kind: "voice-heard", text: "quieter", meaning: { meaning: "quieter" } });
  await expect.poll(() => volumes).toEqual([0.6, 0.4, 0.6, 0.4]);
  await id(page, kiosk.voiceAgain).click();
  await expect(id(page, kiosk.consentYes("intake"))).toBeVisible();
});

test("a dark screen shows nothing, is still there for assistive technology, and comes back", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await withSound(page);
  await openKiosk(page, application);
  await begin(page, "en");
  const goDark = async () => {
    await id(page, comfort.open).click();
    await id(page, comfort.dark("on")).click();
    await expect(id(page, comfort.darkScreen)).toBeVisible();
  };
  await goDark();
  // Wherever one looks, there is the black.
  const seen = await page.evaluate(() => {
    const places = [0.1, 0.3, 0.5, 0.7, 0.9];
    return places.flatMap((x) =>
      places.map(
        (y) => document.elementFromPoint(innerWidth * x, innerHeight * y)?.closest(".dark") !== null,
      ),
    );
  });
  expect(seen).not.toContain(false);
  const names = (await treeOf(page)).map((node) => node.name);
  expect(names).toContain("May we keep your answers for your visit today?");
  await expectAccessible(page, "dark screen");
  await page.mouse.click(300, 300);
  await expect(id(page, comfort.darkScreen)).toBeVisible();
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await expect(id(page, comfort.darkScreen)).toHaveCount(0);
  await page.mouse.up();
  await goDark();
  await page.keyboard.press("Escape");
  await expect(id(page, comfort.darkScreen)).toHaveCount(0);
});

test("a clinic that wants longer waits has them, and a device that begins as a kiosk is one after a reload", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await page.clock.install();
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.device).click();
  await expect(id(page, device.page)).toBeVisible();
  await expectAccessible(page, "kiosk settings");
  await id(page, device.askAfter(120)).click();
  await id(page, device.leaveAfter(60)).click();
  await id(page, device.welcome("en")).fill("Take your time. We are here to help.");
  await id(page, device.language("es")).click();
  await id(page, device.save).click();
  await expect(id(page, device.saved)).toBeVisible();
  await id(page, device.role("kiosk")).click();
  await expect(id(page, device.roleSet)).toBeVisible();

  await page.reload();
  await expect(id(page, kiosk.welcome)).toContainText("Take your time.");
  await id(page, kiosk.begin).click();
  await expect(id(page, kiosk.start("ar"))).toBeVisible();
  await expect(id(page, kiosk.start("es"))).toHaveCount(0);
  await id(page, kiosk.start("en")).click();
  await expect(id(page, kiosk.consentYes("intake"))).toBeVisible();
  await page.clock.runFor(110_000);
  await expect(id(page, kiosk.idle)).toHaveCount(0);
  await page.clock.runFor(12_000);
  await expect(id(page, kiosk.idle)).toBeVisible();
  await page.clock.runFor(50_000);
  await expect(id(page, kiosk.idle)).toBeVisible();
  // As often as it takes.
  for (let times = 0; times < 10; times += 1) {
    await id(page, kiosk.idleStay).click();
    await page.clock.runFor(122_000);
    await expect(id(page, kiosk.idle)).toBeVisible();
  }
  await page.clock.runFor(62_000);
  await expect(id(page, kiosk.welcome)).toBeVisible();
});

test("the ticket is printed once by itself, alone, and without a name", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await configure(application, { prints_tickets: true });
  await page.addInitScript(() => {
    const counted = window as unknown as { printed: number };
    counted.printed = 0;
    window.print = () => {
      counted.printed += 1;
    };
  });
  const printed = () => page.evaluate(() => (window as unknown as { printed: number }).printed);
  const onPaper = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("body *")]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .flatMap((element) => [...element.childNodes])
        .filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== "")
        .map((node) => node.textContent?.trim() ?? ""),
    );
  await openKiosk(page, application);
  await toName(page);
  await identify(page, "Zebulon Quartermain", ["07", "07", "1931"]);
  // An answer never leaves on paper, whatever key or menu asks for it.
  await page.emulateMedia({ media: "print" });
  expect(await onPaper()).toEqual([]);
  await page.emulateMedia({ media: "screen" });
  await id(page, kiosk.text).fill("a sore knee");
  await id(page, kiosk.next).click();
  while (!(await id(page, kiosk.review).isVisible())) {
    const shown = id(page, kiosk.question);
    const linkId = await shown.getAttribute("data-link-id");
    const skip = id(page, kiosk.skip);
    await ((await skip.isVisible()) ? skip : id(page, kiosk.unknown)).click();
    await expect(page.locator(`[data-link-id="${linkId}"]`)).toHaveCount(0);
    await expect(shown.or(id(page, kiosk.review))).toBeVisible();
  }
  await id(page, kiosk.submit).click();
  const ticket = (await id(page, kiosk.ticket).textContent()) ?? "";
  await expect.poll(printed).toBe(1);
  await id(page, kiosk.printTicket).click();
  expect(await printed()).toBe(2);
  await page.emulateMedia({ media: "print" });
  expect(await onPaper()).toEqual([
    "Riverside Family Clinic",
    "Your code",
    ticket,
    "You are called by this code.",
  ]);
  expect((await page.pdf()).toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test("nothing of the browser leads out of the kiosk's page", async ({ page, application, complaints: _ }) => {
  await application.prepare();
  await openKiosk(page, application);
  await toName(page);
  await page.evaluate(() => {
    (window as unknown as { same: boolean }).same = true;
    const link = document.createElement("a");
    link.href = "https://example.org/";
    link.textContent = "out";
    link.id = "out";
    document.querySelector("main")?.append(link);
  });
  // What the page keeps from the browser, event by event.
  const kept = await page.evaluate(() => {
    const field = document.querySelector("main input") ?? document.body;
    const send = (event: Event, target: EventTarget = document.body) => !target.dispatchEvent(event);
    const options = { bubbles: true, cancelable: true } as const;
    const key = (key: string, more = {}, target: EventTarget = document.body) =>
      send(new KeyboardEvent("keydown", { key, ...options, ...more }), target);
    return {
      menu: send(new MouseEvent("contextmenu", options)),
      drag: send(new DragEvent("dragstart", options)),
      drop: send(new DragEvent("drop", options)),
      select: send(new Event("selectstart", options)),
      selectInField: send(new Event("selectstart", options), field),
      zoom: send(new WheelEvent("wheel", { ...options, ctrlKey: true })),
      scroll: send(new WheelEvent("wheel", options)),
      pinch: send(new Event("gesturestart", options)),
      reload: key("F5") && key("r", { ctrlKey: true }) && key("R", { metaKey: true }),
      print: key("p", { ctrlKey: true }),
      tools: key("F12") && key("I", { ctrlKey: true, shiftKey: true }),
      back: key("ArrowLeft", { altKey: true }) && key("Backspace"),
      letter: key("a", {}, field),
      paste: key("v", { ctrlKey: true }, field),
      out: send(new MouseEvent("click", options), document.getElementById("out") ?? document.body),
    };
  });
  expect(kept).toEqual({
    menu: true,
    drag: true,
    drop: true,
    select: true,
    selectInField: false,
    zoom: true,
    scroll: false,
    pinch: true,
    reload: true,
    print: true,
    tools: true,
    back: true,
    letter: false,
    paste: false,
    out: true,
  });
  for (const shortcut of ["F5", "Control+R", "Control+P", "Alt+ArrowLeft"])
    await page.keyboard.press(shortcut);
  await page.locator("#out").click();
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
  await expect(id(page, kiosk.name)).toBeVisible();
});
