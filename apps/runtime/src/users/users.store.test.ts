import type { ApiClient, Company } from "@cordboard/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeEach(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterEach(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const nadia = { email: "nadia@demo.example", name: "Nadia", role: "author", language: "fr", enabled: true } as const;
const signIn = (client: ApiClient, password: string) =>
  client.call("session.signIn", { body: { company: "demo", email: nadia.email, password } });

test("a password is made for a new user, shown once, and is theirs", async () => {
  const { newPassword, ...user } = must(await admin.call("users.create", { body: nadia }));
  expect(newPassword).toMatch(/^([a-z2-9]{5}-){2}[a-z2-9]{5}$/);
  expect((await signIn(runtime.client(), newPassword ?? "")).ok).toBe(true);
  const again = must(await admin.call("users.get", { params: { userId: user.userId } }));
  expect(JSON.stringify(again)).not.toContain(newPassword);
  const chosen = { ...nadia, email: "other@demo.example", password: "correct horse battery" };
  expect(must(await admin.call("users.create", { body: chosen })).newPassword).toBeNull();
});

test("a new password ends what the old one opened", async () => {
  const { newPassword: first, userId } = must(await admin.call("users.create", { body: nadia }));
  const client = runtime.client();
  must(await signIn(client, first ?? ""));
  const { newPassword } = must(await admin.call("users.newPassword", { params: { userId } }));
  expect(newPassword).not.toBe(first);
  expect(await client.call("session.get")).toMatchObject({ error: { code: "notSignedIn" } });
  expect(await signIn(runtime.client(), first ?? "")).toMatchObject({ error: { code: "wrongCredentials" } });
  expect((await signIn(runtime.client(), newPassword)).ok).toBe(true);
});

test("an operator gets a new password the same way", async () => {
  const body = { code: "77", name: "Ada", language: "en" as const, enabled: true };
  const { operatorId, newPassword: first } = must(await admin.call("operators.create", { body }));
  const begin = (password: string) =>
    runtime.client().call("desk.signIn", { body: { company: "demo", code: "77", password } });
  expect((await begin(first ?? "")).ok).toBe(true);
  const { newPassword } = must(await admin.call("operators.newPassword", { params: { operatorId } }));
  expect((await begin(first ?? "")).ok).toBe(false);
  expect((await begin(newPassword)).ok).toBe(true);
});

test("two admins who demote each other in the same moment leave one admin at least", async () => {
  const { userId: second } = must(await admin.call("users.create", { body: { ...nadia, role: "admin" } }));
  const all = must(await admin.call("users.list")).items;
  const first = all.find(({ userId }) => userId !== second)?.userId ?? "";
  const scope = (actorId: string) => ({ companyId: company.companyId, role: "admin" as const, actorId });
  const { users } = runtime.features;
  const demote = async (by: string, of: string) => {
    const { userId, rev, ...fields } = await users.get(scope(by), of);
    return users.change(scope(by), of, rev, { ...fields, role: "author" });
  };
  for (let round = 0; round < 5; round++) {
    await Promise.allSettled([demote(first, second), demote(second, first)]);
    const left = (await users.list(scope(first))).filter(({ role, enabled }) => role === "admin" && enabled);
    expect(left.length).toBeGreaterThanOrEqual(1);
    for (const { userId, rev, ...fields } of await users.list(scope(first))) {
      if (fields.role !== "admin") await users.change(scope(first), userId, rev, { ...fields, role: "admin" });
    }
  }
  await Promise.allSettled([users.remove(scope(first), second), users.remove(scope(second), first)]);
  expect((await users.list(scope(first))).filter(({ enabled }) => enabled).length).toBeGreaterThanOrEqual(1);
});

test("whoever is signed in changes their own password, knowing the old one; sessions elsewhere end", async () => {
  const { newPassword, userId } = must(await admin.call("users.create", { body: nadia }));
  const [here, elsewhere] = [runtime.client(), runtime.client()];
  must(await signIn(here, newPassword ?? ""));
  must(await signIn(elsewhere, newPassword ?? ""));
  const change = (current: string, next: string) => here.call("session.changePassword", { body: { current, next } });
  expect(await change("not the old one", "correct horse battery")).toMatchObject({
    error: { code: "wrongCredentials" },
  });
  expect(await change(newPassword ?? "", "nadia@demo.example1")).toMatchObject({ error: { code: "weakPassword" } });
  expect((await change(newPassword ?? "", "correct horse battery")).ok).toBe(true);
  expect((await here.call("session.get")).ok).toBe(true);
  expect((await elsewhere.call("session.get")).ok).toBe(false);
  expect((await signIn(runtime.client(), "correct horse battery")).ok).toBe(true);
  const [entry] = must(await admin.call("audit.list", { query: { targetId: userId } })).items;
  expect(entry).toMatchObject({ action: "session.changePassword", by: { userId }, after: { passwordHash: "•••" } });
});

test("one's own password cannot be found by trying, even from a session of one's own; others are not kept out by it", async () => {
  const nadia = {
    email: "guessed@demo.example",
    name: "Guessed",
    role: "author",
    language: "en",
    enabled: true,
  } as const;
  const { newPassword } = must(await admin.call("users.create", { body: nadia }));
  const session = runtime.client();
  const credentials = { company: "demo", email: nadia.email, password: newPassword ?? "" };
  must(await session.call("session.signIn", { body: credentials }));
  const attempt = (current: string) =>
    session.call("session.changePassword", { body: { current, next: "correct horse battery" } });
  for (let tries = 0; tries < 10; tries++) {
    expect(await attempt(`guess ${tries} of many`)).toMatchObject({ error: { code: "wrongCredentials" } });
  }
  expect(await attempt(newPassword ?? "")).toMatchObject({ error: { code: "tooManyAttempts" } });
  expect((await runtime.client().call("session.signIn", { body: credentials })).ok).toBe(true);
});
