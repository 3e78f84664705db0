import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { until } from "../support/until.ts";

/**
 * Callers on hold, with two runtimes: the sockets of a caller and of their operator's leg come to whichever. They hear music or a person, and
 * nobody is left alone in a conference. A supervisor comes into such a conference, and goes, and nobody hears it who is not to.
 */
let cluster: Cluster;
let ines: OperatorClient;
let tom: OperatorClient;
let calls: PlacedCall[] = [];
let count = 0;

beforeAll(async () => {
  cluster = await startCluster({ runtimes: 2 });
  await serveShortFlow(cluster);
  ines = await cluster.signIn(101);
  tom = await cluster.signIn(102);
});
afterEach(async () => {
  for (const { id, phase } of cluster.telephones.list()) if (phase !== "idle") cluster.telephones.hangup(id);
  for (const call of calls) await call.ended();
  calls = [];
  await freeOperators(ines, tom);
});
afterAll(() => cluster.close());

/** A caller who talks to Inès, while Tom is on a pause. */
async function talkingToInes(): Promise<PlacedCall> {
  expect((await tom.post("/api/desk/pause", { reason: null })).status).toBe(200);
  count += 1;
  const call = placeCall(cluster, `caller ${count}`);
  calls.push(call);
  await takenByInes(call);
  return call;
}
async function takenByInes(call: PlacedCall): Promise<void> {
  await ines.waitFor((view) => view.offer !== null, "an offer");
  expect((await ines.accept()).status).toBe(200);
  await cluster.story.waitFor("11", "ringing");
  cluster.telephones.answer("11");
  await call.waitFor("talking bridged");
  await ines.waitFor(({ state }) => state === "talking", "Inès to be talking");
}
const hold = async (call: PlacedCall, held: boolean) =>
  ines.put(`/api/desk/calls/${(await call.stored())._id}/hold`, { held });
const onHold = async (call: PlacedCall) => {
  expect((await hold(call, true)).status).toBe(200);
  await call.waitFor(/pleaseWait|holdMusic/);
  await cluster.story.waitFor("11", "talking silence");
  await ines.waitFor((view) => view.call?.held === true, "the agent to show it");
};
const back = async (call: PlacedCall) => {
  expect((await hold(call, false)).status).toBe(200);
  await call.waitFor("talking bridged");
  await cluster.story.waitFor("11", "talking bridged");
};

test("music and back, as often as one likes; muted and heard; the conversation ends like every other", async () => {
  const call = await talkingToInes();
  await onHold(call);
  await back(call);
  expect(ines.view().call?.held).toBeUndefined();
  const { _id } = await call.stored();
  expect((await ines.put(`/api/desk/calls/${_id}/mute`, { muted: true })).status).toBe(200);
  await call.waitFor("talking silence");
  expect((await ines.put(`/api/desk/calls/${_id}/mute`, { muted: false })).status).toBe(200);
  await call.waitFor("talking bridged");
  await onHold(call);
  await back(call);
  cluster.telephones.hangup("11");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await cluster.story.waitFor(call.name, "idle");
  await call.ended();
  const detail = must(await cluster.admin.call("calls.get", { params: { callId: _id } }));
  expect(detail.conversations.map(({ outcome }) => outcome)).toEqual(["answered"]);
});

test("who hangs up while on hold frees the operator, whose telephone is hung up", async () => {
  const call = await talkingToInes();
  await onHold(call);
  call.hangUp();
  await cluster.story.waitFor("11", "idle");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
});

test("an operator whose telephone is hung up meanwhile: the caller comes back to them, before everybody", async () => {
  const call = await talkingToInes();
  await onHold(call);
  cluster.telephones.hangup("11");
  await call.waitFor("talking holdMusic");
  await takenByInes(call);
  cluster.telephones.hangup("11");
  await call.ended();
});

test("a caller on hold is passed on, and the operator's telephone is free", async () => {
  const call = await talkingToInes();
  await onHold(call);
  expect((await tom.post("/api/desk/resume")).status).toBe(200);
  const to = { kind: "operator", operatorId: tom.operatorId };
  expect((await ines.post(`/api/desk/calls/${(await call.stored())._id}/pass-on`, { to })).status).toBe(200);
  await cluster.story.waitFor("11", "idle");
  await tom.waitFor((view) => view.offer !== null, "the offer to Tom");
  expect((await tom.accept()).status).toBe(200);
  await cluster.story.waitFor("12", "ringing");
  cluster.telephones.answer("12");
  await call.waitFor("talking bridged");
});

