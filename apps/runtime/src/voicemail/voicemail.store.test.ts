import type { ApiClient, Company, Operator, VoicemailBox } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import type { MessageToDeliver } from "../calls/recorder.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { voicemailChannel } from "../ports/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { createMailbox } from "./mailbox.ts";
import { createRetention } from "./retention.ts";

const DAY_MS = 86_400_000;
const clock = virtualClock();
const hex = (digit: string) => digit.repeat(32);

let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let desk: ApiClient;
let ines: Operator;
let tom: Operator;
/** What was recorded, by the digit of its id; what is missing has been forgotten on the disk. */
const recorded = new Map<string, Uint8Array>();

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
  ines = await runtime.operator(company, "101", "Inès");
  tom = await runtime.operator(company, "102", "Tom");
  desk = runtime.client();
  must(await desk.call("desk.signIn", { body: { company: "demo", code: "101", password: testPassword } }));
});
afterAll(() => runtime.close());

let box: VoicemailBox;
let private_: VoicemailBox;
let boxes = 0;
beforeEach(async () => {
  boxes += 1;
  const fields = { queueId: null, retentionDays: 30 };
  box = must(
    await supervisor.call("voicemailBoxes.create", {
      body: { ...fields, name: `Sales ${boxes}`, operatorIds: [ines.operatorId] },
    }),
  );
  private_ = must(
    await supervisor.call("voicemailBoxes.create", {
      body: { ...fields, name: `Management ${boxes}`, operatorIds: [tom.operatorId] },
    }),
  );
});

/** The value of an answer that must have succeeded. */
function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

function mailbox() {
  return createMailbox({
    connection: runtime.store.connection,
    bus: runtime.bus,
    clock,
    recordings: {
      async whole({ companyId, recordingId }) {
        const bytes = recorded.get(recordingId);
        if (!bytes) return null;
        return {
          sha256: await runtime.media.addPrivate(companyId, bytes),
          durationMs: bytes.length,
          peaks: [0, 50, 100],
        };
      },
      remove: async ({ recordingId }) => void recorded.delete(recordingId),
    },
  });
}

let left = 0;
/** A caller has left a message of so many ms. */
async function leave(boxId: string, about: Partial<MessageToDeliver> & { durationMs?: number } = {}) {
  left += 1;
  const { durationMs = 4_000, ...given } = about;
  const recordingId = `rec_${left.toString(16).padStart(32, "0")}`;
  const audio = new Uint8Array(durationMs).fill(left);
  recorded.set(recordingId, audio);
  const message: MessageToDeliver = {
    companyId: company.companyId,
    callId: `call_${hex("c")}`,
    recordingId,
    boxId,
    minMs: 2_000,
    from: "+33612345678",
    hidden: false,
    callerName: "Léa",
    lineName: "Main",
    ...given,
  };
  await mailbox().deliver(message);
  return { message, messageId: recordingId.replace("rec_", "msg_"), audio };
}
const list = async (client: ApiClient, query: object = {}) => must(await client.call("messages.list", { query })).items;
const atDesk = async (query: object = {}) => must(await desk.call("deskMessages.list", { query })).items;

