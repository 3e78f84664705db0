import type { ApiClient } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";

/**
 * Flows that come from elsewhere: broken, hostile, enormous. They arrive as bytes, are refused in a sentence or kept as the drafts that they
 * are, and the server goes on answering. How each is checked is tested in packages/nodes/src/hostile-flows.test.ts.
 */
let runtime: TestRuntime;
let author: ApiClient;
let cookie: string;

beforeAll(async () => {
  runtime = await startTestRuntime();
  author = await runtime.user(await runtime.company("demo"), "author");
  const answer = await send("POST", "/api/session", {
    body: JSON.stringify({ email: "author.demo@example.com", password: testPassword }),
  });
  cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
});
afterAll(() => runtime.close());

const send = (method: string, path: string, { body }: { body: string | Uint8Array<ArrayBuffer> }) =>
  fetch(runtime.baseUrl + path, {
    method,
    body,
    headers: { "X-Cordboard": "1", "Content-Type": "application/json", ...(cookie && { Cookie: cookie }) },
  });
const problemOf = async (answer: Response) => {
  const { error } = await answer.json();
  expect(error.message).toMatch(/\w.*[.!]$/);
  return [answer.status, error.code];
};

describe("bytes that are no flow", () => {
  test.each([
    ["nothing", "", 400, "requestInvalid"],
    ["half a document", '{"name":"Half","document":{"nodes":[', 400, "notJson"],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 400, "notJson"],
    ["a list", "[1,2,3]", 400, "requestInvalid"],
    ["a document that is a list", '{"name":"List","document":[]}', 400, "requestInvalid"],
    [
      "ten thousand brackets",
      `{"name":"Deep","document":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
      400,
      "notJson",
    ],
    ["a name of a megabyte", JSON.stringify({ name: "x".repeat(1_000_000) }), 400, "requestInvalid"],
    ["six megabytes", JSON.stringify({ name: "Big", document: { a: "x".repeat(6_000_000) } }), 413, "tooLarge"],
  ])("%s: refused, in a sentence", async (_, body, status, code) => {
    expect(await problemOf(await send("POST", "/api/flows", { body }))).toEqual([status, code]);
  });
});

describe("documents that were written to hurt", () => {
  const plain = { formatVersion: 1, name: "Hostile", languages: ["fr-FR"], entry: "n0" };
  const end = { id: "n0", name: "{{param.a}}", type: "hangup", typeVersion: 1, config: { prompt: null } };
  const hostile = {
    pattern: {
      ...{ ...plain, nodes: [end] },
      parameters: { properties: { a: { type: "string", pattern: "^(a+)+$", default: `${"a".repeat(60)}!` } } },
    },
    edges: {
      ...{ ...plain, nodes: [end] },
      edges: Array.from({ length: 50_000 }, (_, at) => ({ from: "n0", output: `o${at}`, to: "n0" })),
    },
    members: JSON.parse(
      '{"formatVersion":1,"name":"M","languages":["fr-FR"],"entry":"__proto__","__proto__":{"polluted":true},"nodes":[],"layout":{"__proto__":[0,0]}}',
    ),
  };

  test.each(Object.entries(hostile))(
    "%s: kept as a draft as it came, and not published",
    { timeout: 20_000 },
    async (flowId, document) => {
      const body = JSON.stringify({ rev: null, document: { ...document, id: flowId } });
      expect((await send("PUT", `/api/flows/${flowId}/draft`, { body })).status).toBe(200);
      const kept = await fetch(`${runtime.baseUrl}/api/flows/${flowId}/draft`, { headers: { Cookie: cookie } });
      expect(JSON.stringify(JSON.parse(await kept.text()).document)).toBe(JSON.stringify({ ...document, id: flowId }));
      const published = send("POST", `/api/flows/${flowId}/versions`, {
        body: JSON.stringify({ document: { ...document, id: flowId }, note: "" }),
      });
      // Meanwhile others are answered.
      expect((await author.call("flows.list")).ok).toBe(true);
      expect(await problemOf(await published)).toEqual([422, "flowInvalid"]);
      expect(Reflect.get({}, "polluted")).toBeUndefined();
    },
  );
});
