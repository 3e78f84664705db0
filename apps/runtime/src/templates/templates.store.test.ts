import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, createClient } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

let folder: string;
let runtime: TestRuntime;
let admin: ApiClient;

const template = {
  formatVersion: 1,
  id: "farewell",
  name: "Farewell",
  languages: ["fr-FR"],
  parameters: {
    type: "object",
    required: ["words"],
    additionalProperties: false,
    properties: {
      words: { type: "string", minLength: 1, title: "What callers hear", titles: { fr: "Ce qu’on entend" } },
    },
    translations: { fr: { Farewell: "Adieu", End: "Fin" } },
  },
  prompts: { p1: { texts: { "fr-FR": "{{param.words}}" } } },
  entry: "n1",
  nodes: [{ id: "n1", name: "End", type: "hangup", typeVersion: 1, config: { prompt: "p1" } }],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cb-templates-"));
  const { parameters, ...plain } = template;
  await writeFile(join(folder, "farewell.json"), JSON.stringify(template));
  await writeFile(join(folder, "plain.json"), JSON.stringify({ ...plain, id: "plain" }));
  await writeFile(join(folder, "flow.schema.json"), JSON.stringify(parameters));
  await writeFile(join(folder, "broken.json"), "{");
  await writeFile(join(folder, "notes.txt"), "not a flow");
  runtime = await startTestRuntime({ flowsFolder: folder });
  admin = await runtime.user(await runtime.company("demo"), "admin");
});
afterAll(async () => {
  await runtime.close();
  await rm(folder, { recursive: true });
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const params = { templateId: "farewell" };
const adopt = (values: Record<string, unknown>, flowId?: string) =>
  admin.call("templates.adopt", { params, body: { name: "Notre adieu", values, ...(flowId && { flowId }) } });

test("the flows that ask something are the templates; other files are passed over", async () => {
  const { items } = must(await admin.call("templates.list"));
  expect(items).toEqual([
    { templateId: "farewell", name: "Farewell", languages: ["fr-FR"], nodeCount: 1, parameters: template.parameters },
  ]);
  const read = must(await admin.call("templates.get", { params }));
  expect(read.document).toMatchObject({ id: "farewell", entry: "n1" });
  expect(await admin.call("templates.get", { params: { templateId: "plain" } })).toMatchObject({
    error: { code: "notFound", details: { what: "template" } },
  });
});

test("adopted with its answers a template is a draft that can be published", async () => {
  const made = must(await adopt({ words: "Adieu." }));
  expect(made).toMatchObject({ flowId: "notre-adieu", rev: 1, savedBy: { name: "admin of demo" } });
  const { document } = must(await admin.call("flows.getDraft", { params: { flowId: made.flowId } }));
  expect(document).toMatchObject({ id: "notre-adieu", name: "Notre adieu", parameters: {} });
  expect(JSON.stringify(document)).toContain("Adieu.");
  const body = { document, note: "" };
  expect(must(await admin.call("flows.publish", { params: { flowId: made.flowId }, body })).version.number).toBe(1);
  expect(must(await adopt({ words: "Encore." })).flowId).toBe("notre-adieu-2");
  expect(await adopt({ words: "Encore." }, "notre-adieu")).toMatchObject({ error: { code: "alreadyExists" } });
});

test("an answer that is missing or does not fit is named, and no flow is begun", async () => {
  const before = must(await admin.call("flows.list")).items.length;
  const missing = await adopt({});
  expect(missing).toMatchObject({ error: { code: "templateAnswersInvalid", status: 422 } });
  const said = async (values: Record<string, unknown>) => {
    const answer = await admin.call("templates.adopt", { params, body: { name: "Notre adieu", values } });
    return !answer.ok && answer.error.message;
  };
  expect(await said({})).toBe("The question “What callers hear” has no answer.");
  expect(await said({ words: 7 })).toBe(
    "The question “What callers hear” has an answer that does not fit: it must be of type string.",
  );
  expect(await said({ words: "x", more: 1 })).toBe("The question “more” is not one that this template asks.");
  expect(must(await admin.call("flows.list")).items.length).toBe(before);
});

test("templates, and the flows that come of them, are called as the author's language calls them", async () => {
  const french = await frenchAuthor();
  expect(must(await french.call("templates.list")).items).toMatchObject([{ templateId: "farewell", name: "Adieu" }]);
  expect(must(await french.call("templates.get", { params })).document).toMatchObject({ nodes: [{ name: "Fin" }] });
  const { flowId } = must(
    await french.call("templates.adopt", { params, body: { name: "Adieu", values: { words: "Adieu." } } }),
  );
  const { document } = must(await french.call("flows.getDraft", { params: { flowId } }));
  expect(document).toMatchObject({ nodes: [{ name: "Fin" }] });
  expect(await french.call("templates.adopt", { params, body: { name: "Adieu", values: {} } })).toMatchObject({
    error: { message: "La question «\u00a0Ce qu’on entend\u00a0» n’a pas de réponse." },
  });
});

async function frenchAuthor(): Promise<ApiClient> {
  const { companyId } = await runtime.company("autre");
  const account = { email: "auteur@autre.example", password: "un mot de passe assez long" };
  const fields = { ...account, name: "Auteur", role: "author", language: "fr", enabled: true } as const;
  await runtime.features.users.create(systemScope(companyId), fields);
  const client = createClient({ baseUrl: runtime.baseUrl, fetch, keepCookies: true, language: "fr" });
  must(await client.call("session.signIn", { body: { company: "autre", ...account } }));
  return client;
}
