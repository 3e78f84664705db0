import { randomBytes } from "node:crypto";
import type { CoreConfig, Hook, Input } from "../core/types.ts";
import { accountRows } from "./account-rows.ts";
import { exactNow } from "./exact-clock.ts";
import { logEntryOf } from "./log-entry.ts";
import { randomIds } from "./random-ids.ts";
import { type RestAnswer, startRestApi } from "./rest-api.ts";
import { runCore } from "./run-core.ts";
import type { RunningSimulator, SimulatorOptions, TelephoneState } from "./types.ts";
import { createVirtualTelephones } from "./virtual-telephones.ts";

/** The addresses that the SIP side of the simulation states; nothing listens there. */
const SIP_ADDRESS = "127.0.0.1:5060";
const TELEPHONES_ADDRESS = "127.0.0.1:5090";
const DEFAULT_APPLICATION_SID = "44444444-4444-4444-8444-444444444444";

/**
 * Starts a stand-in for jambonz in this process: real sockets to the application, real HTTP for audio and hooks, a REST API, and
 * virtual telephones instead of SIP. Rejects with the system's error when the REST port cannot be had (`EADDRINUSE`).
 */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const listeners = new Set<(state: TelephoneState) => void>();
  const restRequests = new Map<string, (answer: RestAnswer) => void>();
  const applicationSid = options.applicationSid ?? DEFAULT_APPLICATION_SID;
  const newId = (): string => randomBytes(6).toString("hex");

  const telephones = createVirtualTelephones({
    feed: (input) => core.feed(input),
    now: exactNow,
    changed: (state) => {
      for (const listener of [...listeners]) listener(state);
    },
    accountSid: options.accountSid,
    applicationSid,
    sipAddress: SIP_ADDRESS,
    address: TELEPHONES_ADDRESS,
    unregistered: options.unregistered ?? "notFound",
    autoRing: options.autoRing ?? true,
    newId,
    speak: (leg, audio) => core.speak(leg, audio),
  });
  const core = runCore({
    config: configOf(options, applicationSid),
    ...(options.webhookSecret === undefined ? {} : { webhookSecret: options.webhookSecret }),
    onOutput: (output) => {
      if (output.kind !== "restAnswer") telephones.receive(output);
      else {
        restRequests.get(output.request)?.(output);
        restRequests.delete(output.request);
      }
    },
    log: (output) => {
      const entry = options.log && logEntryOf(output);
      if (entry) options.log?.({ at: exactNow(), ...entry });
    },
  });
  const ask = (input: (request: string) => Input): Promise<RestAnswer> =>
    new Promise((resolve) => {
      const request = newId();
      restRequests.set(request, ({ status, body }) => resolve({ status, body }));
      core.feed(input(request));
    });

  for (const spec of options.telephones ?? []) telephones.register(spec);
  const rest = await startRestApi({
    host: options.host ?? "127.0.0.1",
    port: options.restPort,
    accountSid: options.accountSid,
    apiKey: options.apiKey,
    rows: (path) => accountRows(path, { ...options, applicationSid }, telephones.list()),
    calls: core.calls,
    createCall: (body) => ask((request) => ({ kind: "restCreateCall", request, body })),
    updateCall: (callSid, body) => ask((request) => ({ kind: "restUpdateCall", request, callSid, body })),
  });

  return {
    restUrl: rest.url,
    telephones,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await Promise.all([rest.close(), core.close()]);
    },
  };
}

function configOf(options: SimulatorOptions, applicationSid: string): CoreConfig {
  const { application, speech } = options;
  const hook = (url: string): Hook => ({ url, ...application.auth });
  return {
    accountSid: options.accountSid,
    serviceProviderSid: "11111111-1111-4111-8111-111111111111",
    applications: [
      {
        sid: applicationSid,
        callHook: hook(application.callHook),
        ...(application.callStatusHook === undefined ? {} : { callStatusHook: hook(application.callStatusHook) }),
        synthesizer: speech ?? { vendor: "google", language: "en-US", voice: "en-US-Standard-C" },
        recognizer: { vendor: "google", language: "en-US" },
      },
    ],
    defaultApplicationSid: applicationSid,
    sipRealm: "telephones.example",
    sipAddress: SIP_ADDRESS,
    outboundProxy: TELEPHONES_ADDRESS,
    traceId: "0".repeat(32),
    speech: speech ? [speech] : [],
    ids: randomIds(),
  };
}