/** Inès asks Tom, whose telephone rings. */
async function askingTom(call: PlacedCall): Promise<string> {
  expect((await tom.post("/api/desk/resume")).status).toBe(200);
  const { _id } = await call.stored();
  const to = { kind: "operator", operatorId: tom.operatorId };
  expect((await ines.post(`/api/desk/calls/${_id}/consult`, { to })).status).toBe(200);
  await tom.waitFor((view) => view.offer?.card.consultedBy !== undefined, "Tom to be asked");
  await call.waitFor(/pleaseWait|holdMusic/);
  await cluster.story.waitFor("11", /ringMusic/);
  expect((await tom.accept()).status).toBe(200);
  await cluster.story.waitFor("12", "ringing");
  return _id;
}
const tomTalks = async () => {
  await cluster.story.waitFor("12", "talking bridged");
  await cluster.story.waitFor("11", "talking bridged");
  await ines.waitFor((view) => view.call?.consult?.state === "talking", "Inès to see that Tom talks");
  await tom.waitFor(({ state }) => state === "talking", "Tom to be talking");
};

test("a colleague is asked while the caller hears music, the three talk, and the colleague has the call when the operator leaves", async () => {
  const call = await talkingToInes();
  const callId = await askingTom(call);
  cluster.telephones.answer("12");
  await tomTalks();
  expect(call.hears()).toMatch(/pleaseWait|holdMusic/);
  expect((await hold(call, false)).status).toBe(200);
  await call.waitFor("talking bridged");
  expect((await ines.post(`/api/desk/calls/${callId}/consult/complete`)).status).toBe(200);
  await cluster.story.waitFor("11", "idle");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await tom.waitFor((view) => view.call?.card.consultedBy === undefined, "the call to be Tom's own");
  expect(call.hears()).toBe("talking bridged");
  cluster.telephones.hangup("12");
  await cluster.story.waitFor(call.name, "idle");
  await call.ended();
  const detail = must(await cluster.admin.call("calls.get", { params: { callId } }));
  expect(detail.conversations.map(({ operator, outcome }) => [operator?.name, outcome])).toEqual([
    ["Inès Martin", "answered"],
    ["Tom Baker", "answered"],
  ]);
});

test("kill -9 of both runtimes while the colleague picks up, and while they talk: nobody is lost, and the operator goes back to the caller", async () => {
  const call = await talkingToInes();
  const callId = await askingTom(call);
  const bring = await Promise.all(cluster.runtimes.map((runtime) => runtime.takeAway()));
  cluster.telephones.answer("12");
  await Promise.all(bring.map((again) => again()));
  await tomTalks();
  await Promise.all(cluster.runtimes.map((runtime) => runtime.kill()));
  expect(call.hears()).toMatch(/pleaseWait|holdMusic/);
  await expect.poll(async () => (await ines.del(`/api/desk/calls/${callId}/consult`)).status).toBe(200);
  await cluster.story.waitFor("12", "idle");
  await call.waitFor("talking bridged");
  await cluster.story.waitFor("11", "talking bridged");
  await tom.waitFor(({ state }) => state === "wrapUp", "Tom to wrap up");
});

test("kill -9 of both runtimes: the music goes on, and the caller is taken back", async () => {
  const call = await talkingToInes();
  await onHold(call);
  await Promise.all(cluster.runtimes.map((runtime) => runtime.kill()));
  expect(call.hears()).toMatch(/pleaseWait|holdMusic/);
  await expect.poll(async () => (await hold(call, false)).status).toBe(200);
  await call.waitFor("talking bridged");
  await cluster.story.waitFor("11", "talking bridged");
});

test("kill -9 of both runtimes, and the operator's telephone is hung up before they are back: the caller is not forgotten", async () => {
  const call = await talkingToInes();
  await onHold(call);
  const bring = await Promise.all(cluster.runtimes.map((runtime) => runtime.takeAway()));
  cluster.telephones.hangup("11");
  await cluster.story.waitFor("11", "idle");
  expect(call.hears()).toMatch(/pleaseWait|holdMusic/);
  await Promise.all(bring.map((again) => again()));
  await ines.waitFor((view) => view.offer !== null, "the call to be offered to Inès again", 110_000);
  await call.waitFor(/holdMusic/);
});

/** Whom a telephone hears, by their telephones. */
const voices = (id: string): readonly string[] => {
  const hears = cluster.telephones.get(id)?.call?.hears;
  const legs = hears?.kind === "bridged" ? [hears.with, ...(hears.also ?? [])] : [];
  return cluster.telephones
    .list()
    .filter(({ call }) => call !== undefined && legs.includes(call.leg))
    .map((telephone) => telephone.id)
    .sort();
};
const heard = (who: Record<string, readonly string[]>) =>
  until(
    () => Object.entries(who).every(([id, others]) => voices(id).join() === [...others].sort().join()),
    `to be heard: ${JSON.stringify(who)}`,
    { say: () => `${JSON.stringify(Object.keys(who).map((id) => [id, voices(id)]))}\n${cluster.story.tell()}` },
  );

