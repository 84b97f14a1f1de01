// The facility's own server of language models: set, tried, and a note that it drafts word by word, stopped once and then kept.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
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

const { shell, administration, endpoint, encounter, note, workList } = testIds;
const TOKEN = "a-token-nobody-may-see";

/** A server of language models that writes down what the patient said first; `pace` in ms a word. */
function serving() {
  const state = { pace: 0, tokens: [] as string[] };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += String(piece);
    });
    request.on("end", async () => {
      state.tokens.push(request.headers.authorization ?? "");
      if (request.url === "/v1/models") {
        response.setHeader("Content-Type", "application/json");
        response.end(JSON.stringify({ data: [{ id: "clinic-8b", max_model_len: 16384 }, { id: "small" }] }));
        return;
      }
      if (request.url !== "/v1/chat/completions") {
        response.statusCode = 404;
        response.end();
        return;
      }
      const asked = JSON.parse(body) as { messages: { content: string }[]; grammar: string; model: string };
      const [system, user] = asked.messages;
      const section = /^- (\w+):/m.exec(system?.content ?? "")?.[1] ?? "";
      const [, line, said] = /^(\d+) patient: (.*)$/m.exec(user?.content ?? "") ?? [];
      response.setHeader("Content-Type", "text/event-stream");
      // The one word that a grammar leaves; the small model keeps to none.
      const only = /^root ::= "(\w+)"$/.exec(asked.grammar)?.[1];
      const kept = asked.model === "small" ? "Hello!" : (only ?? `${section} [${line}] ${said}\nend`);
      for (const word of kept.split(/(?<= )/)) {
        response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: word } }] })}\n\n`);
        await new Promise((done) => setTimeout(done, state.pace));
      }
      response.end(
        `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`,
      );
    });
  });
  return new Promise<{ address: string; state: typeof state; close: () => void }>((done) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      done({
        address: `http://127.0.0.1:${port}/v1`,
        state,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}

test("an administrator sets the clinic's language server, and a clinician has a note drafted by it", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const { address, state, close } = await serving();
  await enter(page, application, ADMINISTRATOR);
  await id(page, administration.index).getByTestId(endpoint.nav).click();
  await wholeAccessible(page, "language server: none");

  // An address that nobody answers at, and one that is not this machine's without TLS.
  await id(page, endpoint.address).fill("http://127.0.0.1:9/v1");
  await id(page, endpoint.attempt).click();
  await expect(id(page, endpoint.tried)).toHaveAttribute("data-failure", "endpoint.unreachable");
  await wholeAccessible(page, "language server: no answer");
  await id(page, endpoint.address).fill("http://models.clinic.example/v1");
  await id(page, endpoint.attempt).click();
  await expect(page.getByText("Enter an address that begins with https://")).toBeVisible();

  await id(page, endpoint.address).fill(address);
  await id(page, endpoint.token).fill(TOKEN);
  await id(page, endpoint.attempt).click();
  await expect(id(page, endpoint.tried)).toContainText("2 models");
  await expect(id(page, endpoint.models)).toHaveValue("clinic-8b");
  await id(page, endpoint.models).selectOption("small");
  await expect(id(page, endpoint.tried)).toBeHidden();
  await expect(id(page, endpoint.context)).toHaveValue("8192");
  await id(page, endpoint.attempt).click();
  await expect(id(page, endpoint.tried)).toHaveAttribute("data-failure", "endpoint.grammar");
  await wholeAccessible(page, "language server: no grammar");
  await id(page, endpoint.models).selectOption("clinic-8b");
  await id(page, endpoint.attempt).click();
  await expect(id(page, endpoint.tried)).toContainText("clinic-8b answers");
  await expect(id(page, endpoint.context)).toHaveValue("16384");
  await id(page, endpoint.on).click({ force: true });
  await id(page, endpoint.save).click();
  await expect(id(page, endpoint.saved)).toBeVisible();
  await wholeAccessible(page, "language server: set");
  expect(state.tokens.at(-1)).toBe(`Bearer ${TOKEN}`);
  expect(await page.content()).not.toContain(TOKEN);
  await id(page, shell.signOut).click();

  const token = await application.tokenOf(CLINICIAN);
  const opened = await application.call(
    "encounters.open",
    { name: "Nora Lindqvist", birth_date: null, language: "en" },
    token,
  );
  await application.call("transcript.add", { encounter: opened.record.id, text: TRANSCRIPT }, token);
  await signIn(page, CLINICIAN);
  await id(page, workList.link(opened.record.ticket)).click();
  await expect(id(page, encounter.page)).toBeVisible();
  await id(page, note.byEndpoint).click({ force: true });
  await wholeAccessible(page, "draft: by the language server");

  // Word by word, and stopped: nothing of it stays.
  state.pace = 400;
  await id(page, note.draft).click();
  await expect(id(page, note.writing)).toBeVisible();
  await expect(id(page, note.writing).locator("li").first()).toBeVisible();
  await expectAccessible(page, "draft: being written");
  await id(page, note.cancel).click();
  await expect(id(page, note.draft)).toBeVisible();

  state.pace = 0;
  await id(page, note.byEndpoint).click({ force: true });
  await id(page, note.draft).click();
  await expect(id(page, note.sentence).first()).toBeVisible();
  await expect(id(page, note.pane)).toContainText("clinic-8b (127.0.0.1)");
  await wholeAccessible(page, "note by the language server");
  close();
});
