import Module, { createRequire } from "node:module";
import { join } from "node:path";
import type { Input, Sound } from "../../packages/simulator/src/core/types.ts";
import { createDatabase } from "./database.ts";
import type { EndpointClass, EventEmitter2Class, SrfClass } from "./foreign.ts";
import { type Channel, createMediaServer } from "./media-server.ts";
import { portOf } from "./sdp.ts";
import { readSettings } from "./settings.ts";
import { createSipStack } from "./sip-stack.ts";

/**
 * The feature server's own program, with what lies below it replaced: SIP, media server, database, speech. It is told what telephones do by
 * its parent process and tells what they get and hear.
 */
const settings = readSettings();
process.chdir(settings.checkout);
const say = (message: object) => void process.send?.(message);
const load = createRequire(join(settings.checkout, "app.js"));
const realSrf = load("drachtio-srf") as SrfClass & Record<string, unknown>;
const ofMrf = createRequire(load.resolve("drachtio-fsmrf"));
const { EventEmitter2 } = ofMrf("eventemitter2") as { EventEmitter2: EventEmitter2Class };

const sip = createSipStack(
  {
    ...{ SipMessage: realSrf.SipMessage, SipRequest: realSrf.SipRequest, SipResponse: realSrf.SipResponse },
    ...{ SipError: realSrf.SipError, Dialog: realSrf.Dialog, parseUri: realSrf.parseUri },
  },
  (leg, message) => say({ kind: "output", output: { kind: "sip", leg, message } }),
  () => look(),
);
const media = createMediaServer(
  EventEmitter2,
  ofMrf("./endpoint") as EndpointClass,
  () => look(),
  (what) => say({ kind: "wire", wire: { atMs: Date.now(), socket: 0, path: "media", dir: "note", text: what } }),
);
const database = createDatabase(settings, (call) => say({ kind: "call", call }));

const nothing = async () => null;
const alerts = () => ({
  writeAlerts: async (alert: object) => say({ kind: "alert", alert }),
  writeSystemAlerts: nothing,
  AlertType: new Proxy({}, { get: (_target, name) => String(name) }),
});
class Registrar {
  query = nothing;
}
class Statistics {
  gauge() {}
  increment() {}
  histogram() {}
}
/** The real sockets, overheard. */
const { WebSocket: RealSocket } = load("ws") as { WebSocket: typeof import("ws").WebSocket };
let sockets = 0;
class OverheardSocket extends RealSocket {
  constructor(address: string, protocols?: string | string[], options?: object) {
    super(address, protocols, options as never);
    sockets += 1;
    const socket = sockets;
    const path = new URL(address).pathname;
    const tell = (dir: string, text: string) =>
      say({ kind: "wire", wire: { atMs: Date.now(), socket, path, dir, text } });
    this.on("open", () => tell("open", ""));
    this.on("close", (code) => tell("close", String(code)));
    this.prependListener("message", (data) => tell("out", String(data)));
    const send = this.send.bind(this);
    this.send = ((data: string, ...others: never[]) => {
      tell("in", String(data));
      send(data, ...others);
    }) as typeof this.send;
  }
}
const standIns: Readonly<Record<string, unknown>> = {
  ws: OverheardSocket,
  "drachtio-srf": sip.Srf,
  "drachtio-fsmrf": media.Mrf,
  "@jambonz/db-helpers": database.rows,
  "@jambonz/realtimedb-helpers": database.memory,
  "@jambonz/mw-registrar": Registrar,
  "@jambonz/stats-collector": Statistics,
  "@jambonz/speech-utils": () => ({ synthAudio: nothing, addFileToCache: nothing }),
  "@jambonz/time-series": alerts,
  "@jambonz/http-health-check": () => undefined,
  [join(settings.checkout, "tracer.js")]: () =>
    (load("@opentelemetry/api") as { trace: { getTracer(name: string): unknown } }).trace.getTracer("none"),
};
const loader = Module as unknown as {
  _load(request: string, parent: { filename?: string } | null, isMain: boolean): unknown;
};
const original = loader._load;
loader._load = (request, parent, isMain) => {
  const fromCheckout =
    parent?.filename?.startsWith(join(settings.checkout, "lib")) ||
    parent?.filename === join(settings.checkout, "app.js");
  const name = request === "./tracer" ? join(settings.checkout, "tracer.js") : request;
  if (fromCheckout && name in standIns) return standIns[name];
  return original(request, parent, isMain);
};

let before = new Map<string, string>();
let isLooking = false;

/** Tells what each telephone hears now, where that has changed; many changes of one moment are one look. */
function look(): void {
  if (isLooking) return;
  isLooking = true;
  setImmediate(() => {
    isLooking = false;
    const legs = sip.legs();
    const now = new Map<string, string>();
    for (const leg of legs) {
      const sound = heard(leg.port, leg.sendsTo);
      if (!sound) continue;
      const text = JSON.stringify(sound);
      now.set(leg.id, text);
      if (before.get(leg.id) !== text) say({ kind: "output", output: { kind: "hears", leg: leg.id, sound } });
    }
    before = now;
  });
}

/** What comes to a telephone: from the media server's end, or from another telephone where the server has left the path. */
function heard(port: number, from: number): Sound | null {
  if (from === 0) return null;
  const legs = sip.legs();
  const direct = legs.find((leg) => leg.port === from);
  if (direct) return direct.sendsTo === port ? { kind: "bridged", with: direct.id } : { kind: "silence" };
  const channel = media.channels().find((one) => one.port === from);
  if (!channel || portOf(channel.remoteSdp) !== port) return { kind: "silence" };
  if (channel.playing) return channel.playing;
  const others = media.conferences.heardBy(channel) ?? (channel.bridged ? [channel.bridged] : []);
  const [one, ...more] = others.map((other) => telephoneOf(other)).filter((leg) => leg !== undefined);
  if (one === undefined) return { kind: "silence" };
  return { kind: "bridged", with: one, ...(more.length > 0 && { also: more }) };
}

function telephoneOf(channel: Channel): string | undefined {
  const port = portOf(channel.remoteSdp);
  return sip.legs().find((leg) => leg.port === port && leg.sendsTo === channel.port)?.id;
}

process.on("message", (message: { input?: Input; speak?: { leg: string; audio: string } }) => {
  const { input, speak } = message;
  if (speak) {
    const leg = sip.legs().find(({ id }) => id === speak.leg);
    if (leg) media.speak(leg.sendsTo, Buffer.from(speak.audio, "base64"));
  }
  if (!input) return;
  if (input.kind === "keys") {
    const leg = sip.legs().find(({ id }) => id === input.leg);
    if (leg) media.keys(leg.sendsTo, input.keys);
  } else sip.feed(input);
});
process.on("disconnect", () => process.exit(0));
process.on("unhandledRejection", (error) =>
  say({ kind: "thrown", error: String(error instanceof Error ? error.stack : error) }),
);

const app = load("./app.js") as { srf: { locals: { serviceUrl?: string } } };
const ready = setInterval(() => {
  const { serviceUrl } = app.srf.locals;
  if (!(app.srf.locals as { localSipAddress?: string }).localSipAddress) return;
  clearInterval(ready);
  say({ kind: "ready", serviceUrl });
}, 20);
