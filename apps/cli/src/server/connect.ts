import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ApiClient, type ApiProblem, createClient } from "@cordboard/api";
import { language, t } from "../texts/t.ts";

/** What every command that asks a server takes. */
export interface ServerOptions {
  readonly json?: boolean;
  readonly server?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly root: string;
}

/** What a command ends with: 0 done, 1 the thing asked for is missing or wrong, 2 not allowed, 3 no server reached, 64 asked wrongly. */
export type ExitCode = 0 | 1 | 2 | 3 | 64;

export interface Connection {
  readonly client: ApiClient;
  readonly url: string;
}

/**
 * A client of the installation. On its own machine the key in the data folder opens the door, as admin; elsewhere CORDBOARD_EMAIL and
 * CORDBOARD_PASSWORD sign in. A sign-in that fails shows with the first request.
 */
export async function connect({ server, env, root }: ServerOptions): Promise<Connection> {
  const dataFolder = resolve(root, env.CORDBOARD_DATA ?? "data");
  const url = server ?? env.CORDBOARD_PUBLIC_URL ?? addressIn(dataFolder);
  const client = createClient({
    baseUrl: url,
    language,
    keepCookies: true,
    // The key is this installation's own: a server that was named instead must not be told it.
    fetch: server === undefined ? withLocalKey(dataFolder) : fetch,
  });
  if (env.CORDBOARD_EMAIL && env.CORDBOARD_PASSWORD) {
    await client.call("session.signIn", { body: { email: env.CORDBOARD_EMAIL, password: env.CORDBOARD_PASSWORD } });
  }
  return { client, url };
}

/** Says on stderr what went wrong and gives the exit code; `missing` is the sentence for what is not there. */
export function explain({ status, message }: ApiProblem, url: string, missing: string | null = null): ExitCode {
  // What is no id at all is refused by its form: to who asks it is the same.
  const isMissing = missing !== null && (status === 404 || status === 400);
  console.error(
    status === 0
      ? t("server.unreachable", { url })
      : status === 401
        ? t("server.denied")
        : isMissing
          ? missing
          : message,
  );
  return status === 0 ? 3 : status === 401 || status === 403 ? 2 : 1;
}

/** Where the installation with this data folder was reached when it was started last. */
export function addressIn(dataFolder: string): string {
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
