import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { telephoneRate, writeWav } from "../media/audio/write-wav.ts";
import { createCallRouting } from "../routing/call-routing.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
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
  const audio = { "fr-FR": `sha256:${sha256}` };
  const pinned = { texts, audio, recordedTexts: { "fr-FR": texts["fr-FR"] }, library: promptId };
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

describe("a flow that runs inside another", () => {
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const inner = (says: string) => ({
    ...{ formatVersion: 1, id: "greet", name: "Greet", languages: ["fr-FR"], entry: "n1" },
    prompts: { p1: { texts: { "fr-FR": says } } },
    nodes: [node("n1", "play", { prompt: "p1", bargeIn: false }), node("n2", "exit", { output: "done" })],
    edges: [{ from: "n1", output: "done", to: "n2" }],
  });
  const runs = { flowId: "greet", inputs: {}, results: {}, outputs: [{ id: "done", label: "Done" }] };
  const outer = {
    ...{ formatVersion: 1, id: "outer", name: "Outer", languages: ["fr-FR"], prompts: {}, entry: "n1" },
    nodes: [node("n1", "subflow", runs), node("n2", "hangup", { prompt: null })],
    edges: [{ from: "n1", output: "done", to: "n2" }],
  };
  const routing = () => createCallRouting({ ...runtime.features, now: () => 0, log: { error: () => undefined } });
  const heardIn = async (versionId: string) => {
    const compiled = await routing().version(company.companyId, versionId);
    return JSON.stringify(compiled?.document.prompts);
  };

  test("must be published; then it is pinned, and a later version of it changes nothing for callers", async () => {
    const early = await admin.call("flows.publish", {
      params: { flowId: "outer" },
      body: { document: outer, note: "" },
    });
    expect(early).toMatchObject({ error: { code: "flowInvalid" } });
    const first = await publish("greet", inner("Bonjour."));
    const version = await publish("outer", outer);
    const params = { flowId: "outer", versionId: version.versionId };
    expect(must(await admin.call("flows.getVersion", { params })).subflows).toEqual({ greet: first.versionId });
    expect(await heardIn(version.versionId)).toContain("Bonjour.");

    await publish("greet", inner("Bonsoir."));
    expect(await heardIn(version.versionId)).toContain("Bonjour.");
    const again = await publish("outer", outer);
    expect(again.number).toBe(2);
    expect(await heardIn(again.versionId)).toContain("Bonsoir.");
  });

  test("is not deleted while it does, and one that runs itself is refused", async () => {
    expect(await admin.call("flows.delete", { params: { flowId: "greet" } })).toMatchObject({
      error: { code: "inUse", details: { uses: [{ kind: "flow", id: "outer" }] } },
    });
    const round = { ...inner("Encore."), nodes: [node("n1", "subflow", runs), node("n2", "exit", { output: "done" })] };
    const refused = await admin.call("flows.publish", {
      params: { flowId: "greet" },
      body: { document: round, note: "" },
    });
    expect(JSON.stringify(refused)).toContain("subflowRecursive");
  });
});
