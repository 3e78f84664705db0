import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { standardCallbacks } from "../queues/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";

const clock = virtualClock(Date.UTC(2026, 10, 30, 9));
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const create = async (name: string) => must(await admin.call("flows.create", { body: { name } }));
const draftOf = async (flowId: string) => must(await admin.call("flows.getDraft", { params: { flowId } }));
const summaryOf = async (flowId: string) => must(await admin.call("flows.get", { params: { flowId } }));

async function publish(flowId: string, note = "") {
  const { document } = await draftOf(flowId);
  return must(await admin.call("flows.publish", { params: { flowId }, body: { document, note } })).version;
}

async function put(callId: string, flowVersionId: string, status: "live" | "ended"): Promise<void> {
  await runtime.store.connection.collection<{ readonly _id: string }>("calls").insertOne({
    _id: callId,
    ...{ companyId: company.companyId, flowVersionId, status, unrecorded: true, traceTail: [] },
  });
}

describe("a flow from nothing", () => {
  test("has an id made of its name, and can be published as it is", async () => {
    const made = await create("Accueil téléphonique d’été");
    expect(made).toMatchObject({ flowId: "accueil-telephonique-d-ete", rev: 1, savedBy: { name: "admin of demo" } });
    expect(await summaryOf(made.flowId)).toMatchObject({ name: "Accueil téléphonique d’été", published: null });
    expect((await publish(made.flowId)).number).toBe(1);
  });

  test("of the same name is another flow; an id that was asked for must be free", async () => {
    const first = await create("Twice");
    const second = await create("Twice");
    expect([first.flowId, second.flowId]).toEqual(["twice", "twice-2"]);
    const again = await admin.call("flows.create", { body: { name: "Other", flowId: "twice" } });
    expect(again).toMatchObject({ error: { code: "alreadyExists", details: { value: "twice" } } });
    expect((await create("語")).flowId).toBe("flow");
  });

  test("takes a document that comes from elsewhere under its own id and name", async () => {
    const document = { id: "theirs", name: "Theirs", nodes: [], formatVersion: 1 };
    const made = must(await admin.call("flows.create", { body: { name: "Imported", document } }));
    const draft = await draftOf(made.flowId);
    expect(draft.document).toMatchObject({ id: "imported", name: "Imported", nodes: [] });
  });

  test("of hostile JSON is refused, or is kept as the text that it is", async () => {
    const body = JSON.parse('{"name":"Proto","document":{"__proto__":{"polluted":true},"nodes":[]}}');
    const made = must(await admin.call("flows.create", { body }));
    expect(Object.hasOwn({}, "polluted")).toBe(false);
    expect((await draftOf(made.flowId)).document).toMatchObject({ id: "proto" });
    let deep: object = {};
    for (let depth = 0; depth < 100; depth++) deep = { deep };
    const refused = await admin.call("flows.create", { body: { name: "Deep", document: { deep } } });
    expect(refused).toMatchObject({ ok: false, error: { status: 400 } });
  });
});

describe("a draft", () => {
  test("is ahead of what is published only while it does something else", async () => {
    const { flowId } = await create("Ahead");
    await publish(flowId);
    expect((await summaryOf(flowId)).draft).toMatchObject({ rev: 1, ahead: false });
    const { document } = await draftOf(flowId);
    const save = (rev: number, changed: object) =>
      admin.call("flows.saveDraft", { params: { flowId }, body: { rev, document: { ...document, ...changed } } });
    must(await save(1, { layout: { nGoodbye: [9, 9] } }));
    expect((await summaryOf(flowId)).draft).toMatchObject({ rev: 2, ahead: false });
    must(await save(2, { onError: "nGoodbye" }));
    expect((await summaryOf(flowId)).draft).toMatchObject({ rev: 3, ahead: true });
    must(await save(3, { nodes: "broken" }));
    expect((await summaryOf(flowId)).draft).toMatchObject({ rev: 4, ahead: true });
  });

  test("is given up for what is published; whoever still edits it is told, and loses nothing", async () => {
    const { flowId } = await create("Given up");
    const params = { flowId };
    const only = await admin.call("flows.discardDraft", { params });
    expect(only).toMatchObject({ error: { code: "neverPublished" } });
    await publish(flowId);
    const { document } = await draftOf(flowId);
    must(await admin.call("flows.discardDraft", { params }));
    expect((await summaryOf(flowId)).draft).toBeNull();
    const late = await admin.call("flows.saveDraft", { params, body: { rev: 1, document } });
    expect(late).toMatchObject({ error: { code: "draftChanged", details: { draft: null } } });
    // The next draft counts on: a late save can never be taken for one that was made on it.
    const next = must(await admin.call("flows.saveDraft", { params, body: { rev: null, document } }));
    expect(next.rev).toBe(2);
    const later = await admin.call("flows.saveDraft", { params, body: { rev: 1, document } });
    expect(later).toMatchObject({ error: { code: "draftChanged", details: { draft: { rev: 2 } } } });
  });

  test("saved by two at once is that of one, and the other is told", async () => {
    const { flowId } = await create("Race");
    const { document } = await draftOf(flowId);
    const save = (n: number) =>
      admin.call("flows.saveDraft", { params: { flowId }, body: { rev: 1, document: { ...document, n } } });
    const answers = await Promise.all([1, 2, 3, 4].map(save));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
    expect(refused).toEqual(["draftChanged", "draftChanged", "draftChanged"]);
  });
});

