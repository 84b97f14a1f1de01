// A sound file that another device recorded: refused where it is none, taken in once the patient agreed, and stopped half-way.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testIds } from "../src/testids";
import { CLINICIAN, enter, expect, expectAccessible, id, test } from "./application";

const { soundImport, workList, encounter, note } = testIds;
const RATE = 16_000;

/** A WAV file of so many seconds of a tone. */
function wav(seconds: number): string {
  const samples = new Int16Array(seconds * RATE).map((_, at) => Math.round(Math.sin(at * 0.17) * 12_000));
  const file = Buffer.alloc(44 + samples.byteLength);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + samples.byteLength, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(samples.byteLength, 40);
  Buffer.from(samples.buffer).copy(file, 44);
  const path = join(mkdtempSync(join(tmpdir(), "bedside-sound-")), "visit.wav");
  writeFileSync(path, file);
  return path;
}

test("a clinician takes a sound file in, and stops one half-way", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const token = await application.tokenOf(CLINICIAN);
  const opened = await application.call(
    "encounters.open",
    { name: "Nora Lindqvist", birth_date: null, language: "en" },
    token,
  );
  await enter(page, application, CLINICIAN);
  await id(page, workList.link(opened.record.ticket)).click();
  await expect(id(page, encounter.page)).toBeVisible();

  await id(page, soundImport.open).click();
  await expect(page.getByText("only if the patient has agreed")).toBeVisible();
  await id(page, soundImport.submit).click();
  await expect(page.getByText("Please fill this in.")).toBeVisible();
  const text = join(mkdtempSync(join(tmpdir(), "bedside-sound-")), "notes.txt");
  writeFileSync(text, "no sound");
  await id(page, soundImport.path).fill(text);
  await id(page, soundImport.submit).click();
  await expect(page.getByText("This is not a sound file that can be read.")).toBeVisible();
  await expectAccessible(page, "sound file: refused");

  await id(page, soundImport.path).fill(wav(3));
  await id(page, soundImport.submit).click();
  await expect(id(page, soundImport.dialog)).toBeHidden();
  await expect(id(page, soundImport.progress)).toBeHidden();
  const taken = await application.call("encounters.show", { encounter: opened.record.id }, token);
  expect(taken.record.consents).toContain("recording");
  expect(taken.record.recordings?.[0]?.length_ms).toBeGreaterThan(2_900);

  // Half an hour takes a while: what is on its way is shown, and stopped.
  await id(page, soundImport.open).click();
  await id(page, soundImport.path).fill(wav(30 * 60));
  await id(page, soundImport.submit).click();
  await expect(id(page, soundImport.progress)).toBeVisible();
  await expectAccessible(page, "sound file: on its way");
  await id(page, soundImport.stop).click();
  await expect(id(page, soundImport.progress)).toBeHidden();
  const stopped = await application.call("encounters.show", { encounter: opened.record.id }, token);
  expect(stopped.record.recordings?.[1]?.deleted).toBe(true);
  await expect(id(page, note.pane)).toBeVisible();
});
