import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CompiledFlow, compile } from "@cordboard/engine";
import { readFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { startSimulator } from "@cordboard/simulator/server";
import { inProcessBus } from "../bus/in-process.ts";
import type { CallRoutes, PlacedCallRoute } from "../calls/call-routes.ts";
import { createCalls } from "../calls/calls.ts";
import { callCollections } from "../calls/model.ts";
import { createSecretBox } from "../calls/secret-box.ts";
import type { CallCentre, JambonzTarget, JoinRequest, LegReport, PlacingAnswer, PlacingOrder } from "../ports/index.ts";
import { randomId, systemClock } from "../ports/index.ts";
import { noQueueMusic } from "../queues/index.ts";
import { flowOfCallback } from "../routing/callback-flow.ts";
import { dialledFlow } from "../routing/dialled-flow.ts";
import { createJambonzRest, createTelephony, placeTelephoneBy, renderMedia } from "../telephony/index.ts";
import { silentWav } from "../telephony/testing/silent-wav.ts";
import { card, LINE, NUMBER } from "./callback-order.ts";
import { noConversations } from "./no-conversations.ts";
import { noMailbox } from "./no-mailbox.ts";
import type { TestStore } from "./test-store.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };
const credentials = { username: "jambonz", password: "secret" };

/**
 * The calls of one process, connected with the stand-in for jambonz as they are in the product, and a call centre that writes down what it
 * is told: for calls that are placed, in real time. `12` is the operator's telephone, `outside` the number.
 */
export async function placingStage(testStore: TestStore) {
  const server = createServer((request, response) => {
    if (!request.url?.startsWith("/media/")) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "audio/wav" }).end(silentWav(150));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const callHook = `ws://${address}/telephony`;
  const simulator = await startSimulator({
    application: { callHook, auth: credentials },
    restPort: 0,
    accountSid: "acc",
    applicationSid: "app",
    apiKey: "key",
    telephones: [
      { id: "12", addresses: ["12@desk.example"] },
      { id: "13", addresses: ["13@desk.example"] },
      { id: "outside", addresses: [NUMBER] },
    ],
  });
  const heard: Record<string, string[]> = { "12": [], "13": [], outside: [] };
  simulator.onChange(({ id, phase, call }) => {
    const sound =
      call?.hears.kind === "audio" ? (/\/media\/(\w+)\.wav/.exec(call.hears.url)?.[1] ?? "?") : call?.hears.kind;
    const what = phase === "talking" ? `talking ${sound}` : phase;
    if (heard[id]?.at(-1) !== what) heard[id]?.push(what);
  });
  const languages = ["en-GB", "fr-FR"];
  const compiledOf = (drawing: object) => {
    const read = readFlow(drawing as never);
    const compiled = read.ok ? compile(read.document, registry) : read;
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
    return compiled.flow;
  };
  const versions = new Map<string, CompiledFlow>();
  const routeOf = (order: Parameters<CallRoutes["placed"]>[0]): PlacedCallRoute => {
    const drawing = order.callbackId === null ? dialledFlow(languages, order) : flowOfCallback(languages, order);
    const flowVersionId = `ver_${order.callbackId === null ? (order.first ?? "") : `callback_${order.first ?? ""}`}`;
    const compiled = compiledOf(drawing);
    versions.set(flowVersionId, compiled);
    return {
      shows: LINE,
      ...{ companyId: "co_1", lineId: "line_1", lineName: "Main", flowId: "placed", flowVersionId, compiled },
      ...{ language: "en-GB", timeZone: "Europe/Paris" },
    };
  };
  const store = await testStore.connect();
  const { calls: documents } = callCollections(store.connection);

  const rest = createJambonzRest({
    ...{ apiUrl: simulator.restUrl, accountSid: "acc", apiKey: "key", callHook, applicationSid: "app", log },
  });
  const reports: LegReport[] = [];
  const orders: PlacingOrder[] = [];
  /** Whether orders come to jambonz, and their answers back; and whether the call centre can be told. */
  const lost = { order: false, answer: false, report: false };
  const place = async (order: PlacingOrder): Promise<PlacingAnswer> => {
    orders.push(order);
    const answer = lost.order ? null : await rest.place(order);
    return answer === null || lost.answer ? { kind: "unknown", why: "a test" } : answer;
  };
  /** Whom we rang and who waits in line, and who has left it by hanging up. */
  const joined: JoinRequest[] = [];
  const ended: { callId: string; by: string }[] = [];
  /** What the call centre was told, in order. */
  const told: string[] = [];
  /** The calls that it was told something of. */
  const toldOf = new Set<string>();
  const centre: CallCentre = {
    join: async (request) => {
      toldOf.add(request.callId);
      joined.push(request);
      told.push("join");
      return { place: 1 };
    },
    leave: async () => undefined,
    reportLeg: async ({ callId, report }) => {
      if (lost.report) throw new Error("a call centre that does not answer");
      reports.push(report);
      told.push(report.kind);
      toldOf.add(callId);
    },
    promiseCallback: async () => ({ result: "promised" }),
    callEnded: async ({ callId, by }) => {
      if (joined.length === 0) throw new Error("a call that is placed has no caller who hangs up");
      ended.push({ callId, by });
    },
  };
  /** One process after the other, each with the sockets and the calls that it has. */
  const startProcess = async (processId: string) => {
    const clock = systemClock();
    const calls = createCalls({
      ...{ store, bus: inProcessBus(), clock, makeId: randomId, processId, rest },
      secrets: createSecretBox("s".repeat(32)),
      routes: {
        route: () => Promise.reject(new Error("nobody calls in")),
        placed: async (order) => routeOf(order),
        version: async (_companyId, versionId) => versions.get(versionId) ?? null,
        passOn: async () => null,
      },
      presentation: {
        render: async (call, effect) => renderMedia(effect, contextOf(address, call.answeredAt !== null, call.from)),
        spokenMs: () => 150,
        comfort: () => [{ verb: "play", url: `http://${address}/media/comfort.wav`, loop: "forever" }],
        apart: () => [],
        consult: () => [],
        notice: () => [],
        noticeMs: () => 0,
        apology: () => [{ verb: "hangup" }],
      },
      answers: {
        scheduleState: async () => null,
        callbackSlots: async () => ({ slots: [], timeZone: "UTC" }),
        queueFigures: async () => {
          throw new Error("no flow here asks");
        },
        queueMusic: async () => noQueueMusic,
        placeInLine: () => Promise.reject(new Error("nobody waits long enough here")),
        askIdentity: () => Promise.reject(new Error("nobody is asked for a code here")),
        askCentre: () => Promise.reject(new Error("nobody is asked for a code here")),
        draw: () => 0,
        askMailbox: noMailbox,
        lookUpContact: async (_call, { source }) => ({ source, result: "none", matches: 0, contacts: [] }),
        postNotice: async () => "failed",
      },
      recorder: { ended: async () => ({ durationMs: 0, lastEnd: "closed" }), flowing: async () => false },
      flowRequests: {
        send: async () => ({ result: "failed", status: 0, values: [], attempts: 0, reason: "notAsked" }),
      },
      mailbox: { deliver: async () => undefined, drop: async () => undefined },
      conversations: noConversations,
      placeConsulted: async () => ({ kind: "refused", why: "nobody is asked first here" }),
      placeTelephone: placeTelephoneBy({
        rest: { place },
        telephone: async (_company, id): Promise<JambonzTarget | null> =>
          id === "tel_gone" ? null : { type: "user", name: `${id.slice(4)}@desk.example` },
      }),
      cardOf: async ({ from, to }) => ({ ...card, from, to }),
      log,
    });
    calls.useCallCentre(centre);
    await calls.start();
    const telephony = createTelephony({ handler: calls.handler, path: "/telephony", credentials, clock, log });
    server.removeAllListeners("upgrade");
    server.on("upgrade", (request, socket, head) => void telephony.handleUpgrade(request, socket, head));
    return {
      calls,
      telephony,
      /** Its sockets are cut, and it does nothing any more. */
      async close() {
        await calls.close();
        await telephony.close();
      },
    };
  };
  let process = await startProcess("proc_1");
  let started = 1;
  return {
    get calls() {
      return process.calls;
    },
    /** Cuts the sockets, which jambonz opens again. */
    cutSockets: () => {
      for (const connection of process.telephony.connections()) connection.release("a test");
    },
    /** One process leaves in order, and when something has happened `meanwhile` another one takes its place. */
    async restart(meanwhile = () => {}) {
      await process.close();
      meanwhile();
      process = await startProcess(`proc_${++started}`);
    },
    telephones: simulator.telephones,
    heard,
    reports,
    joined,
    ended,
    told,
    toldOf,
    orders,
    lost,
    document: (callId: string) => documents.findOne({ _id: callId }),
    async close() {
      await simulator.close();
      await process.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function contextOf(address: string, answered: boolean, callerId: string | null): Parameters<typeof renderMedia>[1] {
  return {
    ...{ answered, callerId, hidden: false, headers: {} },
    resolvePrompt: (prompt) => {
      const name = prompt.kind === "builtIn" ? prompt.name : prompt.kind === "flow" ? prompt.promptId : "other";
      return { url: `http://${address}/media/${name}.wav` };
    },
    resolveTarget: (target) =>
      target.kind === "number"
        ? { type: "phone", number: target.number }
        : {
            type: "user",
            name: target.kind === "telephone" ? `${target.telephoneId.slice(4)}@desk.example` : "nobody",
          },
  };
}
