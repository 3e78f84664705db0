import type { ApiClient, AuditEntry, Company, InputOf, Routes } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";

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

async function entries(query: InputOf<Routes["audit.list"]>["query"] = {}): Promise<AuditEntry[]> {
  return must(await admin.call("audit.list", { query })).items;
}

test("says who changed what, when, from what to what", async () => {
  const target = { kind: "user", name: "101" } as const;
  const made = must(await admin.call("telephones.create", { body: { name: "Desk", target } }));
  const params = { telephoneId: made.telephoneId };
  must(await admin.call("telephones.change", { params, body: { name: "Reception", target, rev: 1 } }));
  must(await admin.call("telephones.delete", { params }));
  const told = await entries({ targetId: made.telephoneId });
  const by = { kind: "user", name: "admin of demo" };
  expect(told).toMatchObject([
    { action: "telephones.delete", resource: "telephones", by, before: { name: "Reception", target }, after: null },
    {
      action: "telephones.change",
      by,
      targetName: "Reception",
      before: { name: "Desk" },
      after: { name: "Reception" },
    },
    { action: "telephones.create", by, before: null, after: { name: "Desk", target } },
  ]);
  expect(Object.keys(told[1]?.after ?? {})).toEqual(["name"]);
  expect(told[0]?.address).toMatch(/127\.0\.0\.1|::/);
});

test("holds flows, settings and what is forced", async () => {
  const { flowId } = must(await admin.call("flows.create", { body: { name: "Told" } }));
  const { document } = must(await admin.call("flows.getDraft", { params: { flowId } }));
  must(await admin.call("flows.saveDraft", { params: { flowId }, body: { rev: 1, document } }));
  const { version } = must(
    await admin.call("flows.publish", { params: { flowId }, body: { document, note: "first" } }),
  );
  must(await admin.call("flows.delete", { params: { flowId } }));
  const told = await entries({ targetId: flowId });
  expect(told.map(({ action }) => action)).toEqual(["flows.delete", "flows.publish", "flows.create"]);
  expect(told[1]?.after).toMatchObject({ serving: version.versionId, number: 1, note: "first" });
  const { companyId, code, ...fields } = must(await admin.call("company.get"));
  must(await admin.call("company.change", { body: { ...fields, name: "Demo & Co" } }));
  const [settings] = await entries({ resource: "company" });
  expect(settings).toMatchObject({ before: { name: "DEMO" }, after: { name: "Demo & Co" }, targetId: companyId });
});

test("has no password in it, and says that one was changed", async () => {
  const fields = { email: "x@demo.example", name: "Xavier", role: "author", language: "fr", enabled: true } as const;
  const { userId, newPassword, rev } = must(await admin.call("users.create", { body: fields }));
  must(await admin.call("users.change", { params: { userId }, body: { ...fields, rev, password: testPassword } }));
  const again = must(await admin.call("users.newPassword", { params: { userId } }));
  const told = await entries({ targetId: userId });
  expect(told.map(({ action }) => action)).toEqual(["users.newPassword", "users.change", "users.create"]);
  expect(told[1]?.after).toEqual({ passwordHash: "•••" });
  const everything = await runtime.store.connection.collection("audit").find({}).toArray();
  const text = JSON.stringify(everything);
  for (const secret of [newPassword, again.newPassword, testPassword, "argon2"]) expect(text).not.toContain(secret);
});

test("tells how the numbers in it are written at home", async () => {
  must(await admin.call("doNotCall.add", { body: { numbers: ["+33639981299"], note: "" } }));
  const [entry] = await entries({ resource: "doNotCall" });
  expect(entry?.numberTexts).toEqual({ "+33639981299": "06 39 98 12 99" });
});

test("tells what the things are called whose ids are in it, as far as they are there still", async () => {
  const { operatorId } = must(
    await admin.call("operators.create", { body: { code: "877", name: "Inès", language: "fr", enabled: true } }),
  );
  const fields = { name: "Named", queueId: null, operatorIds: [operatorId], retentionDays: 30 };
  const { boxId } = must(await admin.call("voicemailBoxes.create", { body: fields }));
  const [entry] = await entries({ targetId: boxId });
  expect(entry?.names).toEqual({ [operatorId]: "Inès" });
  must(await admin.call("voicemailBoxes.delete", { params: { boxId } }));
  must(await admin.call("operators.delete", { params: { operatorId } }));
  const told = await entries({ targetId: boxId });
  expect(told.map(({ names }) => names)).toEqual([{}, {}]);
});

test("what was refused leaves nothing", async () => {
  const before = (await entries()).length;
  await admin.call("queues.delete", { params: { queueId: `queue_${"0".repeat(32)}` } });
  await admin.call("telephones.create", { body: { name: "N", target: { kind: "number", number: "call me" } } });
  expect((await entries()).length).toBe(before);
});

test("is read page by page, by time, by person; by administrators alone", async () => {
  const other = await runtime.company("other");
  const theirs = await runtime.user(other, "admin");
  const author = await runtime.user(company, "author");
  const me = must(await author.call("session.get")).user.userId;
  for (const name of ["A", "B", "C", "D", "E"]) {
    must(await author.call("scripts.create", { body: { name, url: "https://crm.example/", window: null } }));
  }
  const pages: AuditEntry[][] = [];
  for (let before: string | undefined; ; ) {
    const query = { userId: me, limit: 2, ...(before === undefined ? {} : { before }) };
    const page = must(await admin.call("audit.list", { query }));
    pages.push(page.items);
    if (page.next === null) break;
    before = page.next;
  }
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(new Set(pages.flat().map(({ auditId }) => auditId)).size).toBe(5);
  const future = new Date(Date.now() + 60_000).toISOString();
  expect(await entries({ userId: me, from: future })).toEqual([]);
  expect(await entries({ userId: me, until: future })).toHaveLength(5);
  const table = new TextDecoder().decode(must(await admin.call("audit.export", { query: { userId: me } })));
  const [heading, ...lines] = table.trim().split("\r\n");
  expect(heading).toBe("Time (UTC),By,Kind of author,Address,Action,Object,Name,Id,Before,After");
  expect(lines.map((line) => line.split(",")[6])).toEqual(["E", "D", "C", "B", "A"]);
  expect(await author.call("audit.list", { query: {} })).toMatchObject({ error: { code: "notAllowed" } });
  expect(await author.call("audit.export", { query: {} })).toMatchObject({ error: { code: "notAllowed" } });
  expect(must(await theirs.call("audit.list", { query: {} })).items).toEqual([]);
});
