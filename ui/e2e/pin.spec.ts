// Staff's PINs, the waits after wrong ones, and the lock of a screen that nobody uses. With the keyboard alone.

import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  type Application,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  FRONT_DESK,
  id,
  picture,
  screenOf,
  signIn,
  test,
} from "./application";
import { press, type } from "./keyboard";
import { begin } from "./modes";

const { account, kiosk, lock, logoff, note, shell, workList } = testIds;

const PIN = "480913";

/** The engine's own way, for what a test does not show. */
async function givePin(application: Application, who: { login: string; password: string }, pin: string) {
  const token = await application.tokenOf(who);
  await application.call("pin.set", { password: who.password, pin }, token);
  await application.call("session.sign-out", {}, token);
}

test("a PIN is set on the account page, leaves the kiosk, and is removed again", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await enter(page, application, FRONT_DESK);
  await press(page, shell.account);
  await expect(id(page, account.pinState)).toHaveAttribute("data-set", "false");

  await type(page, account.pin, "12345");
  await press(page, account.pinSet);
  await expect(page.getByText("A PIN has 6 to 12 digits and nothing else.")).toBeVisible();
  await expectAccessible(page, "account: PIN of the wrong form");
  for (const pin of ["123456", PIN]) {
    await type(page, account.pin, pin);
    await type(page, account.pinAgain, pin);
    await type(page, account.pinPassword, FRONT_DESK.password);
    await press(page, account.pinSet);
    if (pin === PIN) break;
    await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "pin.unfit");
    await expectAccessible(page, "account: PIN that is easily guessed");
  }
  await expect(id(page, account.pinState)).toHaveAttribute("data-set", "true");
  await expectAccessible(page, "account: PIN set");

  await press(page, shell.kiosk);
  await press(page, kiosk.staff);
  await expect(id(page, kiosk.staffPad)).toBeVisible();
  await expect(id(page, kiosk.staffPin)).toBeFocused();
  await expect(id(page, testIds.keys.board)).toHaveCount(0);
  await expectAccessible(page, "kiosk: number pad");
  await page.keyboard.type("480914");
  await page.keyboard.press("Enter");
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "pin.wrong");
  await expectAccessible(page, "kiosk: wrong PIN");
  await press(page, kiosk.staffByName);
  await press(page, kiosk.staffByPin);
  // The keys on the pad, and the real ones.
  for (const digit of "4809") await press(page, kiosk.key(digit));
  await press(page, kiosk.staffPin, "End");
  await page.keyboard.type("13");
  await press(page, kiosk.staffPinSubmit);
  await expect(id(page, workList.empty)).toBeVisible();

  await press(page, shell.account);
  await type(page, account.pinPassword, FRONT_DESK.password);
  await press(page, account.pinRemove);
  await expect(id(page, account.pinState)).toHaveAttribute("data-set", "false");
  await press(page, shell.kiosk);
  await press(page, kiosk.staff);
  await expect(id(page, kiosk.staffLogin)).toBeFocused();
  await expect(id(page, kiosk.staffByPin)).toHaveCount(0);
});

test("five wrong PINs begin a wait that is shown, and a patient goes on meanwhile", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  await givePin(application, FRONT_DESK, PIN);
  await enter(page, application, FRONT_DESK);
  await press(page, shell.kiosk);
  await press(page, kiosk.staff);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await expect(id(page, kiosk.staffPin)).toHaveValue("");
    await type(page, kiosk.staffPin, "730461");
    await page.keyboard.press("Enter");
    await expect(id(page, kiosk.staffPin)).toHaveValue("");
    await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "pin.wrong");
  }
  await type(page, kiosk.staffPin, PIN);
  await page.keyboard.press("Enter");
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "session.wait");
  await expect(id(page, testIds.waitLeft)).toContainText(/Try again in \d+ seconds?\./);
  await expectAccessible(page, "kiosk: wait after wrong PINs");

  await page.keyboard.press("Escape");
  await begin(page, "en");
  await page.reload();
  await expect(id(page, testIds.signIn.login)).toBeVisible();
  // Staff with a password are held up by no wrong PIN of others.
  await signIn(page, FRONT_DESK);
  await press(page, shell.kiosk);
  await press(page, kiosk.staff);
  await press(page, kiosk.staffByName);
  await type(page, kiosk.staffLogin, ADMINISTRATOR.login);
  await type(page, kiosk.staffPassword, ADMINISTRATOR.password);
  await page.keyboard.press("Enter");
  await expect(id(page, shell.signOut)).toBeVisible();
});

