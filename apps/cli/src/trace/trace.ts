import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ApiClient, createClient, type OutputOf, type Routes } from "@cordboard/api";
import { t } from "../texts/t.ts";

export interface TraceOptions {
  readonly json?: boolean;
  readonly server?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly root: string;
}

type Trace = OutputOf<Routes["calls.trace"]>;

/**
 * Prints every step of a call with its times. On the machine of the installation the key in its data folder opens the door; elsewhere
 * CORDBOARD_EMAIL and CORDBOARD_PASSWORD sign in. Exit codes: 0 shown, 1 no such call, 2 not allowed, 3 not reached.
 */
export async function trace(call: string, options: TraceOptions): Promise<number> {
  const { env } = options;
  const port = env.CORDBOARD_PORT ?? "4700";
  const url = options.server ?? env.CORDBOARD_PUBLIC_URL ?? `http://127.0.0.1:${port}`;
  const client = createClient({
    baseUrl: url,
    keepCookies: true,
    fetch: withLocalKey(resolve(options.root, env.CORDBOARD_DATA ?? "data")),
  });
  if (env.CORDBOARD_EMAIL && env.CORDBOARD_PASSWORD) {
    await client.call("session.signIn", { body: { email: env.CORDBOARD_EMAIL, password: env.CORDBOARD_PASSWORD } });
  }
  const callId = call === "last" ? await newest(client) : call;
  const result = await client.call("calls.trace", { params: { callId: callId ?? "call_none" } });
  if (!result.ok) {
    const { status, message } = result.error;
    console.error(
      status === 0
        ? t("trace.unreachable", { url })
        : status === 401 || status === 403
          ? t("trace.denied")
          : status === 404
            ? t("trace.none", { id: call })
            : message,
    );
    return status === 0 ? 3 : status === 404 ? 1 : 2;
  }
  if (options.json) console.log(JSON.stringify(result.value, null, 2));
  else print(result.value);
  return 0;
}

async function newest(client: ApiClient): Promise<string | null> {
  const listed = await client.call("calls.list", { query: { limit: 1 } });
  return listed.ok ? (listed.value.items[0]?.callId ?? null) : null;
}

/** The installation's own key, made by `cordboard run` and readable by its owner alone: who may read it owns the data anyway. */
function withLocalKey(dataFolder: string): typeof fetch {
  const file = join(dataFolder, "secrets.json");
  const key: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).localKey : null;
  if (typeof key !== "string") return fetch;
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("Authorization", `Bearer ${key}`);
    return fetch(input, { ...init, headers });
  };
}

function print({ call, events }: Trace): void {
  console.log(
    t("trace.head", {
      id: call.callId,
      from: call.hidden ? "–" : (call.from ?? "–"),
      to: call.to,
      line: call.lineName ?? "–",
      status: call.endedBy ?? "…",
    }),
  );
  const start = Date.parse(call.startedAt);
  let node: string | null = null;
  for (const { at, kind, nodeId, details } of events) {
    const seconds = ((Date.parse(at) - start) / 1000).toFixed(3).padStart(9);
    const place = nodeId !== node && nodeId !== null ? nodeId : "";
    node = nodeId ?? node;
    const said = Object.entries(details)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join("  ");
    console.log(`${at.slice(11, 23)} ${seconds} s  ${place.padEnd(8)} ${kind.padEnd(16)} ${said}`);
  }
}
