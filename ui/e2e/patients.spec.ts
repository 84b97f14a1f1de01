// Whose visit it is: the front desk checks, the clinician finds again, and what was entered in error is hidden.

import { testIds } from "../src/testids";
import {
  type Application,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  FRONT_DESK,
  id,
  screenOf,
  test,
} from "./application";
import { press } from "./keyboard";

const { shell, workList, identity, find, patient, encounter } = testIds;

const BORN = "1951-03-02";

/** A visit of somebody whom staff know, and one that a file brought, of whom nobody knows yet who it is. */
async function twoVisits(application: Application): Promise<{ known: string; unknown: string }> {
  const token = await application.tokenOf(CLINICIAN);
  const first = await application.call(
    "encounters.open",
    { name: "María López", birth_date: BORN, record_number: "4711", language: "en" },
    token,
  );
  await application.call(
    "transcript.add",
    { encounter: first.record.id, text: "[patient] My left knee has been swollen since Monday." },
    token,
  );
  const second = await application.call(
    "encounters.import",
    { patient: { name: "maria lopez", birth_date: BORN }, language: "en", intake: null },
    token,
  );
  return { known: first.record.ticket, unknown: second.record.ticket };
}

test("the front desk says whose visit it is, and the patient's page has both", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const { known, unknown } = await twoVisits(application);
  await enter(page, application, FRONT_DESK);
  await expect(id(page, workList.identify(known))).toHaveCount(0);
  await id(page, workList.identify(unknown)).click();
  await expect(id(page, identity.dialog)).toBeVisible();
  await expect(id(page, identity.known)).toHaveCount(1);
  await expectAccessible(page, "identity: somebody like it is known");

  // Who is known must be answered before anything is noted.
  await id(page, identity.submit).click();
  await expect(id(page, identity.missing)).toBeVisible();
  await expectAccessible(page, "identity: nobody chosen");
  await id(page, identity.known).click();
  await expect(id(page, identity.number)).toHaveValue("4711");
  await id(page, identity.submit).click();
  await expect(id(page, identity.dialog)).toHaveCount(0);
  await expect(id(page, workList.identify(unknown))).toHaveCount(0);

  await id(page, shell.find).click();
  await expectAccessible(page, "find: nothing asked");
  await id(page, find.field).fill("lopez mar");
  await expect(id(page, find.patient)).toHaveCount(1);
  await expect(id(page, find.word)).toHaveCount(0);
  await expectAccessible(page, "find: as the front desk");
  await id(page, find.patient).click();
  await expect(id(page, patient.visit(known))).toBeVisible();
  await expect(id(page, patient.visit(unknown))).toBeVisible();
  await expect(id(page, patient.page).getByRole("link")).toHaveCount(0);
  await expectAccessible(page, "patient: as the front desk");
});

test("a clinician finds words and patients, opens a visit for one of them, and enters it as made in error", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const { known } = await twoVisits(application);
  await enter(page, application, CLINICIAN);
  await id(page, shell.find).click();
  await id(page, find.field).fill("knee");
  await expect(id(page, find.word)).toHaveCount(1);
  await expect(id(page, find.word).locator("mark")).toHaveText("knee");
  await expectAccessible(page, "find: words");
  await id(page, find.field).fill("4711");
  await expect(id(page, find.patient)).toHaveCount(1);

  await id(page, shell.workList).click();
  await id(page, workList.open).click();
  await id(page, identity.name).fill("Lopez Maria");
  await id(page, identity.birth).fill(BORN);
  await expect(id(page, identity.known)).toHaveCount(1);
  await expectAccessible(page, "open an encounter: somebody like it is known");
  await id(page, identity.known).click();
  await id(page, workList.newSubmit).click();
  await expect(id(page, encounter.page)).toBeVisible();
  await id(page, patient.link).click();
  await expect(id(page, patient.page).getByRole("row")).toHaveCount(3);
  await expectAccessible(page, "patient: as a clinician");
  await page.goBack();

  await id(page, encounter.retract).click();
  await expectAccessible(page, "entered in error: why");
  await id(page, encounter.retractSure).click();
  await id(page, encounter.retractReason).fill("opened for the wrong patient");
  await id(page, encounter.retractSure).click();
  await expect(id(page, encounter.retracted)).toContainText("opened for the wrong patient");
  await expectAccessible(page, "entered in error");

  const desk = await screenOf(context, application, FRONT_DESK);
  await expect(id(desk, workList.row(known))).toBeVisible();
  await expect(desk.locator("[data-testid^=worklist-row-]")).toHaveCount(2);
});

test("whose visit it is can be said by keyboard alone", async ({ page, application, complaints: _ }) => {
  await application.prepare();
  const { unknown } = await twoVisits(application);
  await enter(page, application, FRONT_DESK);
  await press(page, workList.identify(unknown));
  await expect(id(page, identity.name)).toBeFocused();
  await press(page, identity.known, "Space");
  await expect(id(page, identity.number)).toHaveValue("4711");
  await press(page, identity.submit);
  await expect(id(page, identity.dialog)).toHaveCount(0);
  await expect(id(page, workList.identify(unknown))).toHaveCount(0);
});
