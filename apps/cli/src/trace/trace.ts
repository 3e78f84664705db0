import type { ApiClient } from "@cordboard/api";
import { loadCallNames } from "@cordboard/api/trace-words";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";
import { traceLines } from "./trace-lines.ts";

/** Prints every step of a call with its times; `last` is the newest call. */
export async function trace(call: string, options: ServerOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const callId = call === "last" ? await newest(client) : call;
  const result = await client.call("calls.trace", { params: { callId: callId ?? "call_none" } });
  if (!result.ok) return explain(result.error, url, t("trace.none", { id: call }));
  if (options.json) console.log(JSON.stringify(result.value, null, 2));
  else {
    const names = await loadCallNames(client, result.value.call, language);
    for (const line of traceLines(result.value, names)) console.log(line);
  }
  return 0;
}

async function newest(client: ApiClient): Promise<string | null> {
  const listed = await client.call("calls.list", { query: { limit: 1 } });
  return listed.ok ? (listed.value.items[0]?.callId ?? null) : null;
}