describe("a message", () => {
  test("is delivered once, whoever delivers it and how often", async () => {
    const told: unknown[] = [];
    const stop = runtime.bus.subscribe(voicemailChannel(company.companyId), (change) => told.push(change));
    const { message, messageId, audio } = await leave(box.boxId);
    // The process died before it noted that it had delivered: the next one does it again.
    recorded.set(message.recordingId, audio);
    await mailbox().deliver(message);
    stop();
    expect(recorded.size).toBe(0);
    expect(await list(supervisor, { boxId: box.boxId })).toEqual([
      expect.objectContaining({
        messageId,
        state: "new",
        durationMs: 4_000,
        fromText: "06 12 34 56 78",
        callerName: "Léa",
        boxName: box.name,
      }),
    ]);
    expect(told).toEqual([{ boxId: box.boxId }]);
  });

  test("too short is none, and one of exactly the shortest is", async () => {
    await leave(box.boxId, { durationMs: 1_999 });
    const { messageId } = await leave(box.boxId, { durationMs: 2_000 });
    expect(recorded.size).toBe(0);
    expect((await list(supervisor, { boxId: box.boxId })).map((found) => found.messageId)).toEqual([messageId]);
  });

  test("of a hidden caller keeps neither number nor name", async () => {
    const { messageId } = await leave(box.boxId, { hidden: true });
    const message = must(await supervisor.call("messages.get", { params: { messageId } }));
    expect(message).toMatchObject({ from: null, fromText: null, callerName: null, hidden: true });
    const stored = await runtime.store.connection.collection("messages").findOne({ hidden: true });
    expect(stored).toMatchObject({ from: null, callerName: null });
  });

  test("is heard by its address, also a part of it, for a while", async () => {
    const { messageId, audio } = await leave(box.boxId);
    const { url, durationMs } = must(await desk.call("deskMessages.audio", { params: { messageId } }));
    expect(durationMs).toBe(4_000);
    const part = await fetch(`${runtime.baseUrl}${url}`, { headers: { Range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(audio.subarray(10, 20));
    // Asking for it says nothing of hearing it.
    expect((await atDesk({ boxId: box.boxId }))[0]).toMatchObject({ state: "new", heard: null });
    await clock.advance(16 * 60_000);
    expect((await fetch(`${runtime.baseUrl}${url}`)).status).toBe(404);
  });
});

describe("an operator", () => {
  test("sees the boxes that name them, and no other message exists for them", async () => {
    const mine = await leave(box.boxId);
    const other = await leave(private_.boxId);
    expect((await atDesk()).map(({ messageId }) => messageId)).toContain(mine.messageId);
    expect((await atDesk()).map(({ messageId }) => messageId)).not.toContain(other.messageId);
    expect(await atDesk({ boxId: private_.boxId })).toEqual([]);
    const params = { messageId: other.messageId };
    for (const answer of [
      await desk.call("deskMessages.audio", { params }),
      await desk.call("deskMessages.change", { params, body: { heard: true } }),
      await desk.call("deskMessages.calledBack", { params }),
      await desk.call("deskMessages.delete", { params }),
      await desk.call("deskMessages.restore", { params }),
    ]) {
      expect(answer).toMatchObject({ ok: false, error: { code: "notFound" } });
    }
    const lamp = must(await desk.call("deskMessages.boxes")).items;
    expect(lamp.find(({ boxId }) => boxId === box.boxId)).toMatchObject({ unheard: 1 });
    expect(lamp.map(({ boxId }) => boxId)).not.toContain(private_.boxId);
  });

  test("marks it heard, and unheard again; who and when is kept", async () => {
    const { messageId } = await leave(box.boxId);
    const params = { messageId };
    const heard = must(await desk.call("deskMessages.change", { params, body: { heard: true } }));
    const by = { kind: "operator", id: ines.operatorId, name: "Inès" };
    expect(heard).toMatchObject({ state: "kept", heard: { at: new Date(clock.now()).toISOString(), by } });
    // Somebody else who hears it later was not the first.
    const again = must(await supervisor.call("messages.change", { params, body: { heard: true } }));
    expect(again.heard?.by).toEqual(by);
    expect(await atDesk({ boxId: box.boxId, state: "new" })).toEqual([]);
    expect(await atDesk({ boxId: box.boxId, state: "kept" })).toHaveLength(1);
    expect(must(await desk.call("deskMessages.change", { params, body: { heard: false } }))).toMatchObject({
      state: "new",
      heard: null,
    });
  });

  test("notes something, calls back, deletes, and thinks again", async () => {
    const { messageId } = await leave(box.boxId);
    const params = { messageId };
    must(await desk.call("deskMessages.change", { params, body: { note: "Wants a quote" } }));
    const called = must(await desk.call("deskMessages.calledBack", { params }));
    expect(called).toMatchObject({ note: "Wants a quote", calledBack: { by: { name: "Inès" } } });
    must(await desk.call("deskMessages.delete", { params }));
    expect(await atDesk({ boxId: box.boxId })).toEqual([]);
    const [deleted] = await atDesk({ boxId: box.boxId, state: "deleted" });
    expect(deleted?.keptUntil).toBe(new Date(clock.now() + 7 * DAY_MS).toISOString());
    expect(must(await desk.call("deskMessages.restore", { params }))).toMatchObject({ state: "new" });
    expect(await atDesk({ boxId: box.boxId })).toHaveLength(1);
  });

  test("is given one, if they may hear it", async () => {
    const { messageId } = await leave(box.boxId);
    const params = { messageId };
    const given = must(await supervisor.call("messages.change", { params, body: { assignedTo: ines.operatorId } }));
    expect(given.assignedTo).toEqual({ operatorId: ines.operatorId, name: "Inès" });
    expect(await atDesk({ assignedTo: ines.operatorId, boxId: box.boxId })).toHaveLength(1);
    expect(await supervisor.call("messages.change", { params, body: { assignedTo: tom.operatorId } })).toMatchObject({
      error: { code: "notFound" },
    });
    expect(
      must(await supervisor.call("messages.change", { params, body: { assignedTo: null } })).assignedTo,
    ).toBeNull();
  });
});

test("messages come in pages, the newest first, and none twice", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    ids.unshift((await leave(box.boxId)).messageId);
    // Two of them in the same millisecond.
    if (count !== 2) await clock.advance(1);
  }
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = must(
      await supervisor.call("messages.list", { query: { boxId: box.boxId, limit: 2, ...(before && { before }) } }),
    );
    seen.push(...page.items.map(({ messageId }) => messageId));
    before = page.next ?? undefined;
  } while (before);
  expect(seen).toEqual(ids);
  expect(await supervisor.call("messages.list", { query: { before: "yesterday" } })).toMatchObject({
    error: { code: "requestInvalid" },
  });
});

