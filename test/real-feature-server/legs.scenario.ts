import { startSimulator } from "@cordboard/simulator/server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { RunningSimulator } from "../../packages/simulator/src/server/types.ts";
import { freePorts } from "../support/free-ports.ts";
import { tellStory } from "../support/telephone-story.ts";
import { type ScriptedApplication, startScriptedApplication, type Told } from "./scripted-application.ts";
import { report, tellWire, wire } from "./telling.ts";

/** What legs do that were parted from their calls: facts of the session code, whatever our runtime makes of them. */
let app: ScriptedApplication;
let server: RunningSimulator;
let story = tellStory();
const log: string[] = [];
let wireAt = 0;

beforeAll(async () => {
  app = await startScriptedApplication();
  const [restPort = 0] = await freePorts(1);
  server = await startSimulator({
    application: { callHook: app.callHook, auth: { username: "u", password: "p" } },
    ...{ restPort, accountSid: "33333333-3333-4333-8333-333333333333", apiKey: "key" },
    telephones: ["11", "12", "13"].map((id) => ({ id, addresses: [`${id}@lab`] })),
  });
  server.onChange((state) => story.take(state));
});
afterEach(async ({ task }) => {
  for (const { id, phase } of server.telephones.list()) if (phase !== "idle") server.telephones.hangup(id);
  await moment(400);
  log.push(`======== ${task.name}\n${tellWire(wireAt)}\n--\n${story.tell()}`);
  wireAt = wire.length;
  story = tellStory();
  app.answers.clear();
  app.answers.set("session:new", [{ verb: "config", notifyEvents: true }]);
});
afterAll(async () => {
  report("legs", log);
  await server?.close();
  await app?.close();
});

/** The session code has a clock of its own, and says nothing of what it does not do. */
const moment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const room = (more: object = {}) => ({
  verb: "conference",
  id: "r",
  name: "room",
  beep: false,
  endConferenceOnExit: false,
  ...more,
});
const dialled = (id: string, more: object = {}) => ({
  verb: "dial",
  id: "d",
  actionHook: "/dial",
  target: [{ type: "user", name: `${id}@lab` }],
  timeout: 20,
  ...more,
});
const music = () => ({ verb: "play", id: "m", url: app.audio(60_000), loop: "forever" });

let name = "";
/** A caller who talks to telephone 11: the number of their socket, and their operator's leg. */
async function talking(more: object = {}): Promise<{ socket: number; sid: string; leg: string }> {
  name = `caller ${Math.random()}`;
  server.telephones.call({ telephone: name, from: "+33123456789", to: "100" });
  const began = await app.next({ type: "session:new" });
  const { socket } = began;
  // A command that comes with the ack is lost: the session is not there yet.
  await app.next({ type: "call:status", socket });
  app.command(socket, "redirect", [{ verb: "answer" }, dialled("11", more)]);
  await story.waitFor("11", "ringing");
  server.telephones.answer("11");
  await story.waitFor(name, "talking bridged");
  const answered = await app.next({ type: "call:status", status: "in-progress", socket });
  const leg = answered.data.parent_call_sid
    ? answered
    : await app.next({ type: "call:status", status: "in-progress", socket });
  await moment(400);
  return { socket, sid: String(began.data.call_sid), leg: String(leg.data.call_sid) };
}
/** The same, parted: the caller hears music, 11 is in the room. */
async function parted(
  verbs: readonly object[] = [room()],
  /** Where its media are on the server, it is a second until the leg is in the room. */
  entering = false,
): Promise<{ socket: number; sid: string; leg: string; own: number; adulting: Told }> {
  const call = await talking({ anchorMedia: entering });
  app.answers.set("/part", verbs);
  app.answers.set("/dial", [music()]);
  app.command(call.socket, "redirect", { child_call_hook: "/part" });
  const adulting = await app.next({ type: "session:adulting" });
  await story.waitFor(name, /talking http/);
  // Whoever is sent elsewhere while they come into the room stays in it (tested below).
  if (!entering) await moment(500);
  app.answers.delete("/dial");
  return { ...call, own: adulting.socket, adulting };
}

