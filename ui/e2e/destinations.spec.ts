// Where signed notes are sent by themselves: a watched folder and an endpoint, a test of each, and what did not arrive.

import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  type Application,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  id,
  signIn,
  TRANSCRIPT,
  test,
  wholeAccessible,
} from "./application";

const { shell, administration, destinations, flows } = testIds;
const SHARE = "Hospital share";
const SERVER = "Regional records";
const TOKEN = "a-token-nobody-may-see";

/** A visit whose note is signed; answers its encounter. */
async function sign(application: Application, token: string): Promise<string> {
  const opened = await application.call(
    "encounters.open",
    { name: "Nora Lindqvist", birth_date: null, language: "en" },
    token,
  );
  const encounter = opened.record.id;
  await application.call("transcript.add", { encounter, text: TRANSCRIPT }, token);
  const drafted = await application.call("note.draft", { encounter, replaces: null }, token);
  if (drafted.record.note.state !== "draft") throw new Error("there is no draft");
  const { revision } = drafted.record.note;
  const confirmed = drafted.findings.filter((one) => one.must_confirm).map((one) => one.sentence);
  await application.call(
    "note.sign",
    { encounter, revision, confirmed, password: CLINICIAN.password },
    token,
  );
  return encounter;
}

async function add(page: Page, name: string, kind: "folder" | "http", where: string): Promise<void> {
  await id(page, destinations.add).click();
  await id(page, destinations.name).fill(name);
  await id(page, destinations.kind(kind)).click({ force: true });
  await id(page, kind === "folder" ? destinations.path : destinations.address).fill(where);
}

test("an administrator adds a watched folder, tries it, and a signed note arrives there by itself", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const clinician = await application.tokenOf(CLINICIAN);
  const folder = join(mkdtempSync(join(tmpdir(), "bedside-watched-")), "inbox");
  await enter(page, application, ADMINISTRATOR);
  await id(page, administration.index).getByTestId(destinations.nav).click();
  await expect(id(page, destinations.none)).toBeVisible();
  await expectAccessible(page, "destinations: none");

  await id(page, destinations.add).click();
  await id(page, destinations.save).click();
  await expect(page.getByText("Please fill this in.").first()).toBeVisible();
  await id(page, destinations.name).fill(SHARE);
  await id(page, destinations.path).fill("inbox");
  await id(page, destinations.format("pdf")).click({ force: true });
  await id(page, destinations.save).click();
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "destination.folder-invalid");
  await wholeAccessible(page, "destinations: a folder that is refused");
  await id(page, destinations.path).fill(folder);
  await id(page, destinations.save).click();
  const panel = id(page, destinations.panel(SHARE));
  await expect(panel).toHaveAttribute("data-state", "off");

  // The share is not there yet, and then it is.
  await id(page, destinations.test(SHARE)).click();
  await expect(id(page, destinations.tried)).toContainText("The folder is not there.");
  await expectAccessible(page, "destinations: a test that did not arrive");
  mkdirSync(folder);
  await id(page, destinations.test(SHARE)).click();
  await expect(id(page, destinations.tried)).toContainText("holds no patient");
  expect(readdirSync(folder)).toHaveLength(1);

  await sign(application, clinician);
  await id(page, destinations.on(SHARE)).click();
  await expect(panel).toHaveAttribute("data-state", "idle");
  const encounter = await sign(application, clinician);
  await expect(panel).toContainText("2 files arrived");
  const files = readdirSync(folder).filter((name) => name.startsWith(`bedside-${encounter}-`));
  expect(files.map((name) => name.split(".").pop()).sort()).toEqual(["json", "pdf"]);
  expect(readdirSync(folder), "what was signed while it was off is not sent").toHaveLength(3);
  await wholeAccessible(page, "destinations: everything has arrived");

  // The share goes, and the note waits for it.
  rmSync(folder, { recursive: true });
  await sign(application, clinician);
  await expect(panel).toHaveAttribute("data-state", "waiting");
  await expect(id(page, destinations.queue(SHARE))).toContainText("The folder is not there.");
  await wholeAccessible(page, "destinations: something waits");
  mkdirSync(folder);
  await id(page, destinations.queue(SHARE)).getByRole("button", { name: "Try now" }).click();
  await expect(panel).toContainText("4 files arrived");
  expect(readdirSync(folder)).toHaveLength(2);

  await id(page, shell.flows).click();
  await expect(id(page, flows.row("destination-folders"))).toHaveAttribute("data-state", "on");
  await expect(id(page, flows.row("destination-folders"))).toContainText("this device");
  await expect(id(page, flows.row("destination-endpoints"))).toHaveAttribute("data-state", "off");
  await expect(id(page, flows.row("model-download")).getByRole("link")).toBeVisible();
  await expect(page.getByText("opens no connection")).toBeVisible();
  await wholeAccessible(page, "data flows with a destination");
  await id(page, flows.row("destination-folders")).getByRole("link").click();

  await id(page, destinations.remove(SHARE)).click();
  await expectAccessible(page, "destinations: removing one");
  await id(page, destinations.removeGo).click();
  await expect(id(page, destinations.none)).toBeVisible();
  rmSync(folder, { recursive: true });
  rmdirSync(join(folder, ".."));
});

