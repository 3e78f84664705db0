import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TelephonyRest } from "../ports/index.ts";
import { createJambonzRest, noRest } from "./jambonz-rest.ts";

let status: number | "silent" = 202;
const asked: { readonly line: string; readonly authorization: string | undefined; readonly body: unknown }[] = [];
const server = createServer(async (request: IncomingMessage, response) => {
  asked.push({
    line: `${request.method} ${request.url}`,
    authorization: request.headers.authorization,
    body: JSON.parse(await text(request)),
  });
  if (status !== "silent") response.writeHead(status).end('{"msg":"…"}');
});
let rest: TelephonyRest;

beforeEach(async () => {
  asked.length = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  rest = createJambonzRest({
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/`,
    accountSid: "acc-1",
    apiKey: "key",
    callHook: "wss://calls.example.com/telephony",
    applicationSid: "app-1",
    log: { debug() {}, info() {}, warn() {}, error() {} },
    timeoutMs: 200,
  });
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

test("reclaim gives the call our socket again, hangUp ends it", async () => {
  status = 202;
  expect(await rest.reclaim("c/1")).toBe("asked");
  expect(await rest.hangUp("c2")).toBe("asked");
  expect(asked).toEqual([
    {
      line: "PUT /api/v1/Accounts/acc-1/Calls/c%2F1",
      authorization: "Bearer key",
      body: { call_hook: { url: "wss://calls.example.com/telephony" } },
    },
    { line: "PUT /api/v1/Accounts/acc-1/Calls/c2", authorization: "Bearer key", body: { call_status: "completed" } },
  ]);
});

test.each([
  [404, "gone"],
  [422, "gone"],
  [401, "unavailable"],
  [500, "unavailable"],
  ["silent", "unavailable"],
] as const)("an answer of %s is %s", async (answer, expected) => {
  status = answer;
  expect(await rest.reclaim("c1")).toBe(expected);
});

test("without REST access nothing can be asked", async () => {
  expect(await noRest.reclaim("c1")).toBe("unavailable");
  expect(await noRest.hangUp("c1")).toBe("unavailable");
});
