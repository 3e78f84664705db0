import type { NetworkFault } from "./seen.ts";

const kinds: Readonly<Record<string, NetworkFault["kind"]>> = {
  ENOTFOUND: "name",
  EAI_AGAIN: "name",
  ECONNREFUSED: "closed",
  EHOSTUNREACH: "closed",
  ENETUNREACH: "closed",
  ECONNRESET: "closed",
  ETIMEDOUT: "late",
  UND_ERR_CONNECT_TIMEOUT: "late",
};

/** Why nothing was answered, from what `fetch` or `node:https` threw. */
export function faultOf(error: unknown): NetworkFault {
  const cause: unknown = Reflect.get(Object(error), "cause") ?? error;
  const code = String(Reflect.get(Object(cause), "code") ?? Reflect.get(Object(error), "name") ?? "");
  const why = String(Reflect.get(Object(cause), "message") ?? cause) || code;
  if (code === "TimeoutError" || code === "AbortError") return { kind: "late", why };
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|SSL|TLS/.test(code)) return { kind: "certificate", why };
  return { kind: kinds[code] ?? "other", why };
}
