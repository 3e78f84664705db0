import type { Deviation } from "./deviations.ts";
import { number, type RecordedLine, type Recording, record, text } from "./recording.ts";

/** Something the outside did, which the run repeats. */
export type Action =
  | { readonly kind: "invite" }
  | { readonly kind: "sip"; readonly ua: string; readonly what: string }
  | { readonly kind: "voice" }
  | { readonly kind: "keys"; readonly ua: string; readonly side: "caller" | "callee"; readonly keys: string }
  | { readonly kind: "message"; readonly conn: number; readonly message: unknown; readonly raw?: string }
  | { readonly kind: "audioMessage"; readonly what: "playAudio" | "disconnect" }
  | { readonly kind: "close"; readonly conn: number; readonly code: number }
  | { readonly kind: "down" }
  | { readonly kind: "listening" }
  | { readonly kind: "freeze" }
  | { readonly kind: "thaw" }
  | { readonly kind: "rest"; readonly path: string; readonly body: unknown };

/** Something the server did, in a form that a run can be compared with. `channel` orders it; see {@link compareRun}. */
export interface Observation {
  readonly channel: string;
  readonly what: Readonly<Record<string, unknown>>;
}

export type Step =
  | { readonly type: "action"; readonly t: number; readonly action: Action }
  | { readonly type: "expect"; readonly t: number; readonly observation: Observation };

export interface Script {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly endsAt: number;
  /** What the application's port does with connection attempts before it does the usual. */
  readonly upgrades: ReadonlyArray<{ readonly kind: "refuse"; readonly status: number } | { readonly kind: "silent" }>;
  /** Addresses of audio that the server fetched in this case; it had all others in its cache. */
  readonly fetched: ReadonlySet<string>;
}

/** Turns a recording into what to do and what to expect, in the recorder's order. */
export function scriptOf({ name, lines }: Recording, deviation: Deviation | undefined): Script {
  const steps: Step[] = [];
  const upgrades: Array<Script["upgrades"][number]> = [];
  const fetched = new Set<string>();
  let frozen = false;
  let appCloses = 0;
  let endsAt = lines.at(-1)?.t ?? 0;
  const act = (t: number, action: Action): void => {
    steps.push({ type: "action", t, action });
  };
  const expect = (t: number, channel: string, what: Readonly<Record<string, unknown>>): void => {
    steps.push({ type: "expect", t, observation: { channel, what } });
  };
  for (const line of lines) {
    const { t } = line;
    if (deviation?.foreignLines?.includes(t)) continue;
    switch (line.dir) {
      case "app":
        appCloses += application(line, act);
        break;
      case "in":
        expect(t, socketChannel(line.conn), { kind: "message", message: line.msg });
        break;
      case "out":
        act(t, {
          kind: "message",
          conn: number(line.conn),
          message: deviation?.reversedTargets ? reverseTargets(line.msg) : line.msg,
          ...(line.raw === undefined ? {} : { raw: text(line.raw) }),
        });
        break;
      case "ws":
        appCloses -= socket(line, { act, expect, upgrades, appCloses });
        break;
      case "sip":
        sip(line, act, expect);
        break;
      case "http":
        if (line.note !== undefined) upgrades.push({ kind: "refuse", status: 426 });
        else http(line, expect, fetched);
        break;
      case "rest":
        ordered(steps, t, { kind: "rest", path: text(line.path), body: line.body });
        expect(t, "rest", { kind: "answer", status: line.status, body: restBody(line.response) });
        break;
      case "audio":
        expect(t, socketChannel(line.conn), audio(line));
        break;
      case "note":
        if (text(line.note).startsWith("application frozen")) {
          frozen = true;
          act(t, { kind: "freeze" });
        }
        if (line.note === "end of case") {
          if (frozen) act(t, { kind: "thaw" });
          endsAt = Math.max(t, endsAt);
        }
        break;
    }
  }
  return { name, steps, endsAt, upgrades, fetched };
}

const socketChannel = (conn: unknown): string => `socket ${String(conn)}`;

/** Returns 1 when the line announces that the application closes a socket. */
function application(line: RecordedLine, act: (t: number, action: Action) => void): number {
  const event = text(line.ev);
  if (event === "listening") act(line.t, { kind: "listening" });
  else if (event.startsWith("down")) act(line.t, { kind: "down" });
  else if (event === "send playAudio") act(line.t, { kind: "audioMessage", what: "playAudio" });
  else if (event === "send disconnect") act(line.t, { kind: "audioMessage", what: "disconnect" });
  else if (event.startsWith("close")) return 1;
  return 0;
}

interface SocketContext {
  readonly act: (t: number, action: Action) => void;
  readonly expect: (t: number, channel: string, what: Readonly<Record<string, unknown>>) => void;
  readonly upgrades: Array<Script["upgrades"][number]>;
  readonly appCloses: number;
}

