import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { registrationWebhook } from "./registration-webhook.ts";

/** As jambonz asks: over HTTP, signed. Which passwords hold is the keys' (softphone-keys.test.ts). */
const clock = virtualClock();
let server: Server;
let url: string;

beforeAll(async () => {
  const app = express().post(
    "/hook",
    registrationWebhook({
      keys: { holds: ({ response }) => response === "right" },
      ...{ realm: "pbx.example.com", secret: "whsec", credentials: { username: "u", password: "p" } },
      ...{ clock, log: { warn: () => undefined } },
    }),
  );
  server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => server.close());

const right = {
  ...{ source_address: "203.0.113.9", source_port: 5060, scheme: "digest", algorithm: "MD5", expires: 120 },
  ...{ method: "REGISTER", realm: "pbx.example.com", username: "softphone-1", nonce: "n", response: "right" },
  uri: "sip:pbx.example.com",
  headers: { to: "<sip:softphone-1@pbx.example.com>", "call-id": "x" },
};

async function ask(body: object | string, { secret = "whsec", headers = {} as Record<string, string> } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const time = Math.floor(clock.now() / 1000);
  const signature = createHmac("sha256", secret).update(`${time}.${text}`).digest("hex");
  const answer = await fetch(url, {
    method: "POST",
    body: text,
    headers: { "content-type": "application/json", "jambonz-signature": `t=${time},v1=${signature}`, ...headers },
  });
  return { status: answer.status, said: answer.status === 200 ? ((await answer.json()) as object) : null };
}
const refused = { status: 200, said: { status: "fail", msg: expect.any(String) } };

test("who knows the password may register, and not for longer than five minutes", async () => {
  expect(await ask(right)).toEqual({ status: 200, said: { status: "ok" } });
  expect(await ask({ ...right, expires: "3600" })).toEqual({ status: 200, said: { status: "ok", expires: 300 } });
});

test.each([
  ["a wrong password", { response: "wrong" }],
  ["a call that is placed with it", { method: "INVITE" }],
  ["another realm", { realm: "other.example" }],
  ["somebody else's address", { headers: { to: "<sip:ines@pbx.example.com>" } }],
  ["a digest that is not understood", { algorithm: "SHA-256" }],
  ["no user", { username: undefined }],
])("%s is refused, in the way that jambonz understands", async (_, part) => {
  expect(await ask({ ...right, ...part })).toEqual(refused);
});

test("nobody but jambonz is answered: signed, or with the application's password", async () => {
  expect((await ask(right, { secret: "other" })).status).toBe(401);
  const basic = `Basic ${Buffer.from("u:p").toString("base64")}`;
  expect((await ask(right, { secret: "other", headers: { authorization: basic } })).status).toBe(200);
  expect(await ask("no json")).toEqual(refused);
  expect((await ask("x".repeat(70_000))).status).toBe(413);
});