test.each([true, false])(
  "a parted leg dials over its own socket (anchored: %s): asked colleague, then three together",
  async (anchorMedia) => {
    const call = await parted([{ verb: "config", notifyEvents: true }, room()]);
    expect(call.adulting.path).toBe("/call/adulting");
    await story.waitFor("11", "talking silence");
    app.command(call.own, "redirect", [dialled("12", { dialMusic: app.audio(3000), anchorMedia })]);
    await story.waitFor("12", "ringing");
    await story.waitFor("11", /talking http/);
    server.telephones.answer("12");
    await story.waitFor("11", "talking bridged");
    await moment(500);
    expect(story.now("12")).toBe("talking bridged");
    expect(story.now("11")).toBe("talking bridged");
    // Three together: the colleague is parted from the operator's leg as that was from the caller.
    app.answers.set("/part", [room()]);
    app.answers.set("/dial", [room()]);
    app.command(call.own, "redirect", { child_call_hook: "/part" });
    const second = await app.next({ type: "session:adulting" });
    log.push(`second adulting at ${second.path} ${JSON.stringify(second.data)}`);
    app.command(call.socket, "redirect", [room()]);
    await story.waitFor(name, "talking bridged");
    // A leg whose media were on the server is parted with a second of silence, and comes into the room after it.
    await moment(1600);
    // Without it the operator's leg is in the room and neither hears nor is heard: no re-INVITE comes to a telephone that was dialled.
    const sound = anchorMedia ? "talking bridged" : "talking silence";
    expect([story.now("11"), story.now("12"), story.now(name)]).toEqual([sound, "talking bridged", "talking bridged"]);
    // The operator leaves: the colleague and the caller talk.
    app.command(call.own, "call:status", { call_status: "completed" });
    await story.waitFor("11", "idle");
    await moment(300);
    expect([story.now("12"), story.now(name)]).toEqual(["talking bridged", "talking bridged"]);
  },
);

test("the asked colleague hangs up, is busy, or is given up while ringing", async () => {
  const call = await parted();
  app.command(call.own, "redirect", [dialled("12", { anchorMedia: true }), room()]);
  await story.waitFor("12", "ringing");
  server.telephones.reject("12", 486);
  const busy = await app.next({ type: "verb:hook", hook: "/dial", socket: call.own });
  expect(busy.data.dial_call_status).toBe("busy");
  await moment(300);
  app.command(call.own, "redirect", [dialled("12", { anchorMedia: true }), room()]);
  await story.waitFor("12", "ringing");
  app.command(call.own, "redirect", [room()]);
  const given = await app.next({ type: "verb:hook", hook: "/dial", socket: call.own });
  log.push(`given up: ${JSON.stringify(given.data)}`);
  await story.waitFor("12", "idle");
  await moment(300);
  app.command(call.own, "redirect", [dialled("12", { anchorMedia: true }), room()]);
  await story.waitFor("12", "ringing");
  server.telephones.answer("12");
  await story.waitFor("11", "talking bridged");
  await moment(500);
  server.telephones.hangup("12");
  const over = await app.next({ type: "verb:hook", hook: "/dial", socket: call.own });
  expect(over.data.dial_call_status).toBe("completed");
  await moment(400);
  app.command(call.socket, "redirect", [room()]);
  await story.waitFor(name, "talking bridged");
  expect(story.now("11")).toBe("talking bridged");
});

test("the operator hangs up while the colleague rings, and while they talk; the caller does while they talk", async () => {
  const call = await parted();
  app.command(call.own, "redirect", [dialled("12")]);
  await story.waitFor("12", "ringing");
  server.telephones.hangup("11");
  await story.waitFor("12", "idle");
  await app.next({ type: "call:status", status: "completed", socket: call.own });
  expect(story.now(name)).toMatch(/talking http/);
  server.telephones.hangup(name);
  const again = await parted();
  app.command(again.own, "redirect", [dialled("12")]);
  await story.waitFor("12", "ringing");
  server.telephones.answer("12");
  await story.waitFor("11", "talking bridged");
  await moment(500);
  server.telephones.hangup(name);
  await app.next({ type: "call:status", status: "completed", socket: again.socket });
  await moment(500);
  expect([story.now("11"), story.now("12")]).toEqual(["talking bridged", "talking bridged"]);
  server.telephones.hangup("11");
  await story.waitFor("12", "idle");
});

test("the leg's own socket is cut: in the room, while it dials, and it hangs up meanwhile", async () => {
  const call = await parted();
  app.cut(call.own);
  const back = await app.next({ type: "session:reconnect" });
  log.push(`reconnect at ${back.path}: ${JSON.stringify(back.data)} envelope ${back.call_sid}`);
  app.command(call.socket, "redirect", [room()]);
  await story.waitFor(name, "talking bridged");
  app.command(back.socket, "redirect", [dialled("12")]);
  await story.waitFor("12", "ringing");
  app.cut(back.socket);
  server.telephones.answer("12");
  const third = await app.next({ type: "session:reconnect" });
  await app.next({ type: "call:status", status: "in-progress", socket: third.socket });
  await story.waitFor("11", "talking bridged");
  app.cut(third.socket);
  server.telephones.hangup("11");
  const last = await app.next({ type: "call:status", status: "completed" });
  log.push(`after a hang-up while cut: socket ${last.socket} ${last.path} ${JSON.stringify(last.data)}`);
});