/** Returns 1 when the line is the close that the application announced. */
function socket(line: RecordedLine, { act, expect, upgrades, appCloses }: SocketContext): number {
  const event = text(line.ev);
  const refused = /^upgrade refused (\d+)$/.exec(event);
  if (refused) upgrades.push({ kind: "refuse", status: Number(refused[1]) });
  else if (event.startsWith("upgrade received")) upgrades.push({ kind: "silent" });
  else if (event === "open") {
    const { authorization } = record(line.headers);
    expect(line.t, socketChannel(line.conn), {
      kind: "open",
      path: line.url,
      protocol: line.protocol,
      ...(authorization === undefined ? {} : { authorization }),
    });
  } else if (event === "close") {
    // A server does not vanish (1006); every other code is its own unless the application said that it closes.
    if (line.code === 1006 || appCloses > 0) {
      act(line.t, { kind: "close", conn: number(line.conn), code: number(line.code) });
      return appCloses > 0 ? 1 : 0;
    }
    expect(line.t, socketChannel(line.conn), { kind: "close", code: line.code });
  }
  return 0;
}

function sip(
  line: RecordedLine,
  act: (t: number, action: Action) => void,
  expect: (t: number, channel: string, what: Readonly<Record<string, unknown>>) => void,
): void {
  const event = text(line.ev);
  const ua = text(line.ua);
  if (event.includes("OPTIONS")) return;
  const keys = /^keys> (\S+) \((uac|uas)\)/.exec(event);
  if (keys) act(line.t, { kind: "keys", ua, side: keys[2] === "uac" ? "caller" : "callee", keys: keys[1] ?? "" });
  else if (event.startsWith("voice> ")) act(line.t, { kind: "voice" });
  else if (event.startsWith("sip> INVITE ")) act(line.t, { kind: "invite" });
  else if (event.startsWith("sip> ")) act(line.t, { kind: "sip", ua, what: event.slice("sip> ".length) });
  else if (event.startsWith("sip< ")) {
    const [message, from] = event.slice("sip< ".length).split(" From=");
    expect(line.t, `sip ${ua}`, {
      kind: "sip",
      message: (message ?? "").trimEnd(),
      ...(from === undefined ? {} : { from: from.replace(/;tag=.*/, "") }),
    });
  }
}

function http(
  line: RecordedLine,
  expect: (t: number, channel: string, what: Readonly<Record<string, unknown>>) => void,
  fetched: Set<string>,
): void {
  const path = text(line.url);
  const { authorization, "content-type": contentType, "user-agent": agent } = record(line.headers);
  if (line.method === "GET") {
    // The media server's HTTP client asks for a new file twice within a few milliseconds; once is enough to know that it asks.
    if (fetched.has(path)) return;
    fetched.add(path);
  }
  expect(line.t, "http", {
    kind: "request",
    method: line.method,
    path,
    body: line.body === "" ? "" : JSON.parse(text(line.body)),
    ...(authorization === undefined ? {} : { authorization }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(path === "/tts" || agent === undefined ? {} : { agent }),
  });
}

function audio(line: RecordedLine): Readonly<Record<string, unknown>> {
  if (line.text !== undefined) return { kind: "message", message: JSON.parse(text(line.text)) };
  if (line.firstBinary !== undefined) return { kind: "firstFrame", bytes: line.firstBinary };
  if (line.end !== undefined) return { kind: "audioEnd", frames: line.frames, bytes: line.bytes };
  return { kind: "frames", frames: line.frames, bytes: line.bytes };
}

function restBody(response: unknown): unknown {
  const value = text(response);
  const parsed: unknown = value.startsWith("{") ? JSON.parse(value) : value;
  const { msg } = record(parsed);
  return typeof msg === "string" ? msg : parsed;
}

/** A message whose `dial` names its targets the other way round. */
function reverseTargets(message: unknown): unknown {
  const { data } = record(message);
  if (!Array.isArray(data)) return message;
  const verbs = data.map((verb: unknown) => {
    const { target } = record(verb);
    return Array.isArray(target) ? { ...record(verb), target: [...target].reverse() } : verb;
  });
  return { ...record(message), data: verbs };
}

/** The recorder writes a REST request down when it is answered; a call that it ordered has begun to ring by then. */
const REST_TAKES_MS = 12;

function ordered(steps: Step[], t: number, action: Extract<Action, { kind: "rest" }>): void {
  const rung = steps.findIndex(
    (step) => step.type === "expect" && step.t > t - 60 && step.observation.channel === "sip sbc",
  );
  const first = steps[rung];
  if (action.path.endsWith("/createCall") && first) {
    steps.splice(rung, 0, { type: "action", t: first.t - REST_TAKES_MS, action });
  } else steps.push({ type: "action", t, action });
}
