import { randomBytes } from "node:crypto";

/** What an id names; the prefix makes an id in a log or a trace recognisable. */
export type IdPrefix =
  | "call"
  | "offer"
  | "callback"
  | "shift"
  | "co"
  | "user"
  | "op"
  | "queue"
  | "line"
  | "flow"
  | "ver"
  | "everyday"
  | "script"
  | "audit"
  | "key"
  | "hook"
  | "dlv"
  | "prompt"
  | "schedule"
  | "tel"
  | "dnc"
  | "fix"
  | "box"
  | "contact"
  | "conn"
  | "sess"
  | "proc"
  | "node"
  | "notice"
  | "alarm"
  | "mail"
  | "repmail"
  | "bin";

/** Chance as a port. */
export type MakeId = (prefix: IdPrefix) => string;

/** Random 128 bits with a prefix: `call_3f…`. Made by the host, never by the store, so that an id exists before the write. */
export const randomId: MakeId = (prefix) => `${prefix}_${randomBytes(16).toString("hex")}`;
