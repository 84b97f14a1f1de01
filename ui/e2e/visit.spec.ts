// One conversation, from the patient's words to the signed note, as a clinic sees it.

import { readFileSync } from "node:fs";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  CLINICIAN,
  expect,
  expectAccessible,
  id,
  picture,
  screenOf,
  signIn,
  test,
} from "./application";
import { setUp } from "./first";
import { answerAll, consent, identify, touch, words } from "./intake";
import { begin } from "./modes";

const { shell, people, kiosk, workList, encounter, lists, note, audit } = testIds;

const TRANSCRIPT = `[doctor] Good morning, what brings you in today?
[patient] I have had a pressure in my chest since this morning.
[doctor] Does it spread anywhere?
[patient] It goes into my left arm when I climb the stairs.
[doctor] Any fever or cough?
[patient] No fever. I have had a dry cough since last week.
[doctor] Do you take any medicines?
[patient] I take metformin 500 mg twice a day and lisinopril 10 mg.
[doctor] Any allergies?
[patient] I am allergic to penicillin. I come out in hives.
[doctor] We will do an ECG now and check your troponin.
[patient] All right, thank you.`;

test("a clinic is set up, a patient is taken in, and the visit's note is signed and exported", async ({
  page,
  context,
  application,
  complaints: _,
}) => {
  test.setTimeout(300_000);
  await page.goto(application.url);

  await test.step("the administrator sets the clinic up", async () => {
    await setUp(page, async (what) => expectAccessible(page, `set-up: ${what}`));
    await id(page, shell.signOut).click();
  });

  await test.step("a wrong password is refused in words, the right one signs in", async () => {
    await expectAccessible(page, "sign-in");
    await signIn(page, { login: ADMINISTRATOR.login, password: "not the password" });
    await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "session.sign-in-failed");
    await expectAccessible(page, "sign-in refused");
    await signIn(page, ADMINISTRATOR);
    await expectAccessible(page, "administration");
    await id(page, shell.people).click();
    await expect(id(page, people.table)).toBeVisible();
  });

  await test.step("the administrator lets a clinician in", async () => {
    await id(page, people.add).click();
    await id(page, people.name).fill(CLINICIAN.name);
    await id(page, people.role("clinician")).click();
    await id(page, people.login).fill(CLINICIAN.login);
    await id(page, people.password).fill(CLINICIAN.password);
    await expectAccessible(page, "people: add");
    await id(page, people.submit).click();
    await expect(id(page, people.row(CLINICIAN.login))).toBeVisible();
    await expectAccessible(page, "people");
    await id(page, shell.account).click();
    await expectAccessible(page, "account");
    await id(page, shell.backup).click();
    await expectAccessible(page, "backup");
  });

  const desk = await screenOf(context, application, CLINICIAN);
  await expect(id(desk, workList.empty)).toBeVisible();
  await expectAccessible(desk, "empty work list");

  let ticket = "";
  await test.step("a patient is taken in at the kiosk, and a red flag reaches the desk", async () => {
    await id(page, shell.kiosk).click();
    await expect(id(page, kiosk.welcome)).toBeVisible();
    await expectAccessible(page, "kiosk: welcome");
    await begin(page, "en");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expectAccessible(page, "kiosk: consent");
    await consent(page, { intake: true, recording: true });
    await expect(id(page, kiosk.name)).toBeVisible();
    await expectAccessible(page, "kiosk: name");
    await identify(page, "Margaret Ellison", ["03", "05", "1948"]);
    const asked = await answerAll(
      page,
      {
        reason: words("I have a pressure in my chest since this morning"),
        onset: async (kioskPage) => {
          await id(kioskPage, kiosk.key("3")).click();
          await kioskPage.locator("[data-testid^='kiosk-unit-']").first().click();
        },
        severity: touch(kiosk.scale(7)),
        "chest-now": touch(kiosk.yes),
        "chest-with": touch(kiosk.option("sweating")),
        "takes-medicines": touch(kiosk.yes),
        medicines: async (kioskPage) => {
          await id(kioskPage, kiosk.text).fill("metformin 500 mg twice a day");
          await id(kioskPage, kiosk.addAnother).click();
          await id(kioskPage, kiosk.text).fill("lisinopril 10 mg");
        },
        "has-allergies": touch(kiosk.yes),
        allergies: words("penicillin, hives"),
      },
      (linkId) => expectAccessible(page, `kiosk: ${linkId}`),
    );
    expect(asked.questions).toContain("medicines");
    await expect(id(page, kiosk.alert)).toBeVisible();
    await expect(id(page, kiosk.reviewAnswer("medicines"))).toContainText("lisinopril");
    await expectAccessible(page, "kiosk: review");

    await id(page, kiosk.change("severity")).click();
    await id(page, kiosk.scale(8)).click();
    await id(page, kiosk.next).click();
    await expect(id(page, kiosk.reviewAnswer("severity"))).toHaveText("8");
    await id(page, kiosk.submit).click();
    ticket = (await id(page, kiosk.ticket).textContent())?.trim() ?? "";
    expect(ticket).toMatch(/^[A-Z0-9-]{2,8}$/);
    await expectAccessible(page, "kiosk: thank you");
    await id(page, kiosk.finish).click();
    await expect(id(page, kiosk.welcome)).toBeVisible();
  });

  await test.step("the desk sees the alarm without a reload, takes it, and opens the patient", async () => {
    await expect(id(desk, shell.alarm(ticket))).toBeVisible();
    await expect(id(desk, workList.row(ticket))).toHaveAttribute("data-open-flag", "emergency");
    await expectAccessible(desk, "work list with an alarm");
    await id(desk, shell.alarmAcknowledge(ticket)).click();
    await expect(id(desk, shell.alarm(ticket))).toHaveCount(0);
    await id(desk, workList.link(ticket)).click();
    await expect(id(desk, encounter.page)).toBeVisible();
    await expect(id(desk, encounter.flag).first()).toHaveAttribute("data-acknowledged", "true");
    await expect(id(desk, encounter.intakeAnswer("allergies"))).toHaveText("penicillin, hives");
    await expectAccessible(desk, "encounter before the visit");
  });

  await test.step("too little talk gives no note, and says so", async () => {
    await id(desk, encounter.transcriptText).fill("[doctor] Hello.\n[patient] Hello.");
    await id(desk, encounter.transcriptAdd).click();
    await expect(id(desk, encounter.utterance(1))).toBeVisible();
    await id(desk, note.draft).click();
    await expect(id(desk, testIds.failure)).toHaveAttribute("data-code", "transcript.too-short");
    await expectAccessible(desk, "a refused note");
  });

  await test.step("the transcript becomes a draft in which every sentence shows where it comes from", async () => {
    await id(desk, encounter.transcriptOpen).click();
    await id(desk, encounter.transcriptText).fill(TRANSCRIPT);
    await id(desk, encounter.transcriptAdd).click();
    await expect(id(desk, encounter.utterance(13))).toBeVisible();
    await id(desk, note.draft).click();
    const sentences = id(desk, note.sentenceText);
    await expect(sentences.first()).toBeVisible();
    for (let place = 0; place < (await sentences.count()); place += 1) {
      await sentences.nth(place).focus();
      await expect(id(desk, note.evidence).locator("li").first()).toBeVisible();
      await expect(desk.locator("[data-testid^='utterance-'][data-evidence='true']").first()).toBeVisible();
    }
    await sentences.first().focus();
    await desk.evaluate(() => window.scrollTo(0, 0));
    await picture(desk, "evidence of a sentence");
    await expectAccessible(desk, "a draft");
  });

  await test.step("an utterance is corrected", async () => {
    await id(desk, encounter.utterance(13)).hover();
    await id(desk, encounter.correct(13)).click();
    await id(desk, encounter.correctText).fill("All right, thank you, doctor.");
    await id(desk, encounter.correctSave).click();
    await expect(id(desk, encounter.utterance(13))).toContainText("thank you, doctor");
  });

  await test.step("the lists beside the note show where each line was said; one is dropped, one corrected, one added", async () => {
    const line = (name: string) =>
      id(desk, lists.line).filter({ has: desk.getByText(name, { exact: true }) });
    await line("metformin").getByTestId(lists.text).click();
    await expect(id(desk, encounter.utterance(9))).toHaveAttribute("data-evidence", "true");
    await line("metformin").scrollIntoViewIfNeeded();
    await expectAccessible(desk, "the lists, a line chosen");
    await line("metformin").getByTestId(lists.correct).click();
    await expectAccessible(desk, "the lists: correct a line");
    await id(desk, lists.field("dose")).fill("none");
    await id(desk, lists.save).click();
    await expect(desk.getByText("Please enter a number above zero.")).toBeVisible();
    await id(desk, lists.field("dose")).fill("850");
    await id(desk, lists.save).click();
    await expect(line("metformin")).toHaveAttribute("data-origin", "edited");
    await expect(line("metformin")).toContainText("850 mg");
    await line("lisinopril").getByTestId(lists.text).click();
    await line("lisinopril").getByTestId(lists.drop).click();
    await expect(line("lisinopril")).toHaveAttribute("data-dropped", "true");
    await id(desk, lists.add("problem")).click();
    await id(desk, lists.field("text")).fill("high blood pressure");
    await id(desk, lists.save).click();
    await expect(line("high blood pressure")).toHaveAttribute("data-origin", "typed");
    await expect(line("penicillin")).toContainText("hives");
    await id(desk, lists.pane).scrollIntoViewIfNeeded();
    await expectAccessible(desk, "the lists, edited");
  });

  const edited = "Pressure in the chest since this morning, spreading to the left arm.";
  const typed = "Acute coronary syndrome is to be ruled out.";
  await test.step("the clinician edits by keyboard, and the draft saves itself", async () => {
    const first = id(desk, note.sentenceText).first();
    await first.fill(edited);
    await id(desk, note.add("assessment")).focus();
    await expect(id(desk, note.saved)).toHaveAttribute("data-state", "saved");
    await expect(id(desk, note.sentence).first()).toHaveAttribute("data-origin", "edited");
    await desk.keyboard.press("Enter");
    await desk.keyboard.type(typed);
    await desk.keyboard.press("Enter");
    await desk.keyboard.type("To be removed.");
    await id(desk, note.delete).click();
    await expect(id(desk, note.saved)).toHaveAttribute("data-state", "saved");
    const assessment = id(desk, note.section("assessment"));
    await expect(assessment.getByTestId(note.sentenceText).last()).toHaveValue(typed);
    await expect(assessment.getByTestId(note.sentence).last()).toHaveAttribute("data-origin", "typed");
    await expectAccessible(desk, "an edited draft");
  });

  await test.step("what was saved is there after a reload", async () => {
    await desk.reload();
    await signIn(desk, CLINICIAN);
    await id(desk, workList.link(ticket)).click();
    await expect(id(desk, note.sentenceText).first()).toHaveValue(edited);
  });

  await test.step("the note is signed only with the right password, and then stands", async () => {
    await id(desk, note.sign).click();
    await id(desk, note.signPassword).fill("not the password");
    await id(desk, note.signSubmit).click();
    // What was added to a sentence was said elsewhere in the visit, and not in what the sentence rests on.
    await expect(desk.getByText("Confirm each marked sentence")).toBeVisible();
    await expectAccessible(desk, "signing");
    await desk.getByTestId(/^note-confirm-/).click();
    await id(desk, note.signSubmit).click();
    await expect(desk.getByRole("dialog").getByTestId(testIds.failure)).toBeVisible();
    await id(desk, note.signPassword).fill(CLINICIAN.password);
    await id(desk, note.signSubmit).click();
    await expect(id(desk, note.signature)).toContainText(CLINICIAN.name);
    await expect(id(desk, encounter.status)).toHaveAttribute("data-status", "signed");
    const dropped = id(desk, lists.line).filter({ has: desk.getByText("lisinopril", { exact: true }) });
    await expect(dropped).toHaveAttribute("data-dropped", "true");
    await id(desk, lists.text).first().click();
    await expect(id(desk, lists.drop)).toHaveCount(0);
    await expectAccessible(desk, "a signed note");
  });

  await test.step("an addendum follows it", async () => {
    await id(desk, note.addendumOpen).click();
    await id(desk, note.addendumText).fill("Troponin was normal.");
    await id(desk, note.addendumPassword).fill(CLINICIAN.password);
    await expectAccessible(desk, "an addendum");
    await id(desk, note.addendumSubmit).click();
    await expect(id(desk, note.addendum)).toContainText("Troponin was normal.");
  });

  await test.step("it leaves as a FHIR file and as text", async () => {
    const download = desk.waitForEvent("download");
    await id(desk, encounter.export).click();
    await expectAccessible(desk, "the ways out");
    await id(desk, encounter.exportFormat("fhir")).click();
    await id(desk, encounter.exportSave).click();
    const file = await download;
    expect(file.suggestedFilename()).not.toMatch(/margaret|ellison/i);
    const bundle = JSON.parse(readFileSync(await file.path(), "utf8")) as {
      resourceType: string;
      type: string;
      entry: { resource: { resourceType: string; medicationCodeableConcept?: { text: string } } }[];
    };
    expect(bundle).toMatchObject({ resourceType: "Bundle", type: "document" });
    expect(bundle.entry[0]?.resource.resourceType).toBe("Composition");
    const medicines = bundle.entry.flatMap((entry) => entry.resource.medicationCodeableConcept?.text ?? []);
    expect(medicines).toEqual(["metformin"]);
    const second = desk.waitForEvent("download");
    await id(desk, encounter.export).click();
    await id(desk, encounter.exportSave).click();
    const printed = readFileSync(await (await second).path());
    expect(printed.subarray(0, 8).toString("latin1")).toBe("%PDF-1.7");
    await id(desk, encounter.copy).click();
    await expect(desk.getByText("The note is on the clipboard.")).toBeVisible();
    const copied = await desk.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(edited);
    expect(copied).toContain("Troponin was normal.");
  });

  await test.step("staff leave the kiosk, and the audit trail is whole", async () => {
    await id(page, kiosk.staff).click();
    await id(page, kiosk.staffLogin).fill(ADMINISTRATOR.login);
    await id(page, kiosk.staffPassword).fill(ADMINISTRATOR.password);
    await expectAccessible(page, "leaving the kiosk");
    await id(page, kiosk.staffSubmit).click();
    await id(page, shell.audit).click();
    await id(page, audit.verify).click();
    await expect(id(page, audit.verdict)).toHaveAttribute("data-intact", "true");
    await expectAccessible(page, "audit trail");
    await id(page, shell.signOut).click();
    await expect(id(page, testIds.signIn.login)).toBeVisible();
  });
});
