import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket from "ws";
import type { CallConnection, CallHandler, Clock, TelephonyEvent, Verb } from "../../ports/index.ts";
import { createTelephony, type Telephony, type TelephonyOptions } from "../index.ts";

/** A clock that stands still until it is moved. */
export interface VirtualClock extends Clock {
  advance(ms: number): void;
}

export function virtualClock(): VirtualClock {
  let now = 1_800_000_000_000;
  const due = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    at(at, run) {
      const timer = { at, run };
      due.add(timer);
      return () => due.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        due.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
  };
}

/** What the adapter told the call core, in order; `connections` as they were given. */
export interface RecordedCore extends CallHandler {
  readonly told: string[];
  readonly events: TelephonyEvent[];
  readonly connections: CallConnection[];
  /** Done in the handler's own turn, as a core that decides at once would. */
  onNewDo: (connection: CallConnection) => void;
  onPartedDo: (connection: CallConnection) => void;
  onReconnectDo: (connection: CallConnection) => void;
  onEventDo: (connection: CallConnection, event: TelephonyEvent) => void;
}

export function recordedCore(): RecordedCore {
  const core: RecordedCore = {
    told: [],
    events: [],
    connections: [],
    onNewDo: () => {},
    onPartedDo: () => {},
    onReconnectDo: () => {},
    onEventDo: () => {},
    onNew(connection) {
      core.told.push("new");
      core.connections.push(connection);
      core.onNewDo(connection);
    },
    onReconnect(connection) {
      core.told.push("reconnect");
      core.connections.push(connection);
      core.onReconnectDo(connection);
    },
    onPlaced(connection) {
      core.told.push(`placed ${connection.facts.ourCallId}`);
      core.connections.push(connection);
    },
    onAftermath(callSid, event, ourCallId) {
      core.told.push(`aftermath ${ourCallId ?? callSid} ${event.kind}`);
      core.events.push(event);
    },
    onParted(connection) {
      core.told.push(`parted from ${connection.facts.parentSid}`);
      core.connections.push(connection);
      core.onPartedDo(connection);
    },
    onPartedOver(_parentSid, legSid) {
      core.told.push(`parted leg over ${legSid}`);
    },
    onEvent(connection, event) {
      core.told.push(event.kind);
      core.events.push(event);
      core.onEventDo(connection, event);
    },
    onCut(_connection, code) {
      core.told.push(`cut ${code}`);
    },
  };
  return core;
}

interface Sent {
  readonly type: string;
  readonly msgid?: string;
  readonly command?: string;
  readonly data?: readonly Verb[];
}

/** One socket as jambonz would open it: what it says is said by the test, what it hears is kept. */
interface ScriptedJambonz {
  readonly heard: Sent[];
  send(message: object | string): void;
  /** A hook, with the msgid that its ack must carry. */
  hook(msgid: string, path: string, data?: object): void;
  /** Resolves when everything that was sent has been taken, and everything that was answered in the same turn has come. */
  settled(): Promise<void>;
  /** Cuts the line without a word (1006). */
  cut(): void;
  close(code: number): void;
  readonly closed: Promise<number>;
}

export interface Switchboard {
  readonly port: number;
  readonly clock: VirtualClock;
  readonly core: RecordedCore;
  readonly telephony: Telephony;
  readonly counted: string[];
  connect(options?: {
    readonly authorization?: string;
    readonly subprotocol?: string;
    readonly path?: string;
  }): Promise<ScriptedJambonz>;
  /** A call whose session:new was acked, after which jambonz said `trying` as it always does; the core said nothing yet. */
  incomingCall(callSid?: string): Promise<ScriptedJambonz>;
  reconnectedCall(callSid?: string): Promise<ScriptedJambonz>;
  end(): Promise<void>;
}

