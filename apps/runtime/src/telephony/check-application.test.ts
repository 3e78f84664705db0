import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkApplication } from "./check-application.ts";

let answer: { readonly status: number; readonly body: unknown } | "silent";
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
  if (answer !== "silent") response.writeHead(answer.status).end(JSON.stringify(answer.body));
});

beforeEach(async () => {
  asked.length = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** What is said of an application, on a jambonz that answers so. */
async function said(given: typeof answer): Promise<readonly string[]> {
  answer = given;
  const warnings: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (_: object, message: string) => void warnings.push(message) };
  await checkApplication({
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/`,
    apiKey: "key",
    applicationSid: "app-1",
    callHook: "wss://calls.example.com/jambonz/call",
    log,
    timeoutMs: 100,
    againMs: 1,
  });
  return warnings;
}
const calling = (call_hook: unknown) => ({
  status: 200,
  body: { application_sid: "app-1", name: "Cordboard", call_hook },
});

test("an application that calls this server is passed over in silence, however its address is written", async () => {
  expect(await said(calling({ url: "wss://calls.example.com/jambonz/call", method: "POST" }))).toEqual([]);
  expect(asked).toEqual(["GET /api/v1/Applications/app-1 Bearer key"]);
  expect(await said(calling("wss://CALLS.example.com:443/jambonz/call/"))).toEqual([]);
});

test("one that calls another address is said with both addresses, and no password", async () => {
  const [warning = "", ...more] = await said(calling({ url: "wss://user:secret@old.example.com/jambonz/call" }));
  expect(more).toEqual([]);
  expect(warning).toContain("old.example.com/jambonz/call");
  expect(warning).toContain("wss://calls.example.com/jambonz/call");
  expect(warning).not.toContain("secret");
});

test("one that speaks in clear where this server has TLS is another address", async () => {
  expect(await said(calling({ url: "ws://calls.example.com/jambonz/call" }))).toHaveLength(1);
});

test("one that is not there yet is asked again: it may be starting as well", async () => {
  const checked = said("silent");
  await expect.poll(() => asked.length).toBe(2);
  answer = calling("wss://calls.example.com/jambonz/call");
  expect(await checked).toEqual([]);
});

test.each([
  ["does not exist", { status: 404, body: {} }, "no application app-1"],
  ["names no address", calling(null), "names no address"],
  ["may not be seen", { status: 403, body: {} }, "JAMBONZ_API_KEY"],
  ["cannot be had", { status: 500, body: {} }, "HTTP 500"],
  ["does not come", "silent", "did not show"],
] as const)("an application that %s is said, and stops nothing", async (_, given, words) => {
  const warnings = await said(given);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(words);
});
