import type { CheckName, CheckResult } from "../routes/telephony.ts";
import { type Installation, socketAddress } from "./installation.ts";
import type { NetworkFault, Seen, SeenJambonz, SeenNetwork } from "./seen.ts";
import { plainly, verdict } from "./verdict.ts";

/** Whether the account's own things could be read at all; what is found of the API itself, its encryption, the account, the clock. */
export function judgeApi(installation: Installation, seen: SeenJambonz | null, network: SeenNetwork): CheckResult[] {
  const { jambonz } = installation;
  if (jambonz === null || seen === null) return [verdict("api", "error", "unset")];
  const url = jambonz.apiUrl;
  const { account } = seen;
  if (account.kind === "silent") return [verdict("api", "error", account.fault.kind, words(url, account.fault))];
  if (account.kind === "refused" && account.status >= 500) {
    return [verdict("api", "error", "broken", { url, status: account.status })];
  }
  return [
    verdict("api", "ok", "ok", { url }),
    judgeTls(url, network),
    judgeAccount(account, jambonz.accountSid),
    judgeClock(seen.clockAheadMs),
  ];
}

function judgeTls(url: string, { certificateDays }: SeenNetwork): CheckResult {
  if (!url.startsWith("https:")) {
    return isNear(url) ? verdict("tls", "ok", "near") : verdict("tls", "warning", "plain");
  }
  if (certificateDays === null) return verdict("tls", "ok", "unseen");
  const isSoon = certificateDays < 15;
  return verdict("tls", isSoon ? "warning" : "ok", isSoon ? "soon" : "ok", { days: certificateDays });
}

function judgeAccount(account: SeenJambonz["account"], sid: string): CheckResult {
  if (account.kind === "read") {
    const { name, active } = account.value;
    return active ? verdict("account", "ok", "ok", { name }) : verdict("account", "error", "inactive", { name });
  }
  const status = account.kind === "refused" ? account.status : 0;
  if (status === 401) return verdict("account", "error", "keyRefused");
  if (status === 403) return verdict("account", "error", "other");
  // What is no SID at all is a bad request.
  if (status === 404 || status === 400) return verdict("account", "error", "notFound", { sid });
  return plainly("account", "error", "unread", { status });
}

/** The hook's signature allows five minutes; a trace that two machines write is hard to read long before that. */
const CLOCKS_APART_MS = 5_000;
const CLOCKS_FAR_MS = 120_000;

function judgeClock(aheadMs: number | null): CheckResult {
  const apart = Math.abs(aheadMs ?? 0);
  if (apart < CLOCKS_APART_MS) return verdict("clock", "ok", "ok");
  return verdict("clock", apart < CLOCKS_FAR_MS ? "warning" : "error", "off", { seconds: Math.round(apart / 1_000) });
}

/** Our own address as jambonz is to reach it: seen from here, which is as near as one can come without being jambonz. */
export function judgePublicAddress(installation: Installation, network: SeenNetwork): CheckResult[] {
  const { facingUrl: url, jambonz, product } = installation;
  const { health, media } = network;
  const static_ = jambonz ? addressFault(url, jambonz.apiUrl) : null;
  if (static_?.state === "error") return [static_];
  if (product === null && health.kind === "silent") {
    return [...(static_ ? [static_] : []), verdict("publicAddress", "skipped", "notRunning")];
  }
  if (health.kind === "silent") {
    return [verdict("publicAddress", "error", health.fault.kind, words(url, health.fault))];
  }
  // 503: it is this server, and it is just starting or ending.
  const stranger = health.kind === "refused" ? health.status !== 503 : !health.value.isOurs;
  if (stranger) {
    const status = health.kind === "refused" ? health.status : 200;
    return [verdict("publicAddress", "error", "stranger", { url, status })];
  }
  return [
    static_ ?? verdict("publicAddress", "ok", "ok", { url }),
    judgeSocket(socketAddress(url), network.socket),
    ...(media === null ? [] : [judgeMedia(media)]),
  ];
}

function addressFault(url: string, apiUrl: string): CheckResult | null {
  if (isLoopback(url) && !isLoopback(apiUrl)) return verdict("publicAddress", "error", "loopback", { url });
  return url.startsWith("http:") && !isNear(url) ? verdict("publicAddress", "warning", "plain", { url }) : null;
}

function judgeSocket(url: string, opened: Seen<true>): CheckResult {
  if (opened.kind === "read") return verdict("socket", "ok", "ok", { url });
  if (opened.kind === "silent") return verdict("socket", "error", "silent", { url, why: opened.fault.why });
  const { status } = opened;
  if (status === 401 || status === 403) return verdict("socket", "error", "denied", { url });
  return verdict("socket", "error", "answered", { url, status });
}

function judgeMedia(media: NonNullable<SeenNetwork["media"]>): CheckResult {
  if (media.kind === "read")
    return media.value.isWav ? verdict("media", "ok", "ok") : verdict("media", "error", "wrong");
  const why = media.kind === "refused" ? `HTTP ${media.status}` : media.fault.why;
  return verdict("media", "error", "missing", { why });
}

const words = (url: string, { why }: NetworkFault) => ({ url, why, host: hostOf(url) });

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : url);

function isLoopback(url: string): boolean {
  const host = hostOf(url);
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

/** This machine, or a private network: nobody listens on the way there whom one does not know. */
function isNear(url: string): boolean {
  const host = hostOf(url);
  return (
    isLoopback(url) ||
    /^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^f[cd][0-9a-f]{2}:/i.test(host) ||
    // A name without a dot is one of the local network.
    !/[.:]/.test(host)
  );
}

/** What cannot be judged because it could not be read. */
export function unread<Value>(check: CheckName, seen: Exclude<Seen<Value>, { kind: "read" }>): CheckResult {
  return seen.kind === "refused"
    ? plainly(check, "skipped", "unread", { status: seen.status })
    : plainly(check, "skipped", "unasked");
}
