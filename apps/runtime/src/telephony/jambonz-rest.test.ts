import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TelephonyRest } from "../ports/index.ts";
import { createJambonzRest, noRest } from "./jambonz-rest.ts";

let status: number | "silent" = 202;
let body = '{"msg":"…"}';
const asked: { readonly line: string; readonly authorization: string | undefined; readonly body: unknown }[] = [];
const server = createServer(async (request: IncomingMessage, response) => {
  asked.push({
    line: `${request.method} ${request.url}`,
    authorization: request.headers.authorization,
    body: JSON.parse((await text(request)) || "null"),
  });
  if (status !== "silent") response.writeHead(status).end(body);
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
    // Read for each request.
    get timeoutMs() {
      return status === "silent" ? 200 : 10_000;
    },
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

const order = {
  ourCallId: "call_7",
  from: "+33143670903",
  to: { type: "user", name: "ines@pbx.example.com" },
  ringMs: 24_400,
} as const;

test("a call is placed for the application, with what says whose it is", async () => {
  status = 201;
  body = '{"sid":"c9","callId":"x@y"}';
  expect(await rest.place(order)).toEqual({ kind: "placed", callSid: "c9" });
  expect(asked).toEqual([
    {
      line: "POST /api/v1/Accounts/acc-1/Calls",
      authorization: "Bearer key",
      body: {
        ...{ application_sid: "app-1", from: "+33143670903", to: order.to, timeout: 25 },
        tag: { call: "call_7" },
        headers: { "X-Cordboard-Call": "call_7" },
      },
    },
  ]);
});

test.each([
  [400, '{"msg":"missing"}', "refused"],
  [480, '{"msg":"no available feature servers"}', "refused"],
  [500, '{"msg":"Invalid URL protocol"}', "refused"],
  [502, "Bad gateway", "unknown"],
  [504, "", "unknown"],
  [201, "no JSON", "unknown"],
  [201, '{"callId":"x"}', "unknown"],
  ["silent", "", "unknown"],
] as const)("an order that is answered %s %s is %s", async (answer, text, kind) => {
  status = answer;
  body = text;
  expect((await rest.place(order)).kind).toBe(kind);
});

test("an order may ask whether an answering machine picks up", async () => {
  status = 201;
  body = '{"sid":"c9","callId":"x@y"}';
  await rest.place({ ...order, tellMachines: true });
  expect(asked.at(-1)?.body).toMatchObject({ amd: { actionHook: "/machine" } });
});

test("an order that nobody took is not placed, nor one without an application", async () => {
  const unused = createServer().listen(0, "127.0.0.1");
  await once(unused, "listening");
  const { port } = unused.address() as AddressInfo;
  unused.close();
  const given = { apiUrl: `http://127.0.0.1:${port}/v1`, accountSid: "a", apiKey: "k", callHook: "ws://x" };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  expect((await createJambonzRest({ ...given, applicationSid: "app-1", log }).place(order)).kind).toBe("refused");
  const answer = await createJambonzRest({ ...given, applicationSid: null, log }).place(order);
  expect(answer).toMatchObject({ kind: "refused", why: expect.stringContaining("JAMBONZ_APPLICATION_SID") });
});

test("giving up is for a call that is not picked up", async () => {
  status = 202;
  expect(await rest.giveUp("c2")).toBe("asked");
  expect(asked[0]).toMatchObject({ line: "PUT /api/v1/Accounts/acc-1/Calls/c2", body: { call_status: "no-answer" } });
});

test("without REST access nothing can be asked", async () => {
  expect(await noRest.reclaim("c1")).toBe("unavailable");
  expect(await noRest.hangUp("c1")).toBe("unavailable");
  expect(await noRest.giveUp("c1")).toBe("unavailable");
  expect((await noRest.place(order)).kind).toBe("refused");
});

const listed = (call_sid: string, parent_call_sid: string, call_status: string) => ({
  ...{ call_sid, parent_call_sid, call_status, direction: "outbound", sip_status: 180 },
});

test("what a call has dialled is told from the account's list: of its own legs those that are not over", async () => {
  status = 200;
  const alone = { call_sid: "other", call_status: "ringing", direction: "outbound" };
  const rows = [listed("l1", "c1", "ringing"), listed("l2", "c2", "ringing"), alone, listed("l3", "c1", "completed")];
  body = JSON.stringify([...rows, listed("l4", "c1", "in-progress"), listed("l5", "c1", "busy"), "not a call"]);
  expect(await rest.dialledBy("c1")).toEqual([
    { legSid: "l1", state: "ringing" },
    { legSid: "l4", state: "talking" },
  ]);
  expect(asked).toEqual([
    { line: "GET /api/v1/Accounts/acc-1/Calls?direction=outbound", authorization: "Bearer key", body: null },
  ]);
  expect(await rest.dialledBy("c9")).toEqual([]);
});

test("how it stands with one leg is told by its own row, which is kept for hours after its end", async () => {
  status = 200;
  const states = {
    trying: "ringing",
    "early-media": "ringing",
    "in-progress": "talking",
    completed: "over",
    busy: "over",
  };
  for (const [call_status, state] of Object.entries(states)) {
    body = JSON.stringify({ call_sid: "l1", call_status });
    expect(await rest.legState("l1")).toBe(state);
  }
  expect(asked[0]).toMatchObject({ line: "GET /api/v1/Accounts/acc-1/Calls/l1", authorization: "Bearer key" });
  // One that jambonz does not know, or tells nothing of, may be anything.
  status = 404;
  expect(await rest.legState("l1")).toBe("unavailable");
  status = 200;
  for (body of ["{}", "no JSON"]) expect(await rest.legState("l1")).toBe("unavailable");
  expect(await noRest.legState("l1")).toBe("unavailable");
});

test.each([
  [403, "[]"],
  [500, "[]"],
  [200, "{}"],
  [200, "no JSON"],
  ["silent" as const, "[]"],
])("a list that is not one says nothing of what was dialled: %s %s", async (answer, text) => {
  status = answer;
  body = text;
  expect(await rest.dialledBy("c1")).toBe("unavailable");
});
