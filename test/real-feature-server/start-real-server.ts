import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { snakeCaseKeys } from "../../packages/simulator/src/core/snake-case.ts";
import type { Output } from "../../packages/simulator/src/core/types.ts";
import { accountRows } from "../../packages/simulator/src/server/account-rows.ts";
import { startRestApi } from "../../packages/simulator/src/server/rest-api.ts";
import type { RunningSimulator, SimulatorOptions, TelephoneState } from "../../packages/simulator/src/server/types.ts";
import { createVirtualTelephones } from "../../packages/simulator/src/server/virtual-telephones.ts";
import { freePorts } from "../support/free-ports.ts";

const ADDRESS = "127.0.0.1:5090";

/** What the feature server itself said: alerts it would have written, promises that nobody caught. */
export const remarks: string[] = [];

/** A message between the feature server and the application. */
export interface WireMessage {
  readonly atMs: number;
  readonly socket: number;
  readonly path: string;
  readonly dir: "in" | "out" | "open" | "close" | "note";
  readonly text: string;
}
export const wire: WireMessage[] = [];

/**
 * Takes the place of the simulator: the same telephones and REST API, and behind them the real session code of a checkout. Named as the
 * simulator's own start is, so that what is written for the one runs with the other.
 */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const checkout = process.env.JAMBONZ_FEATURE_SERVER ?? "";
  if (!checkout) throw new Error("JAMBONZ_FEATURE_SERVER must name a checkout of jambonz-feature-server");
  const { accountSid, applicationSid = "44444444-4444-4444-8444-444444444444", application } = options;
  const [httpPort = 0] = await freePorts(1);
  const listeners = new Set<(state: TelephoneState) => void>();
  const calls = new Map<string, Record<string, unknown>>();
  const settings = {
    checkout,
    accountSid,
    applicationSid,
    callHook: application.callHook,
    auth: application.auth ?? {},
  };
  const child = fork(join(import.meta.dirname, "main.ts"), [], {
    execArgv: ["--import", import.meta.resolve("tsx")],
    stdio: ["ignore", process.env.REAL_LOG ? "inherit" : "ignore", "inherit", "ipc"],
    env: {
      ...{ PATH: process.env.PATH, CORDBOARD_REAL_SETTINGS: JSON.stringify(settings) },
      ...{
        JAMBONES_MYSQL_HOST: "none",
        JAMBONES_MYSQL_USER: "none",
        JAMBONES_MYSQL_PASSWORD: "none",
        JAMBONES_MYSQL_DATABASE: "none",
      },
      ...{
        DRACHTIO_HOST: "127.0.0.1",
        DRACHTIO_PORT: "9022",
        DRACHTIO_SECRET: "none",
        JAMBONES_FREESWITCH: "127.0.0.1:8021:none",
      },
      ...{
        JAMBONES_REDIS_HOST: "none",
        JAMBONES_NETWORK_CIDR: "127.0.0.0/8",
        JAMBONES_SBCS: ADDRESS,
        HTTP_IP: "127.0.0.1",
      },
      ...{
        HTTP_PORT: String(httpPort),
        JAMBONES_LOGLEVEL: process.env.REAL_LOG ?? "error",
        ENCRYPTION_SECRET: "none",
        NODE_ENV: "test",
      },
    },
  });
  const newId = () => randomBytes(6).toString("hex");
  const telephones = createVirtualTelephones({
    feed: (input) => {
      if (child.connected) child.send({ input });
    },
    now: () => Date.now(),
    changed: (state) => {
      const { id, phase, call } = state;
      const text = `${phase} ${JSON.stringify(call?.hears ?? null)}`;
      wire.push({ atMs: Date.now(), socket: 0, path: id, dir: "note", text });
      for (const listener of [...listeners]) listener(state);
    },
    ...{ accountSid, applicationSid, sipAddress: "127.0.0.1:5060", address: ADDRESS, newId },
    ...{ unregistered: options.unregistered ?? "notFound", autoRing: options.autoRing ?? true },
    speak: (leg, audio) => void child.send({ speak: { leg, audio: Buffer.from(audio).toString("base64") } }),
  });
  /** A CANCEL that an answer has crossed comes too late, and nobody takes notice (RFC 3261, section 9.2). */
  const receive = (output: Extract<Output, { kind: "sip" | "hears" }>) => {
    const isCancel = output.kind === "sip" && output.message.kind === "request" && output.message.method === "CANCEL";
    const isAnswered = telephones.list().some(({ call }) => call?.leg === output.leg && call.phase === "talking");
    if (!isCancel || !isAnswered) telephones.receive(output);
  };
  const started = new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the feature server ended with ${code}`)));
    child.on(
      "message",
      (message: { kind: string; output?: Output; call?: Record<string, unknown>; wire?: WireMessage }) => {
        if (message.kind === "ready") resolve();
        else if (message.kind === "output" && message.output) {
          if (message.output.kind === "sip" || message.output.kind === "hears") receive(message.output);
        } else if (message.kind === "call" && message.call) {
          const call = snakeCaseKeys(message.call);
          calls.set(String(call.call_sid), call);
        } else if (message.kind === "wire" && message.wire) wire.push(message.wire);
        else remarks.push(JSON.stringify(message));
      },
    );
  });
  await started;

  const ask = async (path: string, body: unknown) => {
    const answer = await fetch(`http://127.0.0.1:${httpPort}/v1/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    try {
      return { status: answer.status, body: JSON.parse(text) as unknown };
    } catch {
      return { status: answer.status, body: text };
    }
  };
  const hook = (url: string) => ({ url, method: "POST", ...application.auth });
  // What jambonz' REST API adds to an order before it hands it on (jambonz-api-server, read).
  const added = {
    ...{ account_sid: accountSid, call_hook: hook(application.callHook), call_status_hook: hook(application.callHook) },
    ...{
      speech_synthesis_vendor: "google",
      speech_synthesis_language: "en-US",
      speech_synthesis_voice: "en-US-Standard-C",
    },
    ...{ speech_recognizer_vendor: "google", speech_recognizer_language: "en-US" },
  };
  for (const spec of options.telephones ?? []) telephones.register(spec);
  const rest = await startRestApi({
    ...{ host: options.host ?? "127.0.0.1", port: options.restPort, accountSid, apiKey: options.apiKey },
    rows: (path) => accountRows(path, { ...options, applicationSid }, telephones.list()),
    calls: () => [...calls.values()],
    createCall: (body) => ask("createCall", { ...(body as object), ...added }),
    updateCall: (callSid, body) => ask(`updateCall/${callSid}`, body),
  });
  return {
    restUrl: rest.url,
    telephones,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await Promise.all([rest.close(), gone]);
    },
  };
}
