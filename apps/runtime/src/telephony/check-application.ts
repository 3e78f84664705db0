import type { Log } from "./log.ts";

export interface CheckApplicationGiven {
  /** Base of jambonz's API, with or without `/v1`. */
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly applicationSid: string;
  /** The address of our socket as jambonz reaches it. */
  readonly callHook: string;
  readonly log: Log;
  /** Milliseconds until the question counts as unanswered. */
  readonly timeoutMs?: number;
  /** Milliseconds between questions that nobody took. */
  readonly againMs?: number;
}

/** A jambonz that starts together with this server (the lab's, or one on the same machine) may take longer. */
const ATTEMPTS = 4;
const AGAIN_MS = 5_000;

/**
 * Asks jambonz for the application that is to call us (`GET /Applications/{sid}`, as its REST reference documents it; not among the
 * recordings), and warns when it does not exist or calls another address: callers would hear a fast busy, and nobody here would know. A
 * hint and no more: it never throws, and nothing waits for it.
 */
export async function checkApplication(given: CheckApplicationGiven): Promise<void> {
  const { applicationSid, callHook, log } = given;
  const base = given.apiUrl.replace(/\/+$/, "").replace(/\/v1$/, "");
  const details = { applicationSid };
  try {
    const response = await untilTaken(given, () =>
      fetch(`${base}/v1/Applications/${encodeURIComponent(applicationSid)}`, {
        headers: { authorization: `Bearer ${given.apiKey}` },
        signal: AbortSignal.timeout(given.timeoutMs ?? 5_000),
      }),
    );
    if (response.status === 404) {
      await response.body?.cancel();
      log.warn(
        details,
        `jambonz has no application ${applicationSid}: set JAMBONZ_APPLICATION_SID to that of docs/jambonz.md.`,
      );
      return;
    }
    if (!response.ok) {
      await response.body?.cancel();
      const hint = response.status === 401 || response.status === 403 ? " Is JAMBONZ_API_KEY this account's?" : "";
      log.warn(
        details,
        `jambonz did not show application ${applicationSid} (HTTP ${response.status}): unchecked.${hint}`,
      );
      return;
    }
    const found = hookOf(await response.json());
    if (found !== null && plain(found) === plain(callHook)) return;
    log.warn(
      details,
      found === null
        ? `jambonz's application ${applicationSid} names no address to call: set its calling webhook to ${callHook}.`
        : `jambonz's application ${applicationSid} calls ${withoutPassword(found)}, and this server is at ${callHook}: calls do not come here. Change the application's calling webhook, or CORDBOARD_JAMBONZ_FACING_URL.`,
    );
  } catch (error) {
    log.warn({ ...details, err: error }, `jambonz's REST API did not show application ${applicationSid}: unchecked.`);
  }
}

async function untilTaken(
  { againMs = AGAIN_MS }: Pick<CheckApplicationGiven, "againMs">,
  ask: () => Promise<Response>,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      // Keeps no process from its end.
      await new Promise((resolve) => setTimeout(resolve, againMs).unref());
    }
  }
}

function hookOf(application: unknown): string | null {
  const hook = member(application, "call_hook");
  const url = typeof hook === "string" ? hook : member(hook, "url");
  return typeof url === "string" && url !== "" ? url : null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** An address so that two ways of writing the same one are equal; what is no address stays as it is. */
function plain(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname.replace(/\/+$/, "")}`;
}

function withoutPassword(address: string): string {
  return address.replace(/\/\/[^@/]*@/, "//***@");
}