test("live calls are counted on the version they are on, while they are live", async () => {
  const { flowId } = await create("Busy");
  const first = await publish(flowId);
  const { document } = await draftOf(flowId);
  const changed = { ...document, onError: "nGoodbye" };
  const second = must(await admin.call("flows.publish", { params: { flowId }, body: { document: changed, note: "" } }));
  await put("call_1", first.versionId, "live");
  await put("call_2", first.versionId, "live");
  await put("call_3", second.version.versionId, "live");
  await put("call_4", second.version.versionId, "ended");
  const flow = await summaryOf(flowId);
  expect(flow.liveCalls).toBe(3);
  expect(flow.versions.map(({ number, liveCalls }) => [number, liveCalls])).toEqual([
    [2, 1],
    [1, 2],
  ]);
  const listed = must(await admin.call("flows.list")).items.find((one) => one.flowId === flowId);
  expect(listed?.liveCalls).toBe(3);
});

describe("a flow is deleted", () => {
  const remove = (flowId: string) => admin.call("flows.delete", { params: { flowId } });

  test("unless a line leads to it, which is named", async () => {
    const { flowId } = await create("On a line");
    const body = { name: "Main", number: "0199001099", flowId, queueId: null, language: null };
    const line = must(await admin.call("lines.create", { body }));
    const refused = await remove(flowId);
    expect(refused).toMatchObject({
      error: { code: "inUse", details: { uses: [{ kind: "line", id: line.lineId, name: "Main" }] } },
    });
    expect(!refused.ok && refused.error.message).toBe("Still used by: the line “Main”.");
    must(await admin.call("lines.delete", { params: { lineId: line.lineId } }));
    expect((await remove(flowId)).ok).toBe(true);
    expect(await admin.call("flows.get", { params: { flowId } })).toMatchObject({ error: { code: "notFound" } });
  });

  test("unless calls are on it", async () => {
    const { flowId } = await create("Called");
    await put("call_5", (await publish(flowId)).versionId, "live");
    expect(await remove(flowId)).toMatchObject({
      error: { code: "inUse", details: { uses: [{ kind: "liveCalls", name: "1" }] } },
    });
  });

  test("and its versions stay readable for the traces of its calls; a later one of the same id counts on", async () => {
    const { flowId } = await create("Gone");
    const { versionId } = await publish(flowId, "the first");
    must(await remove(flowId));
    const kept = must(await admin.call("flows.getVersion", { params: { flowId, versionId } }));
    expect(kept).toMatchObject({ number: 1, note: "the first" });
    must(await admin.call("flows.create", { body: { name: "Gone", flowId } }));
    const { document } = await draftOf(flowId);
    const next = { ...document, onError: "nGoodbye" };
    const again = must(await admin.call("flows.publish", { params: { flowId }, body: { document: next, note: "" } }));
    expect(again.version.number).toBe(2);
  });

  test("by those who may publish, once it was published", async () => {
    const consultant = await runtime.user(company, "consultant");
    const { flowId } = await create("Guarded");
    await publish(flowId);
    expect(await consultant.call("flows.delete", { params: { flowId } })).toMatchObject({
      error: { code: "notAllowed" },
    });
    const { flowId: drawn } = await create("Only drawn");
    expect((await consultant.call("flows.delete", { params: { flowId: drawn } })).ok).toBe(true);
  });
});

