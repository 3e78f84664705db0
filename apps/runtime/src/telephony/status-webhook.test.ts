import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock, type TelephonyEvent } from "../ports/index.ts";
import { statusWebhook } from "./status-webhook.ts";

const secret = "the account's secret";
const told: { callSid: string; event: TelephonyEvent }[] = [];
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let server: Server;
let url = "";

beforeAll(async () => {
  const app = express();
  app.post(
    "/status",
    statusWebhook({
      handler: { onAftermath: (callSid, event) => void told.push({ callSid, event }) },
      secret,
      clock: systemClock(),
      log: silent,
    }),
  );
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/status`;
});
afterAll(() => server.close());

const sign = (body: string, key = secret, at = Math.floor(Date.now() / 1000)) =>
  `t=${at},v1=${createHmac("sha256", key).update(`${at}.${body}`).digest("hex")}`;
const post = (body: string, signature: string) =>
  fetch(url, { method: "POST", body, headers: { "content-type": "application/json", "jambonz-signature": signature } });
const ended = JSON.stringify({
  call_sid: "sid-1",
  direction: "inbound",
  call_status: "completed",
  sip_status: 200,
  call_termination_by: "caller",
  duration: 7,
});

test("a signed end of a call is told, once a message", async () => {
  expect((await post(ended, sign(ended))).status).toBe(204);
  expect(told).toEqual([{ callSid: "sid-1", event: expect.objectContaining({ kind: "callerGone", by: "caller" }) }]);
});

test("without the account's signature nothing is believed", async () => {
  told.length = 0;
  expect((await post(ended, "")).status).toBe(401);
  expect((await post(ended, sign(ended, "another secret"))).status).toBe(401);
  expect((await post(ended, sign(ended, secret, Math.floor(Date.now() / 1000) - 3600))).status).toBe(401);
  expect((await post(`${ended} `, sign(ended))).status).toBe(401);
  expect(told).toEqual([]);
});

test("what is no end, or not JSON, is taken and changes nothing; what is too large is refused", async () => {
  told.length = 0;
  const ringing = JSON.stringify({ call_sid: "sid-1", call_status: "ringing", sip_status: 180, direction: "inbound" });
  expect((await post(ringing, sign(ringing))).status).toBe(204);
  expect((await post("{", sign("{"))).status).toBe(204);
  const large = "x".repeat(70_000);
  expect((await post(large, sign(large))).status).toBe(413);
  expect(told).toEqual([]);
});
