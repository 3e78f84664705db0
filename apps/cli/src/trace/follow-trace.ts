import { setTimeout as pause } from "node:timers/promises";
import type { OutputOf, Routes } from "@cordboard/api";
import { type CallNames, loadCallNames } from "@cordboard/api/trace-words";
import { type Connection, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language } from "../texts/t.ts";
import { traceLines } from "./trace-lines.ts";

type Trace = OutputOf<Routes["calls.trace"]>;

const ASK_EVERY_MS = 300;
/** How long a call may take to show, and a hung-up one to be over there. */
const PATIENCE_MS = 10_000;

/**
 * Prints the trace of a call until the call is over: a line a step, or with `json` an object a line, the call itself last. `isHungUp`: nothing more is
 * to come but the end.
 */
export async function followTrace(
  { client, url }: Connection,
  callId: string,
  options: Pick<ServerOptions, "json">,
  isHungUp: () => boolean = () => false,
): Promise<ExitCode> {
  let names: CallNames | null = null;
  let printed = 0;
  let hungUpAt: number | null = null;
  const since = Date.now();
  for (;;) {
    const traced = await client.call("calls.trace", { params: { callId } });
    // One that was ordered a moment ago is about to be there.
    if (!traced.ok && traced.error.status === 404 && printed === 0 && Date.now() - since < PATIENCE_MS) {
      await pause(ASK_EVERY_MS);
      continue;
    }
    if (!traced.ok) return explain(traced.error, url);
    names ??= await loadCallNames(client, traced.value.call, language);
    printed = print(traced.value, names, printed, options.json ?? false);
    if (isHungUp()) hungUpAt ??= Date.now();
    const overdue = hungUpAt !== null && Date.now() - hungUpAt > PATIENCE_MS;
    if (traced.value.call.endedBy !== null || overdue) {
      if (options.json) console.log(JSON.stringify({ call: traced.value.call }));
      return 0;
    }
    await pause(ASK_EVERY_MS);
  }
}

/** Prints what is new; the count of what is printed then. In words the first line is the call's own. */
function print(trace: Trace, names: CallNames, printed: number, json: boolean): number {
  const lines = json ? trace.events.map((event) => JSON.stringify(event)) : traceLines(trace, names);
  for (const line of lines.slice(printed)) console.log(line);
  return lines.length;
}