export const USER = { username: "jambonz", password: "open sesame" };
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** An HTTP server with the adapter on it, a recorded core and a still clock. */
export async function switchboard(options: Partial<TelephonyOptions> = {}): Promise<Switchboard> {
  const clock = virtualClock();
  const core = recordedCore();
  const counted: string[] = [];
  const telephony = createTelephony({
    handler: core,
    path: "/telephony",
    credentials: USER,
    clock,
    log: silent,
    count: (what) => counted.push(what),
    ...options,
  });
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("upgrade", (request, socket, head) => {
    if (!telephony.handleUpgrade(request, socket, head))
      socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const lines: WebSocket[] = [];

  const board: Switchboard = {
    port,
    clock,
    core,
    telephony,
    counted,
    async connect({ authorization, subprotocol = "ws.jambonz.org", path = "/telephony" } = {}) {
      const basic = Buffer.from(`${USER.username}:${USER.password}`).toString("base64");
      const line = new WebSocket(`ws://127.0.0.1:${port}${path}`, [subprotocol], {
        headers: { authorization: authorization ?? `Basic ${basic}` },
      });
      lines.push(line);
      const jambonz = scripted(line);
      await once(line, "open");
      return jambonz;
    },
    async incomingCall(callSid = "call-1") {
      const jambonz = await board.connect();
      jambonz.send({ type: "session:new", msgid: "new", call_sid: callSid, data: session(callSid) });
      jambonz.send(callStatus("trying", { call_sid: callSid, sip_status: 100 }));
      await jambonz.settled();
      return jambonz;
    },
    async reconnectedCall(callSid = "call-1") {
      const jambonz = await board.connect();
      jambonz.send({ type: "session:reconnect", msgid: "back", call_sid: callSid, data: session(callSid) });
      await jambonz.settled();
      return jambonz;
    },
    async end() {
      for (const line of lines) line.terminate();
      server.close();
      await once(server, "close");
    },
  };
  return board;
}

function scripted(line: WebSocket): ScriptedJambonz {
  const heard: Sent[] = [];
  line.on("message", (data) => heard.push(JSON.parse(data.toString())));
  line.on("error", () => {});
  const send = (message: object | string) => line.send(typeof message === "string" ? message : JSON.stringify(message));
  return {
    heard,
    send,
    hook: (msgid, path, data = {}) => send({ type: "verb:hook", msgid, call_sid: "call-1", hook: path, data }),
    async settled() {
      const pong = once(line, "pong");
      line.ping();
      await pong;
    },
    cut: () => line.terminate(),
    close: (code) => line.close(code),
    closed: new Promise((resolve) => line.on("close", (code) => resolve(code))),
  };
}

/** session:new as jambonz 0.9.8 sends it, cut down to what is read and a few that are not. */
export function session(callSid: string, change: object = {}): object {
  return {
    call_sid: callSid,
    direction: "inbound",
    from: "+33142278186",
    to: "+33970170170",
    caller_name: "",
    call_id: "83dd051e3115@ua",
    sip_status: 100,
    sip_reason: "Trying",
    call_status: "trying",
    account_sid: "acc-1",
    application_sid: "app-1",
    originating_sip_trunk_name: "carrierA",
    sip: { method: "INVITE", headers: { from: "<sip:+33142278186@192.0.2.1>;tag=1" }, raw: "INVITE …" },
    defaults: { synthesizer: { vendor: "custom" } },
    ...change,
  };
}

/** call:status of the caller's leg, or of a dialled one. */
export function callStatus(status: string, change: object = {}): object {
  const data = { call_sid: "call-1", direction: "inbound", call_status: status, sip_status: 200, ...change };
  return { type: "call:status", msgid: `status-${status}`, call_sid: "call-1", data };
}

export function legStatus(status: string, sipStatus: number): object {
  return callStatus(status, {
    call_sid: "leg-1",
    parent_call_sid: "call-1",
    direction: "outbound",
    sip_status: sipStatus,
  });
}

export function verbStatus(event: string, id: string, name: string): object {
  return { type: "verb:status", msgid: `${event}-${id}`, call_sid: "call-1", data: { event, id, name } };
}
