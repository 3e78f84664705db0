import type { ApiClient } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { telephoneRate, writeWav } from "../media/audio/write-wav.ts";

let runtime: TestRuntime;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  admin = await runtime.user(await runtime.company("demo"), "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const tone = (hertz: number) =>
  writeWav(
    Float32Array.from({ length: telephoneRate }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hertz * at) / telephoneRate)),
  );

/** A flow that says goodbye with a prompt of the library, whose copy in the drawing is of yesterday. */
const flow = (flowId: string, library: string) => ({
  formatVersion: 1,
  id: flowId,
  name: flowId,
  languages: ["fr-FR", "en-GB"],
  prompts: { p1: { texts: { "fr-FR": "Hier.", "en-GB": "Yesterday." }, library } },
  entry: "n1",
  nodes: [{ id: "n1", name: "End", type: "hangup", typeVersion: 1, config: { prompt: "p1" } }],
});
const publish = async (flowId: string, document: object) =>
  must(await admin.call("flows.publish", { params: { flowId }, body: { document: { ...document }, note: "" } }))
    .version;
const promptOf = async (flowId: string, versionId: string) => {
  const { document } = must(await admin.call("flows.getVersion", { params: { flowId, versionId } }));
  return Object(document.prompts).p1;
};

test("a version says what the library said when it was published, for ever", async () => {
  const texts = { "fr-FR": "Aujourd’hui.", "en-GB": "Today." };
  const made = must(await admin.call("prompts.create", { body: { name: "Closing", texts, replaces: null } }));
  const { promptId } = made;
  const params = { promptId, language: "fr-FR" };
  const first = must(await admin.call("prompts.upload", { params, file: tone(300) }));
  const document = flow("closing", promptId);
  const version = await publish("closing", document);
  const sha256 = first.audio["fr-FR"]?.sha256;
  const pinned = { texts, audio: { "fr-FR": `sha256:${sha256}` }, library: promptId };
  expect(await promptOf("closing", version.versionId)).toEqual(pinned);

  const later = must(await admin.call("prompts.upload", { params, file: tone(400) }));
  expect(later.audio["fr-FR"]?.sha256).not.toBe(sha256);
  expect(await promptOf("closing", version.versionId)).toEqual(pinned);
  // Nothing of the drawing changed, but what callers hear would: that is another version.
  const again = await publish("closing", document);
  expect(again.number).toBe(2);
  expect((await promptOf("closing", again.versionId)).audio["fr-FR"]).toBe(`sha256:${later.audio["fr-FR"]?.sha256}`);
  expect((await publish("closing", document)).versionId).toBe(again.versionId);
});

test("a draft that names a prompt of the library is not ahead of what was published from it", async () => {
  const texts = { "fr-FR": "Un.", "en-GB": "One." };
  const body = { name: "Other", texts, replaces: null };
  const { promptId } = must(await admin.call("prompts.create", { body }));
  const document = flow("told", promptId);
  must(await admin.call("flows.create", { body: { name: "told", flowId: "told", document } }));
  await publish("told", document);
  const { draft } = must(await admin.call("flows.get", { params: { flowId: "told" } }));
  expect(draft?.ahead).toBe(false);
});

test("a prompt of another company's library is no library: the copy in the drawing is said", async () => {
  const other = await runtime.user(await runtime.company("other"), "admin");
  const body = { name: "Theirs", texts: { "fr-FR": "Secret." }, replaces: null };
  const { promptId } = must(await other.call("prompts.create", { body }));
  const version = await publish("foreign", flow("foreign", promptId));
  expect((await promptOf("foreign", version.versionId)).texts["fr-FR"]).toBe("Hier.");
});