test("a supervisor listens, whispers and joins; neither kill -9 of both runtimes nor their hanging up disturbs the two, and the log has it", async () => {
  const call = await talkingToInes();
  const { _id: callId } = await call.stored();
  const { admin, telephones, story } = cluster;
  const desk = must(await admin.call("telephones.list")).items.find(({ targetText }) => targetText.startsWith("13"));
  const telephone = { kind: "telephone", telephoneId: desk?.telephoneId ?? "" } as const;
  const asked = { params: { operatorId: ines.operatorId }, body: { mode: "listen", telephone } } as const;
  const { supervisionId } = must(await admin.call("live.listen", asked));
  const params = { supervisionId };
  const as = async (mode: "listen" | "whisper" | "join") =>
    must(await admin.call("live.listenAs", { params, body: { mode } }));
  await story.waitFor("13", "ringing");
  telephones.answer("13");
  await heard({ 13: ["11", call.name], 11: [call.name], [call.name]: ["11"] });
  await ines.waitFor((view) => view.call?.listeners?.[0]?.mode === "listen", "the operator to see it");
  expect(must(await admin.call("live.listening", { params }))).toMatchObject({ state: "in", mode: "listen", callId });
  expect(await admin.call("live.listen", asked)).toMatchObject({ error: { code: "alreadyListening" } });

  await as("whisper");
  await heard({ 13: ["11", call.name], 11: ["13", call.name], [call.name]: ["11"] });
  // The caller on hold and back is a new member of the conference, and hears no whisper either.
  expect((await hold(call, true)).status).toBe(200);
  await call.waitFor(/pleaseWait|holdMusic/);
  await heard({ 13: ["11"], 11: ["13"] });
  expect((await hold(call, false)).status).toBe(200);
  await heard({ 13: ["11", call.name], 11: ["13", call.name], [call.name]: ["11"] });

  await Promise.all(cluster.runtimes.map((runtime) => runtime.kill()));
  expect(call.hears()).toBe("talking bridged");
  await expect.poll(async () => (await admin.call("live.listenAs", { params, body: { mode: "join" } })).ok).toBe(true);
  await heard({ 13: ["11", call.name], 11: ["13", call.name], [call.name]: ["11", "13"] });

  telephones.hangup("13");
  await heard({ 11: [call.name], [call.name]: ["11"] });
  await ines.waitFor((view) => view.call !== null && view.call.listeners === undefined, "nobody to listen any more");
  const entry = await until(
    async () =>
      must(await admin.call("audit.list", { query: { targetId: ines.operatorId } })).items.find(
        ({ action, after }) => action === "live.stopListening" && after !== null && "from" in after,
      ),
    "the entry in the audit log",
  );
  expect(entry).toMatchObject({ by: { kind: "user" }, resource: "live", after: { call: callId, shown: true } });
  expect((entry.after as { modes: { mode: string }[] }).modes.map(({ mode }) => mode)).toEqual([
    ...["listen", "whisper", "join"],
  ]);
  telephones.hangup("11");
  await call.ended();
  const { events } = must(await admin.call("calls.trace", { params: { callId } }));
  const kinds = events.map(({ kind }) => kind).filter((kind) => kind.startsWith("supervisor"));
  expect(kinds).toEqual(["supervisorIn", "supervisorAs", "supervisorAs", "supervisorOut"]);
  // Their own call is found, and no operator's, queue's or caller's.
  const own = must(await admin.call("calls.get", { params: { callId: supervisionId } }));
  expect(own).toMatchObject({ direction: "outbound", result: "finished", conversations: [] });
});

test("when the conversation is over, the supervisor's telephone is hung up", async () => {
  const call = await talkingToInes();
  const { admin, telephones, story } = cluster;
  const desk = must(await admin.call("telephones.list")).items.find(({ targetText }) => targetText.startsWith("13"));
  const telephone = { kind: "telephone", telephoneId: desk?.telephoneId ?? "" } as const;
  const params = { operatorId: ines.operatorId };
  must(await admin.call("live.listen", { params, body: { mode: "listen", telephone } }));
  await story.waitFor("13", "ringing");
  telephones.answer("13");
  await heard({ 13: ["11", call.name] });
  call.hangUp();
  await story.waitFor("13", "idle");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
});
