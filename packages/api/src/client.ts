import type { InputOf, OutputOf } from "./define-route.ts";
import type { Problem } from "./problem.ts";
import { routePaths } from "./route-paths.generated.ts";
import type { RouteId, Routes } from "./routes/index.ts";

/** A refusal or failure, with sentences for people. `status` 0: the server was not reached at all (`code: "unreachable"`). */
export interface ApiProblem extends Problem {
  readonly status: number;
}

export type ApiResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ApiProblem };

/** Nothing to pass: the second argument may be left out. */
type Arguments<Id extends RouteId> = keyof InputOf<Routes[Id]> extends never ? [] : [input: InputOf<Routes[Id]>];

export interface ApiClient {
  /** Calls a route by its id. Never throws: an expected refusal, a fault and an unreachable server are all values. */
  call<Id extends RouteId>(id: Id, ...input: Arguments<Id>): Promise<ApiResult<OutputOf<Routes[Id]>>>;
}

/**
 * The typed client of apps and CLI. It carries paths but no schemas, so it is small in a browser.
 * `keepCookies` is for programs that sign in: a browser keeps the session by itself.
 */
export function createClient(options: {
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  readonly language?: "fr" | "en";
  readonly keepCookies?: boolean;
  /** Of an API key; nothing else is sent to say who calls. */
  readonly token?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}): ApiClient {
  const cookies = new Map<string, string>();
  return {
    async call<Id extends RouteId>(id: Id, ...input: Arguments<Id>): Promise<ApiResult<OutputOf<Routes[Id]>>> {
      const [method, path] = routePaths[id];
      const { params, query, body, file }: Parts = input[0] ?? {};
      const headers = new Headers({ Accept: "application/json", "X-Cordboard": "1", ...options.headers });
      if (options.token !== undefined) headers.set("Authorization", `Bearer ${options.token}`);
      if (options.language) headers.set("Accept-Language", options.language);
      if (body !== undefined) headers.set("Content-Type", "application/json");
      if (file !== undefined) headers.set("Content-Type", "application/octet-stream");
      const sent = file === undefined ? body !== undefined && JSON.stringify(body) : new Blob([new Uint8Array(file)]);
      if (cookies.size > 0) headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
      try {
        const response = await options.fetch(options.baseUrl + fill(path, params) + search(query), {
          method,
          headers,
          credentials: "same-origin",
          ...(sent === false ? {} : { body: sent }),
        });
        if (options.keepCookies) keep(cookies, response.headers);
        return (await read(response)) as ApiResult<OutputOf<Routes[Id]>>;
      } catch (cause) {
        return { ok: false, error: unreachable(cause, options.language ?? "en") };
      }
    },
  };
}

interface Parts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly file?: Uint8Array;
}

function fill(path: string, params: Parts["params"]): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name] ?? "")));
}

function search(query: Parts["query"]): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

function keep(cookies: Map<string, string>, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    const cut = pair.indexOf("=");
    if (cut < 1) continue;
    if (pair.length === cut + 1) cookies.delete(pair.slice(0, cut));
    else cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
}

async function read(response: Response): Promise<ApiResult<unknown>> {
  if (response.ok) {
    if (response.status === 204) return { ok: true, value: undefined };
    const isJson = response.headers.get("content-type")?.includes("json");
    return { ok: true, value: isJson ? await response.json() : new Uint8Array(await response.arrayBuffer()) };
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (isProblemAnswer(answer)) return { ok: false, error: { ...answer.error, status: response.status } };
  return {
    ok: false,
    error: {
      code: "internal",
      message: response.statusText,
      remedy: "",
      details: {},
      requestId: "",
      status: response.status,
    },
  };
}

function isProblemAnswer(answer: unknown): answer is { readonly error: Problem } {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "error" in answer &&
    typeof answer.error === "object" &&
    answer.error !== null &&
    "code" in answer.error
  );
}

function unreachable(cause: unknown, language: "fr" | "en"): ApiProblem {
  const fr = language === "fr";
  return {
    code: "unreachable",
    message: fr ? "Le serveur ne répond pas." : "The server does not answer.",
    remedy: fr
      ? "Vérifiez le réseau et que le serveur tourne\u00a0; un appel en cours continue."
      : "Check the network, and that the server is running; a call in progress goes on.",
    details: { cause: cause instanceof Error ? cause.message : String(cause) },
    requestId: "",
    status: 0,
  };
}