describe("a box", () => {
  test("is not deleted while it holds messages, or while operators and queues are named that do not exist", async () => {
    const { messageId } = await leave(box.boxId);
    const params = { boxId: box.boxId };
    const refused = await supervisor.call("voicemailBoxes.delete", { params });
    expect(refused).toMatchObject({ error: { code: "inUse", details: { uses: [{ kind: "messages", name: "1" }] } } });
    must(await supervisor.call("messages.delete", { params: { messageId } }));
    must(await supervisor.call("voicemailBoxes.delete", { params }));
    for (const change of [{ operatorIds: [`op_${hex("f")}`] }, { queueId: `queue_${hex("f")}` }]) {
      const { boxId, rev, greetings, hasCode, ...fields } = private_;
      const body = { ...fields, ...change, rev };
      expect(await supervisor.call("voicemailBoxes.change", { params: { boxId }, body })).toMatchObject({
        error: { code: "notFound" },
      });
    }
  });

  test("keeps an operator who may hear it from being deleted", async () => {
    const admin = await runtime.user(await runtime.company(`c${boxes}`), "admin");
    const operator = must(
      await admin.call("operators.create", {
        body: { code: "9", name: "Zoé", language: "fr", enabled: true, password: testPassword },
      }),
    );
    must(
      await admin.call("voicemailBoxes.create", {
        body: { name: "Zoé's", queueId: null, operatorIds: [operator.operatorId], retentionDays: 1 },
      }),
    );
    const refused = await admin.call("operators.delete", { params: { operatorId: operator.operatorId } });
    expect(refused).toMatchObject({ error: { details: { uses: [{ kind: "voicemailBox", name: "Zoé's" }] } } });
  });
});

test("messages are deleted for good when their time is over, with their audio; a message of a box that is gone is kept meanwhile", async () => {
  const removed: string[] = [];
  const retention = createRetention({
    connection: runtime.store.connection,
    companies: runtime.features.companies,
    boxes: runtime.features.voicemailBoxes,
    sweepTries: runtime.features.codeTries.sweep,
    sweepConversations: runtime.features.conversations.sweep,
    clock,
    removeAudio: async (_companyId, sha256) => void removed.push(sha256),
    log: { warn: () => undefined },
  });
  const old = await leave(box.boxId);
  const homeless = await leave(`box_${hex("e")}`);
  await clock.advance(29 * DAY_MS);
  const young = await leave(box.boxId);
  const regretted = await leave(box.boxId);
  const scope = systemScope(company.companyId);
  await runtime.features.messages.remove({ ...scope, role: "supervisor" }, regretted.messageId);
  await retention.sweep();
  const ids = async () =>
    (await runtime.store.connection.collection<{ _id: string }>("messages").find({}).toArray()).map(({ _id }) => _id);
  expect(await ids()).toEqual(expect.arrayContaining([old.messageId, homeless.messageId, young.messageId]));
  await clock.advance(2 * DAY_MS);
  await retention.sweep();
  expect(await ids()).not.toContain(old.messageId);
  expect(removed.length).toBeGreaterThan(0);
  await clock.advance(6 * DAY_MS);
  await retention.sweep();
  expect(await ids()).not.toContain(regretted.messageId);
  expect(await ids()).toEqual(expect.arrayContaining([homeless.messageId, young.messageId]));
});
