import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RestApiOptions {
  readonly host: string;
  readonly port: number;
  readonly accountSid: string;
  readonly apiKey: string;
  /** What else of the account is shown at a path (`GET`); undefined: there is nothing. */
  rows(path: string): RestAnswer | undefined;
  /** The account's legs, as it lists them. */
  calls(): readonly Readonly<Record<string, unknown>>[];
  createCall(body: unknown): Promise<RestAnswer>;
  updateCall(callSid: string, body: unknown): Promise<RestAnswer>;
}

export interface RestApi {
  readonly url: string;
  close(): Promise<void>;
}

/** By what calls can be listed, and where each has it (jambonz-api-server, read: accounts.js). */
const FILTERS = [
  ["direction", "direction"],
  ["from", "from"],
  ["to", "to"],
  ["callStatus", "call_status"],
] as const;

/** Larger bodies are refused with 413. */
const LARGEST_BODY = 1024 * 1024;

/**
 * The part of jambonz's REST API that concerns calls, `GET` and `POST /v1/Accounts/:sid/Calls` and `PUT /v1/Accounts/:sid/Calls/:callSid`, and what is read
 * of an account (`account-rows.ts`), with a bearer key. Rejects with the system's error when the port cannot be listened on.
 */
export async function startRestApi(options: RestApiOptions): Promise<RestApi> {
  const server = createServer((request, response) => {
    answer(request, options)
      .catch(
        (error: unknown): RestAnswer => ({
          status: 500,
          body: { msg: error instanceof Error ? error.message : String(error) },
        }),
      )
      .then((result) => send(response, result));
  });
  await listen(server, options);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  return {
    url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: RestApiOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(request: IncomingMessage, options: RestApiOptions): Promise<RestAnswer> {
  const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://x");
  const isAuthorized = request.headers.authorization === `Bearer ${options.apiKey}`;
  const route = /^\/v1\/Accounts\/([^/]+)\/Calls(?:\/([^/]+))?$/.exec(path);
  if (!isAuthorized) return { status: 401, body: { msg: "unauthorized" } };
  const [, account = options.accountSid] = /^\/v1\/Accounts\/([^/]+)/.exec(path) ?? [];
  if (account !== options.accountSid) return { status: 403, body: { msg: "insufficient permissions" } };
  if (!route) {
    const shown = options.rows(path);
    if (!shown) return { status: 404, body: { msg: "not found" } };
    return request.method === "GET" ? shown : { status: 405, body: { msg: "method not allowed" } };
  }
  const [, , callSid] = route;
  if (callSid === undefined && request.method === "GET") {
    const wanted = FILTERS.flatMap(([name, field]) =>
      searchParams.get(name) ? [[field, searchParams.get(name)]] : [],
    );
    const body = options.calls().filter((call) => wanted.every(([field, value]) => call[field ?? ""] === value));
    return { status: 200, body };
  }
  if (request.method === "GET") {
    const found = options.calls().find((call) => call.call_sid === decodeURIComponent(callSid ?? ""));
    return found ? { status: 200, body: found } : { status: 404, body: { msg: "not found" } };
  }
  const isCreate = callSid === undefined && request.method === "POST";
  const isUpdate = callSid !== undefined && (request.method === "PUT" || request.method === "POST");
  if (!isCreate && !isUpdate) return { status: 405, body: { msg: "method not allowed" } };
  const text = await readBody(request);
  if (text === undefined) return { status: 413, body: { msg: "body too large" } };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { status: 400, body: { msg: "malformed JSON" } };
  }
  return callSid === undefined ? options.createCall(body) : options.updateCall(decodeURIComponent(callSid), body);
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > LARGEST_BODY) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, { status, body }: RestAnswer): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": typeof body === "string" ? "text/plain" : "application/json" });
  response.end(text);
}
