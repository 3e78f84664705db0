import type { CheckResult } from "../routes/telephony.ts";
import { type Installation, plainAddress, socketAddress, statusAddress } from "./installation.ts";
import { unread } from "./judge-reach.ts";
import { readOf, type SeenApplication, type SeenHook, type SeenJambonz } from "./seen.ts";
import { verdict } from "./verdict.ts";

/** The application that is to call us: that it is there, calls here, with our user and password, and may place calls. */
export function judgeApplication(installation: Installation, seen: SeenJambonz): CheckResult[] {
  const { applicationSid: sid } = installation;
  const { application } = seen;
  if (sid === null || application === null) return [verdict("application", "warning", "unset")];
  if (application.kind === "refused" && (application.status === 404 || application.status === 400)) {
    return [verdict("application", "error", "notFound", { sid })];
  }
  if (application.kind !== "read") return [unread("application", application)];
  const found = application.value;
  return [
    verdict("application", "ok", "ok", { name: found.name || sid }),
    judgeCallHook(installation, found),
    judgeStatusHook(installation, found),
    judgeSecret(installation, seen, found),
  ];
}

function judgeCallHook(installation: Installation, { callHook }: SeenApplication): CheckResult {
  const expected = socketAddress(installation.facingUrl);
  if (!callHook) return verdict("callHook", "error", "none", { expected });
  if (plainAddress(callHook.url) !== plainAddress(expected)) {
    return verdict("callHook", "error", "elsewhere", { found: shown(callHook.url), expected });
  }
  if (!isOurs(callHook, installation.socket)) return verdict("callHook", "error", "credentials");
  return verdict("callHook", "ok", "ok", { url: expected });
}

function judgeStatusHook(installation: Installation, { callHook, statusHook }: SeenApplication): CheckResult {
  const expected = socketAddress(installation.facingUrl);
  if (!statusHook) return verdict("statusHook", "error", "none", { expected });
  const found = shown(statusHook.url);
  if (/^https?:/.test(statusHook.url)) {
    const posted = statusAddress(installation.facingUrl);
    return plainAddress(statusHook.url) === plainAddress(posted)
      ? verdict("statusHook", "ok", "http", { url: posted })
      : verdict("statusHook", "error", "foreign", { found, expected });
  }
  if (plainAddress(statusHook.url) !== plainAddress(callHook?.url ?? expected)) {
    return verdict("statusHook", "error", "elsewhere", { found, expected });
  }
  if (!isOurs(statusHook, callHook ?? installation.socket)) return verdict("statusHook", "warning", "credentials");
  return verdict("statusHook", "ok", "ok");
}

function judgeSecret({ webhookSecret }: Installation, seen: SeenJambonz, { statusHook }: SeenApplication): CheckResult {
  const theirs = readOf(seen.webhookSecret);
  const needed = /^https?:/.test(statusHook?.url ?? "");
  if (webhookSecret === null) {
    return needed ? verdict("webhookSecret", "error", "unset") : verdict("webhookSecret", "ok", "notNeeded");
  }
  if (theirs === null) {
    return unread(
      "webhookSecret",
      seen.webhookSecret.kind === "read" ? { kind: "refused", status: 200 } : seen.webhookSecret,
    );
  }
  if (theirs === webhookSecret) return verdict("webhookSecret", "ok", "ok");
  return verdict("webhookSecret", needed ? "error" : "warning", "differs");
}

const isOurs = (hook: SeenHook, ours: Pick<SeenHook, "username" | "password">): boolean =>
  hook.username === ours.username && hook.password === ours.password;

const shown = (address: string): string => address.replace(/\/\/[^@/]*@/, "//***@");
