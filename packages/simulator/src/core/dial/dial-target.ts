import type { Hook, SipHeader } from "../types.ts";
import { isRecord } from "../verbs/normalize-verbs.ts";
import { readHook, textOf } from "../verbs/verb.ts";

export interface DialTarget {
  readonly type: "phone" | "user" | "sip" | "teams";
  /** A number, a user name or a SIP address, by type. */
  readonly to: string;
  readonly headers: readonly SipHeader[];
  readonly confirmHook?: Hook | string;
}

/** At most so many legs ring at once; more are left out (read). */
const MOST_TARGETS = 10;

/** Reads dial targets; duplicates and what is beyond the tenth are dropped. A target of another type is left out. */
export function readTargets(value: unknown, sipRealm: string | undefined): DialTarget[] {
  const targets: DialTarget[] = [];
  for (const entry of Array.isArray(value) ? value : []) {
    const target = readTarget(entry, sipRealm);
    if (target && !targets.some((other) => other.type === target.type && other.to === target.to)) targets.push(target);
  }
  return targets.slice(0, MOST_TARGETS);
}

export function readTarget(entry: unknown, sipRealm: string | undefined): DialTarget | undefined {
  if (!isRecord(entry)) return undefined;
  const headers: SipHeader[] = isRecord(entry.headers)
    ? Object.entries(entry.headers).map(([name, value]) => [name, String(value)])
    : [];
  const confirmHook = readHook(entry.confirmHook);
  const common = { headers, ...(confirmHook === undefined ? {} : { confirmHook }) };
  switch (entry.type) {
    case "phone":
    case "teams": {
      const number = textOf(entry.number);
      return number === undefined ? undefined : { ...common, type: entry.type, to: number };
    }
    case "user": {
      const name = textOf(entry.name);
      if (name === undefined) return undefined;
      return { ...common, type: "user", to: name.includes("@") || !sipRealm ? name : `${name}@${sipRealm}` };
    }
    case "sip": {
      const uri = textOf(entry.sipUri);
      return uri === undefined ? undefined : { ...common, type: "sip", to: uri };
    }
    default:
      return undefined;
  }
}

/** The request address of a target, and how status messages name it (jambonz 0.9.8, seen: b1, b11). */
export function targetAddress(target: DialTarget, proxy: string): { readonly uri: string; readonly to: string } {
  switch (target.type) {
    case "phone":
    case "teams":
      return { uri: `sip:${target.to}@${proxy}`, to: target.to };
    case "user":
      return { uri: `sip:${target.to}`, to: target.to };
    case "sip":
      return { uri: target.to, to: target.to };
  }
}
