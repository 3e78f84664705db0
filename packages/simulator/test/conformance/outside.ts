import type { CoreConfig, IdSource, Input, Output } from "../../src/core/types.ts";
import * as facts from "./facts.ts";
import { type Recording, record, text } from "./recording.ts";
import type { Script } from "./script.ts";

/** Ids that look like jambonz's and count up. */
function countingIds(): IdSource {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const hex = (length: number): string => next().toString(16).padStart(length, "0");
  return {
    callSid: () => `c0000000-0000-4000-8000-${hex(12)}`,
    messageId: () => `m${hex(21)}`,
    sipCallId: () => `i${hex(35)}`,
    sipTag: () => `t${hex(12)}`,
  };
}

/** The account of the recorder: two applications on one socket port, one synthesiser. */
export function recorderConfig(script: Script): CoreConfig {
  const common = {
    synthesizer: { vendor: "custom:espeak", language: "en", voice: "en" },
    recognizer: { vendor: "google", language: "en-US" },
  };
  return {
    accountSid: facts.ACCOUNT_SID,
    serviceProviderSid: facts.SERVICE_PROVIDER_SID,
    applications: [
      {
        ...common,
        sid: facts.APPLICATION_SID,
        callHook: { url: `ws://${facts.APPLICATION_HOST}/call` },
        callStatusHook: { url: `ws://${facts.APPLICATION_HOST}/status` },
      },
      {
        ...common,
        sid: facts.APPLICATION_WITH_AUTH_SID,
        callHook: { url: `ws://${facts.APPLICATION_HOST}/auth`, username: "user", password: "pass" },
      },
    ],
    sipAddress: facts.SERVER_ADDRESS,
    outboundProxy: facts.BORDER_ADDRESS,
    traceId: "0".repeat(32),
    speech: [{ vendor: "custom:espeak", url: `http://${facts.FILES_HOST}/tts`, token: "tok" }],
    cachedAudio: Object.entries(facts.AUDIO)
      .filter(([file]) => !script.fetched.has(`/${file}`))
      .map(([file, durationMs]) => ({ url: `http://${facts.FILES_HOST}/${file}`, durationMs })),
    ids: countingIds(),
  };
}

/**
 * The INVITE as the telephone sent it, of the first call of the recording or of another; a call that never reached the application left no
 * copy, so its INVITE is the usual one.
 */
export function inviteOf({ lines }: Recording, script: Script, call = 0): string {
  const copies = lines.flatMap((line) => {
    const message = record(line.dir === "in" ? line.msg : {});
    const raw = record(record(message.data).sip).raw;
    return message.type === "session:new" && typeof raw === "string" ? [raw] : [];
  });
  const copy = copies[call];
  if (copy !== undefined) return copy;
  const refused = script.steps.some(
    (step) => step.type === "expect" && text(step.observation.what.message).includes("no configured application"),
  );
  const application = refused ? facts.UNKNOWN_APPLICATION_SID : facts.APPLICATION_SID;
  return [
    `INVITE sip:16174000000@${facts.SERVER_ADDRESS} SIP/2.0`,
    `From: <sip:+15083084809@${facts.TELEPHONE_ADDRESS}>;tag=1`,
    `To: <sip:16174000000@${facts.SERVER_ADDRESS}>`,
    "Call-ID: unseen@ua",
    "CSeq: 1 INVITE",
    `Contact: <sip:+15083084809@${facts.TELEPHONE_ADDRESS}>`,
    `X-Account-Sid: ${facts.ACCOUNT_SID}`,
    `X-Application-Sid: ${application}`,
    "",
    "",
  ].join("\r\n");
}

/** The number that an INVITE shows. */
export const numberOf = (raw: string): string => /^From: .*<sips?:([^@>]*)@/m.exec(raw)?.[1] ?? "";

type Fetch = Extract<Output, { kind: "fetch" }>;

/** The recorder's web server: its answer to a request, and how long it takes. */
export function answerFetch(fetch: Fetch): { readonly afterMs: number; readonly input: Input } {
  const { pathname } = new URL(fetch.url);
  if (fetch.purpose === "audio") {
    const durationMs = facts.AUDIO[pathname.slice(1)];
    const found = durationMs === undefined ? { status: 404 } : { status: 200, durationMs };
    return { afterMs: 3, input: { kind: "audioFetched", request: fetch.request, ...found } };
  }
  if (fetch.purpose === "speech") {
    const said = text(record(JSON.parse(fetch.body ?? "{}")).text);
    if (facts.failingSpeech(said)) {
      const failed = {
        kind: "audioFetched",
        request: fetch.request,
        status: 500,
        reason: "Internal Server Error",
      } as const;
      return { afterMs: 3, input: failed };
    }
    const durationMs = facts.SPEECH[said] ?? facts.LONG_SPEECH;
    return {
      afterMs: facts.SPEECH_ANSWER_MS,
      input: { kind: "audioFetched", request: fetch.request, status: 200, durationMs },
    };
  }
  const body = pathname === "/hook" ? JSON.stringify(facts.HOOK_ANSWER) : "";
  return { afterMs: 1, input: { kind: "hookAnswered", request: fetch.request, status: 200, body } };
}

/** A request as the recorder writes it down. */
export function fetchAsRecorded(fetch: Fetch): Readonly<Record<string, unknown>> {
  const { pathname } = new URL(fetch.url);
  const { authorization, "content-type": contentType, "user-agent": agent } = fetch.headers;
  return {
    kind: "request",
    method: fetch.method,
    path: pathname,
    body: fetch.body === undefined ? "" : JSON.parse(fetch.body),
    ...(authorization === undefined ? {} : { authorization }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(fetch.purpose === "speech" || agent === undefined ? {} : { agent }),
  };
}
