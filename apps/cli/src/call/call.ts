import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ApiClient } from "@cordboard/api";
import type { TelephoneState } from "@cordboard/simulator/server";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { followTrace } from "../trace/follow-trace.ts";
import { followPlan, readKeyPlan } from "./key-plan.ts";
import { connectLab, type LabTelephones } from "./lab-telephones.ts";

export interface CallOptions extends ServerOptions {
  /** The caller's number; a number of the range that France keeps for films when nothing is said. */
  readonly from?: string;
  readonly hidden?: boolean;
  /** What is pressed, an entry for each thing that is heard: `1,,2`. */
  readonly keys?: string;
  /** The lab's telephones that ring are answered. */
  readonly answer?: boolean;
  /** Hangs up after so many seconds. */
  readonly seconds?: string;
  readonly lab?: string;
}

const CALLER_NUMBER = "+33639980199";
const LONGEST_CALL_S = 60;
const ASK_EVERY_MS = 300;
/** How long a call may take to show in the trace. */
const PATIENCE_MS = 10_000;

/**
 * Places a test call by the lab's telephones, presses the keys, and prints the trace as it happens: a line a step, or with `--json` an object a
 * line, the call itself last. 0 when the call came about, however it went.
 */
export async function placeCall(number: string | undefined, options: CallOptions): Promise<ExitCode> {
  const plan = readKeyPlan(options.keys ?? "");
  const seconds = Number(options.seconds ?? LONGEST_CALL_S);
  if (plan === null) return wrong(t("call.keysWrong", { keys: options.keys ?? "" }));
  if (!(seconds > 0 && seconds <= 3_600)) return wrong(t("call.secondsWrong", { seconds: options.seconds ?? "" }));
  const labUrl = options.lab ?? labAddress(options);
  const lab = labUrl === null ? null : await connectLab(labUrl).catch(() => null);
  if (!lab) {
    console.error(labUrl === null ? t("call.noLab") : t("call.labUnreachable", { url: labUrl }));
    return 3;
  }
  try {
    const to = number ?? lab.line;
    if (to === "") return wrong(t("call.noLine"));
    if ((lab.caller()?.phase ?? "idle") !== "idle") return failed(t("call.telephoneBusy"));
    return await carry(lab, to, options, { plan, seconds });
  } finally {
    lab.close();
  }
}

async function carry(
  lab: LabTelephones,
  to: string,
  options: CallOptions,
  { plan, seconds }: { readonly plan: readonly string[]; readonly seconds: number },
): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const before = await client.call("calls.list", { query: { limit: 20 } });
  if (!before.ok) return explain(before.error, url);
  const known = new Set(before.value.items.map(({ callId }) => callId));
  const from = options.hidden ? null : (options.from ?? CALLER_NUMBER);

  let refused: string | null = null;
  const due = followPlan(plan);
  lab.follow((sentence) => {
    refused ??= sentence;
    const keys = due(soundOf(lab.caller()));
    if (keys !== null) lab.press(keys);
    if (options.answer) for (const telephone of lab.ringing()) lab.answer(telephone);
  });
  const hangUp = () => lab.hangUp();
  process.once("SIGINT", hangUp);
  lab.call(from, to);
  const ending = new AbortController();
  void pause(seconds * 1_000, null, { signal: ending.signal }).then(hangUp, () => undefined);
  try {
    const callId = await newCall(client, known, from, () => refused !== null);
    if (refused !== null) return failed(refused);
    if (callId === null) return failed(t("call.notArrived", { to }));
    return await followTrace({ client, url }, callId, options, () => lab.caller()?.phase === "idle");
  } finally {
    ending.abort();
    process.off("SIGINT", hangUp);
    if ((lab.caller()?.phase ?? "idle") !== "idle") hangUp();
  }
}

/** The call that has just been placed: the newest that was not there before. */
async function newCall(
  client: ApiClient,
  known: ReadonlySet<string>,
  from: string | null,
  givenUp: () => boolean,
): Promise<string | null> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until && !givenUp()) {
    const listed = await client.call("calls.list", { query: { limit: 20, ...(from !== null && { number: from }) } });
    const found = listed.ok ? listed.value.items.find(({ callId }) => !known.has(callId)) : undefined;
    if (found) return found.callId;
    await pause(ASK_EVERY_MS);
  }
  return null;
}

/** What the caller hears now, told apart from what they heard before; `null`: nothing yet. */
function soundOf(telephone: TelephoneState | undefined): string | null {
  const { call, phase } = telephone ?? {};
  if (!call || phase !== "talking" || call.hears.kind === "silence") return null;
  return `${JSON.stringify(call.hears)} ${call.hearsSince}`;
}

/** Where the lab of this installation was reached when it was started last; `null` when it was started without one. */
function labAddress({ env, root }: ServerOptions): string | null {
  const file = join(resolve(root, env.CORDBOARD_DATA ?? "data"), "lab-address");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

function failed(sentence: string): ExitCode {
  console.error(sentence);
  return 1;
}

function wrong(sentence: string): ExitCode {
  console.error(sentence);
  return 64;
}