test("who is sent elsewhere while they come into a room stays in it", async () => {
  const call = await parted();
  app.command(call.socket, "redirect", [room()]);
  await app.next({ type: "verb:status", event: "starting", name: "conference", socket: call.socket });
  app.command(call.socket, "redirect", [music()]);
  await moment(1000);
  expect([story.now(name), story.now("11")]).toEqual(["talking bridged", "talking bridged"]);
});

const rest = async (callSid: string, body: object) => {
  const headers = { authorization: "Bearer key", "content-type": "application/json" };
  const url = `${server.restUrl}/Accounts/33333333-3333-4333-8333-333333333333/Calls/${callSid}`;
  const { status } = await fetch(url, { method: "PUT", headers, body: JSON.stringify(body) });
  log.push(`REST ${JSON.stringify(body)}: ${status}`);
  return status;
};
const completed = { call_status: "completed" };

test.each(["by command", "by REST"])(
  "a leg that is hung up %s while it comes into its room is not; nor is it later, by anybody but its telephone",
  async (how) => {
    const call = await parted([room()], true);
    if (how === "by REST") await rest(call.leg, completed);
    else app.command(call.own, "call:status", completed);
    await moment(1500);
    expect(story.now("11")).toMatch(/^talking/);
    app.command(call.own, "call:status", completed);
    await rest(call.leg, completed);
    await moment(1500);
    expect(story.now("11")).toMatch(/^talking/);
    server.telephones.hangup("11");
    await moment(500);
    log.push(
      `afterwards: ${await rest(call.leg, completed)}, asked for: ${await rest(call.leg, { call_hook: { url: app.callHook } })}`,
    );
    await moment(500);
  },
);

test("a telephone that hangs up while its leg comes into its room: what is told, and what REST knows of it", async () => {
  const call = await parted([room()], true);
  server.telephones.hangup("11");
  await app.next({ type: "call:status", status: "completed", socket: call.own });
  await moment(1500);
  log.push(`asked for: ${await rest(call.leg, { call_hook: { url: app.callHook } })}`);
  await moment(1000);
});

test("whoever is silenced while they come into a room is heard there", async () => {
  const call = await parted([room()], true);
  app.command(call.own, "mute:status", { mute_status: "mute" });
  await moment(1500);
  app.command(call.socket, "redirect", [room()]);
  await story.waitFor(name, "talking bridged");
  app.command(call.own, "mute:status", { mute_status: "mute" });
  await story.waitFor(name, "talking silence");
});

test.each([true, false])(
  "a telephone that was rung by REST (anchored: %s) hears what follows its conversation, or nothing",
  async (anchorMedia) => {
    const order = {
      from: "100",
      to: { type: "user", name: "13@lab" },
      application_sid: "44444444-4444-4444-8444-444444444444",
    };
    const headers = { authorization: "Bearer key", "content-type": "application/json" };
    const placed = await fetch(`${server.restUrl}/Accounts/33333333-3333-4333-8333-333333333333/Calls`, {
      ...{ method: "POST", headers, body: JSON.stringify(order) },
    });
    expect(placed.status).toBe(201);
    await story.waitFor("13", "ringing");
    server.telephones.answer("13");
    const { socket } = await app.next({ type: "session:new" });
    await moment(200);
    app.answers.set("/dial", [music()]);
    app.command(socket, "redirect", [dialled("12", { anchorMedia })]);
    await story.waitFor("12", "ringing");
    server.telephones.answer("12");
    await story.waitFor("13", "talking bridged");
    await moment(500);
    server.telephones.hangup("12");
    await moment(1000);
    expect(story.now("13")).toMatch(anchorMedia ? /talking http/ : /talking (silence|bridged)/);
  },
);

test("conference: entry muted, coaching, tags, participant actions", async () => {
  const call = await parted([room({ memberTag: "agent" })]);
  app.command(call.socket, "redirect", [room({ memberTag: "caller" })]);
  await story.waitFor(name, "talking bridged");
  server.telephones.call({ telephone: "boss", from: "+33100000000", to: "200" });
  const boss = await app.next({ type: "session:new" });
  await app.next({ type: "call:status", socket: boss.socket });
  app.command(boss.socket, "redirect", [{ verb: "answer" }, room({ joinMuted: true })]);
  await story.waitFor("boss", "talking bridged");
  await moment(300);
  log.push("--- coach, then unmute");
  app.command(boss.socket, "conf:participant-action", { action: "coach", tag: "agent" });
  app.command(boss.socket, "mute:status", { mute_status: "unmute" });
  await moment(400);
  log.push("--- the caller leaves for music, and comes back: not to hear the coach");
  app.command(call.socket, "redirect", [music()]);
  await story.waitFor(name, /talking http/);
  app.command(call.socket, "redirect", [room({ memberTag: "caller" })]);
  await story.waitFor(name, "talking bridged");
  await moment(500);
  app.command(boss.socket, "conf:participant-action", { action: "uncoach" });
  await moment(300);
});
