import type { ApiClient, Company, Operator, VoicemailBox } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { writeWav } from "../media/audio/write-wav.ts";
import { wavFile } from "../recordings/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { createMailbox } from "./mailbox.ts";

const clock = virtualClock();
const MINUTE_MS = 60_000;
let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let desk: ApiClient;
let ines: Operator;
/** What was recorded by telephone, by the recording's id. */
const recorded = new Map<string, Buffer>();

beforeAll(async () => {
  runtime = await startTestRuntime({ clock, recorded: (id) => recorded.get(id) ?? null });
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
  ines = await runtime.operator(company, "101", "Inès");
  desk = runtime.client();
  must(await desk.call("desk.signIn", { body: { company: "demo", code: "101", password: testPassword } }));
});
afterAll(() => runtime.close());

let box: VoicemailBox;
let other: VoicemailBox;
let boxes = 0;
beforeEach(async () => {
  boxes += 1;
  const fields = { queueId: null, operatorIds: [], retentionDays: 30 };
  const own = { name: `Inès ${boxes}`, operatorId: ines.operatorId, number: String(200 + boxes) };
  box = must(await supervisor.call("voicemailBoxes.create", { body: { ...fields, ...own } }));
  const theirs = { name: `Sales ${boxes}`, number: String(800 + boxes) };
  other = must(await supervisor.call("voicemailBoxes.create", { body: { ...fields, ...theirs } }));
  must(await desk.call("deskMessages.setCode", { params: { boxId: box.boxId }, body: { code: "2580" } }));
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const call = (from: string | null = "+33612345678") => ({
  companyId: company.companyId,
  from,
  hidden: from === null,
});
const ask = (question: Parameters<typeof runtime.features.consultation>[1], from?: string | null) =>
  runtime.features.consultation(call(from), question);
const open = (code: string, from?: string | null) =>
  ask({ what: "open", boxId: null, number: box.number ?? "", code }, from);

let left = 0;
async function leave(boxId: string, from: string | null = "+33142860002") {
  left += 1;
  const recordingId = `rec_${left.toString(16).padStart(32, "0")}`;
  const samples = Buffer.alloc(32_000, left);
  const mailbox = createMailbox({
    connection: runtime.store.connection,
    bus: runtime.bus,
    clock,
    recordings: {
      whole: async ({ companyId }) => ({
        sha256: await runtime.media.addPrivate(companyId, wavFile(samples, recordingId)),
        durationMs: 2_000,
        peaks: [1, 2, 3],
      }),
      remove: async () => undefined,
    },
  });
  await mailbox.deliver({
    ...{ companyId: company.companyId, callId: `call_${"c".repeat(32)}`, recordingId, boxId, minMs: 1_000 },
    ...{ from, hidden: from === null, callerName: null, lineName: "Main" },
  });
  await clock.advance(1_000);
  return recordingId.replace("rec_", "msg_");
}

test("a box is opened by its number and code, and says what is in it; the code is nowhere in the store or the log of changes", async () => {
  await leave(box.boxId);
  expect(await open("2580")).toMatchObject({
    result: "done",
    box: { boxId: box.boxId, newCount: 1, keptCount: 0 },
  });
  expect(await ask({ what: "open", boxId: box.boxId, number: "", code: "2580" })).toMatchObject({ result: "done" });
  expect(await ask({ what: "open", boxId: null, number: "", code: "2580" })).toMatchObject({ result: "refused" });
  expect(await ask({ what: "open", boxId: other.boxId, number: "", code: "2580" })).toMatchObject({
    result: "refused",
  });
  must(await supervisor.call("voicemailBoxes.setCode", { params: { boxId: box.boxId }, body: { code: "9173" } }));
  for (const name of ["voicemailBoxes", "audit", "voicemailCodeTries"]) {
    const stored = JSON.stringify(await runtime.store.connection.collection(name).find({}).toArray());
    expect(stored, name).not.toMatch(/9173|2580/);
    if (name === "audit") expect(stored).not.toContain("argon2");
  }
});

test("five wrong codes of one caller lock them out for a quarter of an hour, and nobody else", async () => {
  for (let tries = 0; tries < 5; tries++)
    expect(await open("0000", "+33699999999")).toMatchObject({ result: "refused" });
  expect(await open("2580", "+33699999999")).toMatchObject({ result: "locked" });
  expect(await open("2580")).toMatchObject({ result: "done" });
  await clock.advance(16 * MINUTE_MS);
  expect(await open("2580", "+33699999999")).toMatchObject({ result: "done" });
});

test("who changes their number with each guess is stopped too; a box that does not exist answers like one that does", async () => {
  for (let tries = 0; tries < 25; tries++) await open("0000", `+3361111${1000 + tries}`);
  expect(await open("2580")).toMatchObject({ result: "locked" });
  await clock.advance(61 * MINUTE_MS);
  expect(await open("2580")).toMatchObject({ result: "done" });
  const nowhere = { what: "open", boxId: null, number: "99999", code: "2580" } as const;
  for (let tries = 0; tries < 5; tries++)
    expect(await ask(nowhere, "+33688888888")).toMatchObject({ result: "refused" });
  expect(await ask(nowhere, "+33688888888")).toMatchObject({ result: "locked" });
});

test("messages come the oldest first; keeping and deleting are done once, and say who did it", async () => {
  const first = await leave(box.boxId);
  const second = await leave(box.boxId, null);
  const next = (after: { messageId: string; receivedAt: number } | null) =>
    ask({ what: "next", boxId: box.boxId, list: "new", after });
  const one = (await next(null)).message;
  expect(one).toMatchObject({ messageId: first, number: "+33142860002", durationMs: 2_000 });
  for (let times = 0; times < 2; times++) {
    expect(await ask({ what: "keep", boxId: box.boxId, messageId: first })).toMatchObject({
      result: "done",
      box: { newCount: 1, keptCount: 1 },
    });
  }
  const two = (await next(one)).message;
  expect(two).toMatchObject({ messageId: second, number: null });
  expect(await next(two)).toMatchObject({ result: "none" });
  expect(await ask({ what: "delete", boxId: box.boxId, messageId: second })).toMatchObject({ result: "done" });
  expect(await ask({ what: "delete", boxId: box.boxId, messageId: second })).toMatchObject({ result: "refused" });
  const seen = must(await supervisor.call("messages.list", { query: { boxId: box.boxId } })).items;
  expect(seen).toMatchObject([{ state: "kept", heard: { by: { kind: "operator", name: "Inès" } }, peaks: [1, 2, 3] }]);
  // What is in another box is not there, whoever has the id.
  expect(await ask({ what: "keep", boxId: other.boxId, messageId: first })).toMatchObject({ result: "refused" });
});

test("who left a message is called back where they may be rung; a hidden one is not", async () => {
  const shown = await leave(box.boxId);
  const premium = await leave(box.boxId, "+33899000000");
  const hidden = await leave(box.boxId, null);
  const callBack = (messageId: string) => ask({ what: "callBack", boxId: box.boxId, messageId });
  expect(await callBack(shown)).toMatchObject({ result: "done", number: "+33142860002" });
  expect(await callBack(premium)).toMatchObject({ result: "refused", number: null });
  expect(await callBack(hidden)).toMatchObject({ result: "refused" });
  await ask({ what: "calledBack", boxId: box.boxId, messageId: shown });
  const message = must(await supervisor.call("messages.get", { params: { messageId: shown } }));
  expect(message.calledBack?.by.name).toBe("Inès");
});

test("a copy goes to another box by its number, once, with a sound of its own; from the screen too", async () => {
  const messageId = await leave(box.boxId);
  const forward = (number: string) => ask({ what: "forward", boxId: box.boxId, messageId, number });
  expect(await forward("4711")).toMatchObject({ result: "refused" });
  for (let times = 0; times < 2; times++) expect(await forward(other.number ?? "")).toMatchObject({ result: "done" });
  const list = async () => must(await supervisor.call("messages.list", { query: { boxId: other.boxId } })).items;
  const [copy] = await list();
  expect(await list()).toHaveLength(1);
  expect(copy).toMatchObject({ state: "new", forwarded: { boxName: box.name, by: { name: "Inès" } } });
  const sounds = await runtime.store.connection
    .collection<{ _id: string; sha256: string }>("messages")
    .find({})
    .toArray();
  expect(new Set(sounds.map(({ sha256 }) => sha256)).size).toBe(sounds.length);
  const params = { messageId: copy?.messageId ?? "" };
  must(await supervisor.call("messages.forward", { params, body: { boxId: box.boxId } }));
  expect(must(await desk.call("deskMessages.list", { query: { boxId: box.boxId, state: "new" } })).items).toHaveLength(
    2,
  );
  expect(await supervisor.call("messages.forward", { params, body: { boxId: `box_${"e".repeat(32)}` } })).toMatchObject(
    {
      error: { code: "notFound" },
    },
  );
});

test("a message is heard from a moment on, as a file of its own", async () => {
  const messageId = await leave(box.boxId);
  const path = await runtime.features.messages.forCaller(company.companyId, messageId, 500, MINUTE_MS);
  const heard = Buffer.from(await (await fetch(`${runtime.baseUrl}/media/${path}`)).arrayBuffer());
  expect(heard.readUInt32LE(40)).toBe(32_000 - 500 * 16);
  expect(heard.length).toBe(44 + 32_000 - 500 * 16);
  const tampered = (path ?? "").replace("-from-500", "-from-0");
  expect((await fetch(`${runtime.baseUrl}/media/${tampered}`)).status).toBe(404);
});

test("a greeting is recorded by telephone, once; silence is refused; it is what the box says, in its state or when it has none", async () => {
  const tone = writeWav(Float32Array.from({ length: 16_000 }, (_, at) => Math.sin(at / 5) / 2));
  recorded.set("rec_tone", Buffer.from(tone));
  recorded.set("rec_silence", Buffer.from(writeWav(new Float32Array(16_000))));
  const keep = (recordingId: string, state: "busy" | "absent") =>
    ask({ what: "greeting", boxId: box.boxId, state, recordingId });
  expect(await keep("rec_silence", "absent")).toMatchObject({ result: "refused" });
  expect(await keep("rec_tone", "absent")).toMatchObject({ result: "done" });
  // The process died before it told: the recording is gone, and it is done all the same.
  recorded.delete("rec_tone");
  expect(await keep("rec_tone", "absent")).toMatchObject({ result: "done" });
  const now = must(await supervisor.call("voicemailBoxes.get", { params: { boxId: box.boxId } }));
  expect(now.greetings).toMatchObject({ absent: { durationMs: 2_000 } });
  must(
    await desk.call("deskMessages.recordGreeting", {
      params: { boxId: box.boxId, state: "busy" },
      file: new Uint8Array(tone),
    }),
  );
  const shown = must(await desk.call("deskMessages.boxes")).items.find(({ boxId }) => boxId === box.boxId);
  expect(Object.keys(shown?.greetings ?? {}).sort()).toEqual(["absent", "busy"]);
  must(await desk.call("deskMessages.removeGreeting", { params: { boxId: box.boxId, state: "busy" } }));
  // Of a box that they may not hear an operator changes nothing.
  const params = { boxId: other.boxId, state: "busy" } as const;
  expect(await desk.call("deskMessages.recordGreeting", { params, file: new Uint8Array(tone) })).toMatchObject({
    error: { code: "notFound" },
  });
});

test("a code that anybody would try first is refused, and so is a number that another box has", async () => {
  for (const code of ["0000", "1234", "9876", "4321"]) {
    const answer = await desk.call("deskMessages.setCode", { params: { boxId: box.boxId }, body: { code } });
    expect(answer, code).toMatchObject({ error: { code: "weakCode" } });
  }
  expect(
    await desk.call("deskMessages.setCode", { params: { boxId: other.boxId }, body: { code: "2580" } }),
  ).toMatchObject({
    error: { code: "notFound" },
  });
  const { boxId, rev, greetings, hasCode, ...fields } = other;
  const body = { ...fields, number: box.number ?? null, rev };
  expect(await supervisor.call("voicemailBoxes.change", { params: { boxId }, body })).toMatchObject({
    error: { code: "alreadyExists" },
  });
});
