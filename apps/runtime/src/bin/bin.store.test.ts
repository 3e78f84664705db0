import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

/** What is deleted lies in the bin for 30 days, and comes back as it was. */
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const inBin = async (name: string, client = admin) =>
  must(await client.call("bin.list")).items.filter((item) => item.name === name);
const restore = async (name: string) => {
  const [item] = await inBin(name);
  return admin.call("bin.restore", { params: { binId: item?.binId ?? "" } });
};

const document = (id: string, name: string) => ({
  ...{ formatVersion: 1, id, name, languages: ["fr-FR"], entry: "n1", edges: [] },
  nodes: [{ id: "n1", name: "End", type: "hangup", typeVersion: 1, config: { prompt: null } }],
});
const createFlow = async (flowId: string, name: string) =>
  must(await admin.call("flows.create", { body: { name, flowId, document: document(flowId, name) } }));

const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const hours = (name: string) => ({ name, timeZone: null, week, holidays: [] });

test("a flow comes back with its draft, its scenarios and the version that was in service", async () => {
  await createFlow("shop", "Shop");
  const scenario = { name: "ends", steps: [{ calls: {} }] };
  const params = { flowId: "shop" };
  must(await admin.call("flows.publish", { params, body: { document: document("shop", "Shop"), note: "First" } }));
  must(await admin.call("flowScenarios.save", { params, body: { rev: null, scenarios: [scenario] } }));
  const kept = await admin.call("flowScenarios.get", { params });
  const origin = { kind: "import" as const, from: "Staging", templateId: null, values: {}, mapped: {}, scenarios: [] };
  const body = { rev: null, origin: { ...origin, document: document("shop", "Shop") } };
  const cameFrom = must(await admin.call("flowOrigins.save", { params, body }));
  const before = must(await admin.call("flows.get", { params }));
  must(await admin.call("flows.delete", { params }));
  expect(await admin.call("flows.get", { params })).toMatchObject({ error: { code: "notFound" } });
  const me = must(await admin.call("session.get")).user;
  expect(await inBin("Shop")).toMatchObject([{ resource: "flows", targetId: "shop", deletedBy: me.name }]);
  expect(must(await restore("Shop"))).toEqual({ resource: "flows", targetId: "shop", name: "Shop" });
  expect(must(await admin.call("flows.get", { params }))).toEqual(before);
  expect(await admin.call("flowScenarios.get", { params })).toEqual(kept);
  expect(must(await admin.call("flowOrigins.get", { params }))).toEqual(cameFrom);
  expect(await inBin("Shop")).toEqual([]);
});

test("a flow whose id was taken meanwhile comes back as a draft beside it", async () => {
  await createFlow("desk", "Desk");
  must(await admin.call("flows.delete", { params: { flowId: "desk" } }));
  await createFlow("desk", "Another desk");
  expect(must(await restore("Desk"))).toEqual({ resource: "flows", targetId: "desk-2", name: "Desk (2)" });
  const draft = must(await admin.call("flows.getDraft", { params: { flowId: "desk-2" } }));
  expect(draft.document).toMatchObject({ id: "desk-2", name: "Desk (2)" });
  expect(must(await admin.call("flows.get", { params: { flowId: "desk" } })).name).toBe("Another desk");
});

test("a deleted flow that is published again as it was is in service again", async () => {
  await createFlow("again", "Again");
  const publish = { params: { flowId: "again" }, body: { document: document("again", "Again"), note: "" } };
  const first = must(await admin.call("flows.publish", publish));
  must(await admin.call("flows.delete", { params: { flowId: "again" } }));
  const second = must(await admin.call("flows.publish", publish));
  expect(second.version.versionId).toBe(first.version.versionId);
  expect(must(await admin.call("flows.get", { params: { flowId: "again" } })).published?.number).toBe(1);
});

test("what the company has comes back under its id; under another name where its own is taken", async () => {
  const { scheduleId } = must(await admin.call("schedules.create", { body: hours("Winter") }));
  must(await admin.call("schedules.delete", { params: { scheduleId } }));
  must(await admin.call("schedules.create", { body: hours("Winter") }));
  expect(must(await restore("Winter"))).toEqual({ resource: "schedules", targetId: scheduleId, name: "Winter (2)" });
  expect(must(await admin.call("schedules.get", { params: { scheduleId } })).name).toBe("Winter (2)");
});

test("a line whose flow is gone waits for it: the refusal says so", async () => {
  await createFlow("target", "Target");
  const body = { name: "Main", number: "+33142780001", flowId: "target", queueId: null, language: null };
  const { lineId } = must(await admin.call("lines.create", { body }));
  expect(await admin.call("flows.delete", { params: { flowId: "target" } })).toMatchObject({
    error: { code: "inUse" },
  });
  must(await admin.call("lines.delete", { params: { lineId } }));
  must(await admin.call("flows.delete", { params: { flowId: "target" } }));
  expect(await restore("Main")).toMatchObject({ ok: false, error: { code: "notFound" } });
  must(await restore("Target"));
  must(await restore("Main"));
  expect(must(await admin.call("lines.get", { params: { lineId } })).flowId).toBe("target");
});

test("only who may change a kind of thing sees it there; for good is for good, and so are 30 days", async () => {
  await createFlow("old", "Old");
  must(await admin.call("flows.delete", { params: { flowId: "old" } }));
  const supervisor = await runtime.user(company, "supervisor");
  const [item] = await inBin("Old");
  const params = { binId: item?.binId ?? "" };
  expect(await inBin("Old", supervisor)).toEqual([]);
  expect(await supervisor.call("bin.restore", { params })).toMatchObject({ error: { code: "notAllowed" } });
  must(await admin.call("bin.delete", { params }));
  expect(await admin.call("bin.restore", { params })).toMatchObject({ error: { code: "notFound" } });
  await createFlow("older", "Older");
  must(await admin.call("flows.delete", { params: { flowId: "older" } }));
  // Past its time, whether or not the store has swept it.
  await runtime.store.connection
    .collection("bin")
    .updateOne({ name: "Older" }, { $set: { expiresAt: new Date(Date.parse("2001-01-01")) } });
  expect(await inBin("Older")).toEqual([]);
});
