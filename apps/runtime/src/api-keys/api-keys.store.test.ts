import { type ApiClient, type Company, createClient } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { virtualClock } from "../testing/virtual-clock.ts";

const begin = Date.parse("2026-12-01T09:00:00Z");
const clock = virtualClock(begin);
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("home");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

const as = (token: string) => createClient({ baseUrl: runtime.baseUrl, fetch, language: "en", token });

async function make(fields: object = {}) {
  const body = { name: `K${Math.abs(keys++)}`, scopes: ["queues:write" as const], requestsPerMinute: 600 };
  const answer = await admin.call("apiKeys.create", { body: { ...body, expiresAt: null, enabled: true, ...fields } });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
let keys = 0;

test("its token is shown once; neither the lists, the store nor the log has it", async () => {
  const { token, apiKeyId } = await make({ name: "CRM" });
  expect(token.startsWith(`${apiKeyId}_`)).toBe(true);
  const secret = token.slice(apiKeyId.length + 1);
  const listed = await admin.call("apiKeys.list");
  const logged = await admin.call("audit.list", { query: { resource: "apiKeys" } });
  expect(logged).toMatchObject({ ok: true, value: { items: [{ action: "apiKeys.create", targetName: "CRM" }] } });
  const stored = await runtime.store.connection.collection("apiKeys").find({}).toArray();
  for (const place of [listed, logged, stored]) expect(JSON.stringify(place)).not.toContain(secret);
});

test("says who it is, and what it may do", async () => {
  const { token, apiKeyId } = await make({ name: "Sync", scopes: ["calls:read", "queues:write"] });
  expect(await as(token).call("apiKeys.self")).toEqual({
    ok: true,
    value: {
      company: { companyId: company.companyId, code: "home", name: "HOME" },
      key: { apiKeyId, name: "Sync", scopes: ["calls:read", "queues:write"], expiresAt: null },
    },
  });
  expect(await admin.call("apiKeys.self")).toMatchObject({ ok: true, value: { key: null } });
});

test("what it changes is in the audit log under its name", async () => {
  const { token, apiKeyId } = await make({ name: "Directory" });
  const queue = { name: "Hotline", operatorIds: [] };
  const made = await as(token).call("queues.create", { body: queue as never });
  expect(made.ok).toBe(true);
  const log = await admin.call("audit.list", { query: { resource: "queues" } });
  const by = { kind: "apiKey", userId: null, name: "Directory", apiKeyId };
  expect(log).toMatchObject({ ok: true, value: { items: [{ by, action: "queues.create" }] } });
});

test("a page of another origin can neither use a session through it, nor the key without the header", async () => {
  const { token } = await make();
  const post = (headers: Record<string, string>) =>
    fetch(`${runtime.baseUrl}/api/queues`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: "https://evil.example", ...headers },
      body: JSON.stringify({ name: `Q${keys++}`, operatorIds: [] }),
    });
  const signIn = await fetch(`${runtime.baseUrl}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
    body: JSON.stringify({ company: "home", email: "admin.home@example.com", password: "correct horse battery" }),
  });
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  // The cookie is good: what refuses it is where the request comes from.
  expect((await fetch(`${runtime.baseUrl}/api/queues`, { headers: { cookie } })).status).toBe(200);
  expect((await post({ cookie })).status).toBe(403);
  expect((await post({ cookie, "X-Cordboard": "1" })).status).toBe(403);
  // Any authorization but a bearer's token is one that browsers may send by themselves.
  expect((await post({ cookie, Authorization: "Basic eDp5" })).status).toBe(403);
  // A token that is no good is not made up for by the cookie.
  expect((await post({ cookie, Authorization: "Bearer nonsense" })).status).toBe(401);
  expect((await post({ Authorization: `Bearer ${token}` })).status).toBe(200);
});

test("it is refused when switched off, given a new token, revoked; and says when it expired", async () => {
  const key = await make({ expiresAt: new Date(begin + 3_600_000).toISOString() });
  const { apiKeyId, token, name, scopes, requestsPerMinute, expiresAt } = key;
  const params = { apiKeyId };
  const fields = { name, scopes, requestsPerMinute, expiresAt };
  const outcome = async (used: string) => {
    const answer = await as(used).call("queues.list");
    return answer.ok ? "ok" : answer.error.code;
  };
  expect(await outcome(token)).toBe("ok");
  const wrong = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
  expect(await outcome(wrong)).toBe("apiKeyRefused");
  expect(await outcome("key_short")).toBe("apiKeyRefused");

  await admin.call("apiKeys.change", { params, body: { ...fields, enabled: false, rev: 1 } });
  expect(await outcome(token)).toBe("apiKeyRefused");
  await admin.call("apiKeys.change", { params, body: { ...fields, enabled: true, rev: 2 } });
  expect(await outcome(token)).toBe("ok");

  const renewed = await admin.call("apiKeys.newToken", { params });
  if (!renewed.ok) throw new Error(renewed.error.message);
  expect([await outcome(token), await outcome(renewed.value.token)]).toEqual(["apiKeyRefused", "ok"]);

  await clock.advance(3_600_000);
  expect(await outcome(renewed.value.token)).toBe("apiKeyExpired");
  await admin.call("apiKeys.delete", { params });
  expect(await outcome(renewed.value.token)).toBe("apiKeyRefused");
});

test("its last use is noted, from where, to the minute", async () => {
  const { apiKeyId, token } = await make();
  const used = async () => {
    const answer = await admin.call("apiKeys.get", { params: { apiKeyId } });
    return answer.ok ? [answer.value.lastUsedAt, answer.value.lastUsedFrom, answer.value.rev] : null;
  };
  expect(await used()).toEqual([null, null, 1]);
  await as(token).call("queues.list");
  const first = new Date(clock.now()).toISOString();
  const [at, from] = (await used()) ?? [];
  expect(at).toBe(first);
  expect(from).toMatch(/127\.0\.0\.1/);
  await clock.advance(59_000);
  await as(token).call("queues.list");
  expect((await used())?.[0]).toBe(first);
  await clock.advance(1_000);
  await as(token).call("queues.list");
  expect((await used())?.[0]).toBe(new Date(clock.now()).toISOString());
});

test("each answer says what is left of its limit; beyond it, when to come back", async () => {
  const { token } = await make({ requestsPerMinute: 10 });
  const other = await make({ requestsPerMinute: 10 });
  const get = (used: string) =>
    fetch(`${runtime.baseUrl}/api/queues`, { headers: { Authorization: `Bearer ${used}` } });
  const first = await get(token);
  expect(first.headers.get("ratelimit-policy")).toBe('"key";q=10;w=60');
  expect(first.headers.get("ratelimit")).toMatch(/^"key";r=9;t=(60|59)$/);
  for (let n = 0; n < 9; n++) expect((await get(token)).status).toBe(200);
  const refused = await get(token);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("ratelimit")).toMatch(/^"key";r=0;t=\d+$/);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
  expect(await refused.json()).toMatchObject({ error: { code: "tooManyRequests" } });
  expect((await get(other.token)).status).toBe(200);
});
