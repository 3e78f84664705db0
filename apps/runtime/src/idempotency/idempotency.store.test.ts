import { allRoutes, type Company, errorsOf, takesIdempotencyKey } from "@cordboard/api";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { virtualClock } from "../testing/virtual-clock.ts";

const clock = virtualClock();
let runtime: TestRuntime;
let company: Company;
let token: string;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("home");
  ({ token } = await runtime.apiKey(company, ["queues:write", "operators:write"]));
});
afterAll(() => runtime.close());

async function post(path: string, body: object, key: string | null, used = token) {
  const answer = await fetch(`${runtime.baseUrl}${path}`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${used}`,
      "Content-Type": "application/json",
      ...(key !== null && { "Idempotency-Key": key }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

const queue = (name: string) => ({ name, operatorIds: [] });
const queuesNamed = async (name: string) =>
  (await runtime.store.connection.collection("queues").find({ name }).toArray()).length;

test("what is asked again under its key is done once, and answered alike", async () => {
  const first = await post("/api/queues", queue("Sales"), "5f1c");
  const again = await post("/api/queues", queue("Sales"), '"5f1c"');
  expect(first.status).toBe(200);
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await queuesNamed("Sales")).toBe(1);
  // Without a key, or under another one, it is another piece of work: here one that is refused.
  expect((await post("/api/queues", queue("Sales"), null)).status).toBe(409);
  expect((await post("/api/queues", queue("Sales"), "other")).body.error.code).toBe("alreadyExists");
});

test("two that come at once are done once; the second is told to wait, or gets the answer", async () => {
  const both = await Promise.all([
    post("/api/queues", queue("Twins"), "k2"),
    post("/api/queues", queue("Twins"), "k2"),
  ]);
  const codes = both.map(({ status, body }) => (status === 200 ? "ok" : body.error.code)).sort();
  expect(["idempotencyKeyBusy ok", "ok ok"]).toContain(codes.join(" "));
  expect(await queuesNamed("Twins")).toBe(1);
});

test("another request under a used key is refused, and does nothing", async () => {
  await post("/api/queues", queue("North"), "k3");
  expect(await post("/api/queues", queue("South"), "k3")).toMatchObject({
    status: 422,
    body: { error: { code: "idempotencyKeyReused" } },
  });
  expect(await queuesNamed("South")).toBe(0);
});

test("keys of two programs, or companies, have nothing to do with each other", async () => {
  const other = await runtime.apiKey(company, ["queues:write"]);
  expect((await post("/api/queues", queue("East"), "k4")).status).toBe(200);
  expect((await post("/api/queues", queue("West"), "k4", other.token)).status).toBe(200);
});

test("a refusal leaves the key free: the same request may succeed later", async () => {
  await post("/api/queues", queue("Busy"), null);
  expect((await post("/api/queues", queue("Busy"), "k5")).status).toBe(409);
  await runtime.store.connection.collection("queues").deleteOne({ name: "Busy" });
  expect((await post("/api/queues", queue("Busy"), "k5")).status).toBe(200);
});

test("work that failed half-way, or was cut off, is answered as unknown, never done again", async () => {
  const collection = runtime.store.connection.collection("queues");
  const broken = vi.spyOn(runtime.bus, "publish").mockImplementation(() => {
    throw new Error("after the write");
  });
  expect((await post("/api/queues", queue("Half"), "k6")).status).toBe(500);
  broken.mockRestore();
  expect(await post("/api/queues", queue("Half"), "k6")).toMatchObject({
    status: 409,
    body: { error: { code: "idempotencyUnknown" } },
  });
  // A process that died in the middle: the key is taken and nobody will ever answer.
  const kept = runtime.store.connection.collection<{ _id: string; answer: unknown }>("keptAnswers");
  await post("/api/queues", queue("Dead"), "k7");
  await kept.updateMany({}, { $set: { answer: null } });
  expect((await post("/api/queues", queue("Dead"), "k7")).body.error.code).toBe("idempotencyKeyBusy");
  await clock.advance(60_001);
  expect((await post("/api/queues", queue("Dead"), "k7")).body.error.code).toBe("idempotencyUnknown");
  expect(await collection.countDocuments({ name: "Dead" })).toBe(1);
});

test("a key is forgotten after a day", async () => {
  await post("/api/queues", queue("Old"), "k8");
  await clock.advance(24 * 3_600_000 - 1);
  expect((await post("/api/queues", queue("Old"), "k8")).headers.get("idempotency-replayed")).toBe("true");
  await clock.advance(1);
  expect((await post("/api/queues", queue("Old"), "k8")).body.error.code).toBe("alreadyExists");
});

test("an answer that shows a password is not in the store in clear", async () => {
  const fields = { code: "901", name: "Zoé", language: "fr", enabled: true };
  const { body } = await post("/api/operators", fields, "k9");
  expect(body.newPassword).toMatch(/.{8}/);
  const stored = JSON.stringify(await runtime.store.connection.collection("keptAnswers").find({}).toArray());
  expect(stored).not.toContain(body.newPassword);
  expect((await post("/api/operators", fields, "k9")).body.newPassword).toBe(body.newPassword);
});

test("what is no key is said", async () => {
  for (const key of ['"', "a b", "x".repeat(201)]) {
    expect((await post("/api/queues", queue("Odd"), key)).body.error.code).toBe("idempotencyKeyInvalid");
  }
  expect(await queuesNamed("Odd")).toBe(0);
});

test("each route that creates takes one and says so", () => {
  // Of what anybody may call, nobody's answer is kept.
  const creating = allRoutes.filter(({ id, roles }) => id.endsWith(".create") && roles !== "anyone");
  expect(creating.length).toBeGreaterThan(8);
  for (const route of creating) {
    expect(takesIdempotencyKey(route)).toBe(true);
    expect(errorsOf(route)).toContain("idempotencyKeyReused");
  }
});
