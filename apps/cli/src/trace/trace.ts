import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ApiClient, createClient } from "@cordboard/api";
import { loadCallNames } from "@cordboard/api/trace-words";
import { language, t } from "../texts/t.ts";
import { traceLines } from "./trace-lines.ts";

export interface TraceOptions {
  readonly json?: boolean;
  readonly server?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly root: string;
}

/**
 * Prints every step of a call with its times. On the machine of the installation the key in its data folder opens the door; elsewhere
 * CORDBOARD_EMAIL and CORDBOARD_PASSWORD sign in. Exit codes: 0 shown, 1 no such call, 2 not allowed, 3 not reached.
 */
export async function trace(call: string, options: TraceOptions): Promise<number> {
  const { env } = options;
  const dataFolder = resolve(options.root, env.CORDBOARD_DATA ?? "data");
  const url = options.server ?? env.CORDBOARD_PUBLIC_URL ?? addressIn(dataFolder);
  const client = createClient({
    baseUrl: url,
    language,
    keepCookies: true,
    // The key is this installation's own: a server that was named instead must not be told it.
    fetch: options.server === undefined ? withLocalKey(dataFolder) : fetch,
  });
  if (env.CORDBOARD_EMAIL && env.CORDBOARD_PASSWORD) {
    await client.call("session.signIn", { body: { email: env.CORDBOARD_EMAIL, password: env.CORDBOARD_PASSWORD } });
  }
  const callId = call === "last" ? await newest(client) : call;
  const result = await client.call("calls.trace", { params: { callId: callId ?? "call_none" } });
  if (!result.ok) {
    const { status, message } = result.error;
    // What is no id at all is refused by its form: to who asks it is the same.
    const missing = status === 404 || status === 400;
    console.error(
      status === 0
        ? t("trace.unreachable", { url })
        : status === 401 || status === 403
          ? t("trace.denied")
          : missing
            ? t("trace.none", { id: call })
            : message,
    );
    return status === 0 ? 3 : missing ? 1 : 2;
  }
  if (options.json) console.log(JSON.stringify(result.value, null, 2));
  else for (const line of traceLines(result.value, await loadCallNames(client, result.value.call))) console.log(line);
  return 0;
}

async function newest(client: ApiClient): Promise<string | null> {
  const listed = await client.call("calls.list", { query: { limit: 1 } });
  return listed.ok ? (listed.value.items[0]?.callId ?? null) : null;
}

/** Where the installation with this data folder was reached when it was started last. */
function addressIn(dataFolder: string): string {
  const file = join(dataFolder, "address");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "http://127.0.0.1:4700";
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