test("what an endpoint refuses is shown on the index, tried again, and given up on by hand", async ({
  page,
  application,
  complaints: _,
}) => {
  let status = 401;
  const got: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      got.push(request.headers);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inbox`;

  await application.prepare();
  const clinician = await application.tokenOf(CLINICIAN);
  await enter(page, application, ADMINISTRATOR);
  await id(page, destinations.nav).click();
  await add(page, SERVER, "http", "http://records.example/inbox");
  await id(page, destinations.save).click();
  await expect(id(page, testIds.failure)).toHaveAttribute("data-code", "destination.address-invalid");
  await id(page, destinations.address).fill(address);
  await id(page, destinations.token).fill(TOKEN);
  await wholeAccessible(page, "destinations: an address");
  await id(page, destinations.save).click();
  await expect(id(page, destinations.panel(SERVER))).toContainText("with a token");
  await id(page, destinations.test(SERVER)).click();
  await expect(id(page, destinations.tried)).toContainText("does not accept this token");
  await expect(id(page, destinations.tried)).toContainText("401");
  expect(got[0]?.authorization).toBe(`Bearer ${TOKEN}`);
  await id(page, destinations.on(SERVER)).click();
  await expect(id(page, destinations.off(SERVER))).toBeVisible();

  const first = await sign(application, clinician);
  await sign(application, clinician);
  const panel = id(page, destinations.panel(SERVER));
  await expect(id(page, destinations.state(SERVER))).toContainText("2 failed");
  await wholeAccessible(page, "destinations: two failed");
  await id(page, shell.administration).click();
  await expect(id(page, destinations.failed)).toContainText("2");
  await wholeAccessible(page, "administration: something failed");
  await id(page, administration.index).getByTestId(destinations.nav).click();

  // The token is not on the screen, and stays where only the name changes.
  await id(page, destinations.change(SERVER)).click();
  await expect(id(page, destinations.token)).toHaveValue("");
  await wholeAccessible(page, "destinations: changing one");
  await id(page, destinations.save).click();
  await expect(panel).toContainText("with a token");
  expect(await page.content()).not.toContain(TOKEN);

  const queue = id(page, destinations.queue(SERVER));
  await queue.getByRole("button", { name: "Give up", exact: true }).last().click();
  await expectAccessible(page, "destinations: giving up");
  await id(page, destinations.giveUpGo).click();
  await expect(id(page, destinations.state(SERVER))).toContainText("1 failed");
  status = 200;
  await queue.getByRole("button", { name: "Try again" }).click();
  await expect(panel).toHaveAttribute("data-state", "idle");
  await expect(panel).toContainText("1 file arrived");
  await id(page, shell.flows).click();
  await expect(id(page, flows.row("destination-endpoints"))).toHaveAttribute("data-state", "on");
  await expect(page.getByText("opens connections by itself")).toBeVisible();
  const last = got.at(-1);
  expect(last?.["bedside-encounter"]).toBe(first);
  expect(last?.["idempotency-key"]).toBe(last?.["bedside-delivery"]);
  await new Promise((resolve) => server.close(resolve));
});

test("the page of destinations is complete in Spanish", async ({ page, application, complaints: _ }) => {
  const admin = (await application.prepare()).token;
  await application.call(
    "destinations.save",
    {
      id: null,
      name: SHARE,
      place: { kind: "folder", path: join(tmpdir(), "no-such-share") },
      formats: ["hl7v2", "text"],
      on: true,
      token: { kind: "keep" },
    },
    admin,
  );
  await sign(application, await application.tokenOf(CLINICIAN));
  await page.goto(application.url);
  await id(page, testIds.signIn.language("es")).click({ force: true });
  await signIn(page, ADMINISTRATOR);
  await id(page, destinations.nav).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Destinos");
  await expect(id(page, destinations.queue(SHARE))).toContainText("La carpeta no está.");
  await wholeAccessible(page, "Spanish: Destinos");
  await id(page, destinations.change(SHARE)).click();
  await expectAccessible(page, "Spanish: un destino");
});