describe("what flows use is not deleted", () => {
  const queue = (name: string) => ({
    ...{ name, operatorIds: [], order: "longestIdle" as const, offerMs: 20_000, wrapUpMs: null, refusalAllowed: true },
    ...{ missedMeansPause: true, askAgainMs: 60_000, askAgainAloneMs: 10_000, scriptId: null },
    callbacks: standardCallbacks,
  });

  test("by a draft, by what is published, by what a live call is still on", async () => {
    const { queueId } = must(await admin.call("queues.create", { body: queue("Sales") }));
    const { flowId } = await create("Uses sales");
    const params = { flowId };
    const plain = (await draftOf(flowId)).document;
    const wait = { id: "nWait", name: "Wait", type: "hunt", typeVersion: 1, config: { queue: queueId } };
    const waiting = { ...plain, nodes: [wait] };
    must(await admin.call("flows.saveDraft", { params, body: { rev: 1, document: waiting } }));
    const place = { kind: "flow", id: flowId, name: "Uses sales" };
    const remove = () => admin.call("queues.delete", { params: { queueId } });
    const inDraft = await remove();
    expect(inDraft).toMatchObject({ error: { code: "inUse", details: { uses: [{ ...place, draft: true }] } } });
    expect(!inDraft.ok && inDraft.error.message).toContain("the flow “Uses sales” (draft)");
    must(await admin.call("flows.saveDraft", { params, body: { rev: 2, document: plain } }));
    // A version that is no longer served, with a caller on it.
    const record = { _id: "ver_old", companyId: company.companyId, flowId, number: 90, hash: "sha256:old", note: "" };
    const text = JSON.stringify(waiting);
    await runtime.store.connection
      .collection<{ readonly _id: string }>("flowVersions")
      .insertOne({ ...record, ...{ publishedAt: 0, publishedBy: null, text } });
    await put("call_6", "ver_old", "live");
    expect(await remove()).toMatchObject({ error: { code: "inUse", details: { uses: [place] } } });
    await runtime.store.connection.collection<{ readonly _id: string }>("calls").deleteOne({ _id: "call_6" });
    expect((await remove()).ok).toBe(true);
  });

  test("a name that only looks like the id does not count", async () => {
    const { scope, features } = { scope: systemScope(company.companyId), features: runtime.features };
    const telephone = await features.telephones.create(scope, { name: "T", target: { kind: "user", name: "t" } });
    await features.flows.create(scope, { name: telephone.telephoneId });
    expect(await features.flows.using(scope, "telephone", telephone.telephoneId)).toEqual([]);
  });
});

describe("a version that is planned for a time", () => {
  const plan = async (flowId: string, at: string) => {
    const { document } = await draftOf(flowId);
    return admin.call("flows.publish", { params: { flowId }, body: { document, note: "Christmas", at } });
  };
  const rename = async (flowId: string) => {
    const { rev, document } = await draftOf(flowId);
    const body = { rev, document: { ...document, name: `${flowId} later`, languages: ["en-GB"] } };
    must(await admin.call("flows.saveDraft", { params: { flowId }, body }));
  };
  const inHours = (hours: number) => new Date(clock.now() + hours * 3_600_000).toISOString();

  test("is checked and numbered now, goes into service at its time, once, and is told in the audit log under who planned it", async () => {
    const { flowId } = await create("Planned");
    const first = await publish(flowId);
    await rename(flowId);
    const at = inHours(2);
    const { version } = must(await plan(flowId, at));
    expect(version.number).toBe(2);
    const waiting = await summaryOf(flowId);
    expect(waiting).toMatchObject({ name: "Planned", published: { versionId: first.versionId } });
    expect(waiting.planned).toMatchObject({
      ...{ versionId: version.versionId, number: 2, at },
      by: { name: "admin of demo" },
    });

    const { planned } = runtime.features.flows;
    await planned.serveDue();
    expect((await summaryOf(flowId)).published?.number).toBe(1);
    await clock.advance(2 * 3_600_000);
    await Promise.all([planned.serveDue(), planned.serveDue()]);
    expect(await summaryOf(flowId)).toMatchObject({ name: "planned later", published: { number: 2 }, planned: null });
    const { items } = must(await admin.call("audit.list", { query: { targetId: flowId } }));
    expect(items.filter(({ after }) => JSON.stringify(after).includes("serving"))).toHaveLength(2);
    expect(items[0]).toMatchObject({
      by: { name: "admin of demo" },
      after: { serving: version.versionId, planned: true },
    });
  });

  test("can be taken back, is replaced by another plan, and keeps what it uses from being deleted", async () => {
    const { flowId } = await create("Unplanned");
    await publish(flowId);
    await rename(flowId);
    must(await plan(flowId, inHours(5)));
    must(await plan(flowId, inHours(3)));
    expect((await summaryOf(flowId)).planned?.at).toBe(inHours(3));
    must(await admin.call("flows.cancelPlanned", { params: { flowId } }));
    expect((await summaryOf(flowId)).planned).toBeNull();
    const again = await admin.call("flows.cancelPlanned", { params: { flowId } });
    expect(again).toMatchObject({ error: { code: "notFound" } });
    expect((await summaryOf(flowId)).versions.map(({ number }) => number)).toEqual([2, 1]);
  });

  test("is refused for a time that has passed, and for one that is far away", async () => {
    const { flowId } = await create("Never");
    expect(await plan(flowId, inHours(-1))).toMatchObject({ error: { code: "publishTimePast" } });
    expect(await plan(flowId, inHours(24 * 400))).toMatchObject({ error: { code: "publishTimeFar" } });
  });
});