test("a screen that nobody uses warns, locks with nothing of the page left, and goes on where it was", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  const administrator = await application.prepare();
  await givePin(application, CLINICIAN, PIN);
  await application.call("logoff.configure", { after_min: 1 }, administrator.token);
  const token = await application.tokenOf(CLINICIAN);
  const opened = await application.call(
    "encounters.open",
    { name: "Margaret Ellison", birth_date: null, language: "en" },
    token,
  );
  const encounter = opened.record.id;
  const text = Array.from(
    { length: 4 },
    () => "[patient] I have had a dry cough since last week and no fever.",
  );
  await application.call("transcript.add", { encounter, text: text.join("\n") }, token);
  await application.call("note.draft", { encounter, replaces: null }, token);

  await page.clock.install();
  await enter(page, application, CLINICIAN);
  await press(page, workList.link(opened.record.ticket));
  const sentence = id(page, note.sentenceText).first();
  await expect(sentence).toBeVisible();
  await expect(page.getByText("Margaret Ellison").first()).toBeVisible();
  const address = page.url();

  await page.clock.runFor(35_000);
  await expect(id(page, lock.soon)).toBeVisible();
  await expectAccessible(page, "staff: about to lock");
  // Any key is a sign of life, and goes where it was typed.
  await sentence.focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" Unsaved words.");
  await expect(id(page, lock.soon)).toHaveCount(0);
  await page.clock.runFor(62_000);
  await expect(id(page, lock.screen)).toBeVisible();
  await expect(id(page, lock.secret)).toHaveCount(1);
  const left = await page.evaluate(() => document.documentElement.outerHTML);
  for (const gone of ["Ellison", "dry cough", "Unsaved words", opened.record.ticket]) {
    expect(left).not.toContain(gone);
  }
  expect(page.url()).toBe(address);
  await expectAccessible(page, "staff: locked");

  // Alarms reach a locked screen, without saying whose.
  const patient = await screenOf(context, application, FRONT_DESK);
  await id(patient, shell.kiosk).click();
  await begin(patient, "en");
  await id(patient, kiosk.person).click();
  await expect(id(page, lock.alarm)).toBeVisible();
  await page.bringToFront();
  await picture(page, "staff: locked, a patient calls");

  await type(page, lock.secret, "480914");
  await press(page, lock.unlock);
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "pin.wrong");
  await type(page, lock.secret, PIN);
  await press(page, lock.unlock);
  await expect(sentence).toHaveText(/Unsaved words\./);
  expect(page.url()).toBe(address);

  // By hand, and somebody else.
  await press(page, lock.now);
  await press(page, lock.other);
  await expectAccessible(page, "staff: locked, someone else");
  await type(page, lock.login, FRONT_DESK.login);
  await type(page, lock.password, FRONT_DESK.password);
  await press(page, lock.signIn);
  await expect(id(page, workList.table)).toBeVisible();
  await expect(id(page, shell.account)).toContainText(FRONT_DESK.name);
});

test("an administrator sets after how long screens lock", async ({ page, application, complaints: _ }) => {
  await application.prepare();
  await enter(page, application, ADMINISTRATOR);
  await id(page, shell.people).click();
  await expect(id(page, logoff.panel)).toBeVisible();
  await press(page, logoff.after(10), "ArrowRight");
  await expect(page.getByText("It holds for everybody at this clinic.")).toBeVisible();
  await expectAccessible(page, "people: automatic log-off");
  await page.reload();
  await signIn(page, ADMINISTRATOR);
  await id(page, shell.people).click();
  await expect(id(page, logoff.after(15))).toHaveAttribute("data-selected", "true");
});
