import { createClient } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

const localKey = "k".repeat(43);
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime({ localKey });
});
afterAll(() => runtime.close());

const withKey = (key: string) =>
  createClient({
    baseUrl: runtime.baseUrl,
    language: "en",
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set("Authorization", `Bearer ${key}`);
      return fetch(input, { ...init, headers });
    },
  });
const body = {
  ...{ code: "acme", name: "Acme", country: "GB", timeZone: "Europe/London", languages: ["en-GB"] },
  admin: { email: "ann@acme.example", name: "Ann", language: "en" as const },
};

test("who has the machine's key makes a company where there is none, and its admin signs in with the password that was shown", async () => {
  const made = await withKey(localKey).call("companies.create", { body });
  if (!made.ok) throw new Error(made.error.message);
  const { email, newPassword } = made.value.admin;
  const ann = runtime.client();
  expect(await ann.call("session.signIn", { body: { email, password: newPassword } })).toMatchObject({ ok: true });
  const company = await ann.call("company.get");
  expect(company).toMatchObject({ value: { code: "acme", country: "GB", timeZone: "Europe/London" } });
  const log = await ann.call("audit.list", { query: {} });
  expect(log).toMatchObject({ value: { items: [{ action: "companies.create", by: { kind: "commandLine" } }] } });
  expect(JSON.stringify(log)).not.toContain(newPassword);
});

test("one that was made without its admin is gone on with; one that is whole is not made again", async () => {
  const { code } = await runtime.company("half");
  const admin = { ...body.admin, email: "bob@half.example" };
  const finished = await withKey(localKey).call("companies.create", { body: { ...body, code, admin } });
  expect(finished).toMatchObject({ ok: true, value: { code: "half", admin: { email: "bob@half.example" } } });
  const again = await withKey(localKey).call("companies.create", { body: { ...body, code, admin } });
  expect(again).toMatchObject({ ok: false, error: { code: "alreadyExists" } });
});

test("nobody else makes one, and one without a time zone that exists is refused", async () => {
  const other = { ...body, code: "other" };
  expect(await runtime.client().call("companies.create", { body: other })).toMatchObject({ error: { status: 401 } });
  const wrong = await withKey("x".repeat(43)).call("companies.create", { body: other });
  expect(wrong).toMatchObject({ error: { code: "notSignedIn" } });
  const nowhere = { ...other, timeZone: "Mars/Olympus" };
  expect(await withKey(localKey).call("companies.create", { body: nowhere })).toMatchObject({
    error: { code: "requestInvalid" },
  });
});
