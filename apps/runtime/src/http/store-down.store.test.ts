import { expect, test } from "vitest";
import { startTestRuntime, testPassword } from "./testing/test-runtime.ts";

test("a store that is gone is told as such, in the reader's language, and ends nobody's session", async () => {
  const runtime = await startTestRuntime();
  const company = await runtime.company("demo");
  await runtime.operator(company, "101", "Inès");
  const client = runtime.client();
  await client.call("desk.signIn", { body: { code: "101", password: testPassword } });
  await runtime.store.connection.close();
  expect(await client.call("desk.get")).toMatchObject({ ok: false, error: { code: "storeUnavailable", status: 503 } });
  const french = await fetch(`${runtime.baseUrl}/api/desk/start`, { headers: { "Accept-Language": "fr" } });
  expect((await french.json()).error.message).toBe("La base de données ne répond pas.");
  expect(french.headers.getSetCookie()).toEqual([]);
  await runtime.close();
});
