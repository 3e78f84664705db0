import { createConnection } from "node:net";
import { type Company, type Operator, realtime as place, ServerMessage } from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { Value } from "typebox/value";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { boardChannel, operatorChannel, voicemailChannel } from "../ports/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { presenceMs, sessionCheckMs } from "./operator-room.ts";

let runtime: TestRuntime;
let company: Company;
let ines: Operator;
let cookie: string;
const clock = virtualClock();
const sockets: Socket[] = [];
const queueId = `queue_${"1".repeat(32)}`;

beforeEach(async () => {
  runtime = await startTestRuntime({ clock, heartbeat: { intervalMs: 100, patienceMs: 1_500 } });
  company = await runtime.company("demo");
  ines = await runtime.operator(company, "101", "Inès");
  runtime.callCentre.serve(() => [queueId]);
  cookie = await signIn("101");
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await runtime.close();
});

async function signIn(code: string): Promise<string> {
  const answer = await fetch(`${runtime.baseUrl}/api/desk/session`, {
    method: "POST",
    body: JSON.stringify({ code, password: testPassword }),
    headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

/** One tab: what it was told, and how it ended. */
function tab(headers: Record<string, string> = { Cookie: cookie }, namespace: string = place.namespace) {
  const socket = io(`${runtime.baseUrl}${namespace}`, {
    path: place.path,
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
  });
  sockets.push(socket);
  const told: ServerMessage[] = [];
  const ended: string[] = [];
  socket.on("message", (message: unknown) => {
    if (!Value.Check(ServerMessage, message)) throw new Error(`not a message: ${JSON.stringify(message)}`);
    told.push(message);
  });
  socket.on("disconnect", (reason) => ended.push(reason));
  socket.on("connect_error", (error) => ended.push(error.message));
  const views = () => told.flatMap((message) => (message.type === "view" ? [message.view] : []));
  return { socket, told, ended, views };
}

const asked = (kind: string) => runtime.callCentre.commands.filter(({ command }) => command.kind === kind);
const board = (seq: number, waiting: number) =>
  runtime.bus.publish(boardChannel(company.companyId), { seq, queues: [{ queueId, waiting, longestSince: 1000 }] });

describe("the lamp of the voicemail", () => {
  const voicemail = (told: readonly ServerMessage[]) =>
    told.flatMap((message) => (message.type === "voicemail" ? [message.boxes] : []));
  const leave = (boxId: string, digit: string) =>
    runtime.store.connection.collection<{ _id: string }>("messages").insertOne({
      ...{ _id: `msg_${digit.repeat(32)}`, companyId: company.companyId, boxId, state: "new", receivedAt: 1 },
    });

  test("shows what nobody has heard, to who may hear it, at once and after each change", async () => {
    const scope = systemScope(company.companyId);
    const fields = { name: "Sales", queueId: null, operatorIds: [ines.operatorId], retentionDays: 90 };
    const box = await runtime.features.voicemailBoxes.create(scope, fields);
    await leave(box.boxId, "1");
    const { told } = tab();
    const still = { name: "Sales", queueId: null, number: null, hasCode: false, greetings: {}, kept: 0 };
    const shown = (unheard: number) => [{ boxId: box.boxId, ...still, unheard }];
    await expect.poll(() => voicemail(told)).toEqual([shown(1)]);
    await leave(box.boxId, "2");
    runtime.bus.publish(voicemailChannel(company.companyId), { boxId: box.boxId });
    await expect.poll(() => voicemail(told).at(-1)).toEqual(shown(2));
    // No longer theirs: said once, and then nothing more.
    await runtime.features.voicemailBoxes.change(scope, box.boxId, 1, { ...fields, operatorIds: [] });
    await expect.poll(() => voicemail(told).at(-1)).toEqual([]);
  });

  test("is not there for who may hear nothing", async () => {
    const { told, views } = tab();
    await expect.poll(() => views().length).toBe(1);
    runtime.bus.publish(voicemailChannel(company.companyId), { boxId: "any" });
    runtime.bus.publish(boardChannel(company.companyId), {
      seq: 1,
      queues: [{ queueId, waiting: 1, longestSince: 1 }],
    });
    await expect.poll(() => told.map(({ type }) => type)).toContain("queues");
    expect(voicemail(told)).toEqual([]);
  });
});

describe("a tab", () => {
  test("gets the view at once, and each change after it", async () => {
    const { views } = tab();
    await expect.poll(() => views().length).toBe(1);
    runtime.callCentre.change(company.companyId, ines.operatorId, {
      state: "paused",
      pause: { reason: "missed", label: null },
    });
    await expect.poll(() => views().at(-1)).toMatchObject({ state: "paused", pause: { reason: "missed" } });
  });

  test("is not shown what is older than what it shows", async () => {
    const { views } = tab();
    await expect.poll(() => views().length).toBe(1);
    const { centre, change } = runtime.callCentre;
    const late = await centre.view(company.companyId, ines.operatorId);
    change(company.companyId, ines.operatorId, { state: "paused" });
    await expect.poll(() => views().length).toBe(2);
    runtime.bus.publish(operatorChannel(company.companyId, ines.operatorId), { view: late });
    change(company.companyId, ines.operatorId, { state: "available" });
    await expect.poll(() => views().length).toBe(3);
    expect(views().map(({ state }) => state)).toEqual(["available", "paused", "available"]);
  });

  test("gets the view again when it asks; what it says otherwise is dropped", async () => {
    const { socket, views } = tab();
    await expect.poll(() => views().length).toBe(1);
    socket.emit("message", { v: 1, type: "accept", offerId: "x" });
    socket.emit("message", "nonsense");
    socket.emit("message", { v: 1, type: "refresh" });
    await expect.poll(() => views().length).toBe(2);
    expect(asked("accept")).toEqual([]);
  });

  test("is shown a new name when a setting changes", async () => {
    const { views } = tab();
    await expect.poll(() => views().length).toBe(1);
    const { operatorId, rev, ...fields } = ines;
    await runtime.features.operators.change(systemScope(company.companyId), operatorId, rev, {
      ...fields,
      name: "Inès B.",
    });
    await expect.poll(() => views().at(-1)?.operator.name).toBe("Inès B.");
  });
});

describe("waiting numbers", () => {
  test("come numbered one by one, only of the operator's queues", async () => {
    const { told, views } = tab();
    await expect.poll(() => views().length).toBe(1);
    board(7, 1);
    board(8, 2);
    runtime.bus.publish(boardChannel(company.companyId), {
      seq: 9,
      queues: [{ queueId: `queue_${"9".repeat(32)}`, waiting: 5, longestSince: 1 }],
    });
    board(10, 3);
    const numbers = () =>
      told.flatMap((message) => (message.type === "queues" ? [[message.seq, message.queues[0]?.waiting]] : []));
    await expect.poll(numbers).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  test("of which the bus lost one are made good by the whole view", async () => {
    const { views } = tab();
    await expect.poll(() => views().length).toBe(1);
    board(7, 1);
    board(9, 3);
    await expect.poll(() => views().length).toBe(2);
  });
});

describe("presence", () => {
  test("is told with the first tab and again while it lasts, and its end with the last", async () => {
    const [first, second] = [tab(), tab()];
    await expect.poll(() => first.views().length + second.views().length).toBe(2);
    expect(asked("connected").map(({ operatorId }) => operatorId)).toEqual([ines.operatorId]);
    const toldAgain = async () => {
      await clock.advance(presenceMs);
      return asked("connected").length;
    };
    // The time is counted from when the first was answered.
    await expect.poll(toldAgain).toBeGreaterThan(1);
    first.socket.disconnect();
    await expect.poll(() => runtime.realtime.operators).toBe(1);
    second.socket.disconnect();
    await expect.poll(() => asked("disconnected").length).toBe(1);
    expect(asked("disconnected")[0]?.command).toEqual({ kind: "disconnected", processId: "proc_test" });
    expect(runtime.realtime.operators).toBe(0);
  });

  test("that could not be told is told again", async () => {
    runtime.callCentre.state.unavailable = true;
    const { views } = tab();
    await expect.poll(() => asked("connected").length).toBe(1);
    runtime.callCentre.state.unavailable = false;
    await expect.poll(() => clock.armed).toBeGreaterThan(0);
    await clock.advance(1000);
    await expect.poll(() => asked("connected").length).toBe(2);
    await expect.poll(() => views().length).toBeGreaterThan(0);
  });

  test("of a browser that fell asleep ends by itself", async () => {
    // The protocol by hand, without an answer to any heartbeat: a machine whose lid was closed.
    const address = `${runtime.baseUrl.replace("http", "ws")}${place.path}/?EIO=4&transport=websocket`;
    const sleeper = new WebSocket(address, { headers: { Cookie: cookie } });
    const heard: string[] = [];
    sleeper.on("message", (data) => heard.push(data.toString()));
    sleeper.on("open", () => sleeper.send(`40${place.namespace},`));
    await expect.poll(() => heard.some((text) => text.includes('"type":"view"'))).toBe(true);
    await expect.poll(() => asked("disconnected").length).toBe(1);
  });
});

describe("sessions", () => {
  test("a socket without one is refused, and so is one from a foreign page", async () => {
    const without = tab({});
    await expect.poll(() => without.ended).toEqual(["notSignedIn"]);
    const stolen = tab({ Cookie: "cordboard_operator=guess" });
    await expect.poll(() => stolen.ended).toEqual(["notSignedIn"]);
    const elsewhere = tab({ Cookie: cookie }, "/");
    await expect.poll(() => elsewhere.ended).toEqual(["notSignedIn"]);
    const foreign = tab({ Cookie: cookie, Origin: "https://evil.example" });
    await expect.poll(() => foreign.ended.length).toBe(1);
    expect(foreign.told).toEqual([]);
    expect(runtime.realtime.operators).toBe(0);
  });

  test("signed out in one tab, every tab of it is told; another browser's is not", async () => {
    const other = tab({ Cookie: await signIn("101") });
    const mine = [tab(), tab()];
    await expect.poll(() => [other, ...mine].every(({ views }) => views().length > 0)).toBe(true);
    await fetch(`${runtime.baseUrl}/api/desk/session`, {
      method: "DELETE",
      headers: { "X-Cordboard": "1", Cookie: cookie },
    });
    for (const { told, ended } of mine) {
      await expect.poll(() => ended.length).toBe(1);
      expect(told.at(-1)).toEqual({ v: 1, type: "sessionEnded" });
    }
    expect(other.ended).toEqual([]);
  });

  test("expired while nobody asked, it ends at the next look; open, it never expires", async () => {
    const { told, ended, views } = tab();
    await expect.poll(() => views().length).toBe(1);
    // The time to the next telling is counted from when the one before was answered.
    const look = async () => {
      for (let at = 0; at < sessionCheckMs; at += presenceMs) await clock.advance(presenceMs);
      return asked("connected").length;
    };
    await expect.poll(look).toBeGreaterThan(sessionCheckMs / presenceMs);
    await runtime.store.connection.collection("sessions").deleteMany({});
    const endedAfter = async () => {
      await look();
      return ended.length;
    };
    await expect.poll(endedAfter).toBe(1);
    expect(told.at(-1)?.type).toBe("sessionEnded");
    expect(asked("signOut")).toEqual([]);
  });
});

test("an upgrade to another path is left to whoever it is for", async () => {
  runtime.server.on("upgrade", ({ url }, socket) => {
    if (url === "/jambonz") socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\nhere");
  });
  const socket = createConnection(Number(new URL(runtime.baseUrl).port), "127.0.0.1");
  const heard: string[] = [];
  socket.on("data", (data) => heard.push(data.toString()));
  socket.write("GET /jambonz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  const { views } = tab();
  await expect.poll(() => views().length).toBe(1);
  await expect.poll(() => heard.join("")).toContain("here");
  socket.destroy();
});
