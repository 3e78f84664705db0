import { randomFillSync } from "node:crypto";

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

const ID_BYTES = 16;
const drawn = Buffer.alloc(256 * ID_BYTES);
let used = drawn.length;

/** Chance in advance: each decision of the call centre makes ids, and asking the system costs the same for one as for many. */
function randomHex(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += ID_BYTES;
  return drawn.toString("hex", used - ID_BYTES, used);
}

/** Random 128 bits with a prefix: `call_3f…`. Made by the host, never by the store, so that an id exists before the write. */
export const randomId: MakeId = (prefix) => `${prefix}_${randomHex()}`;
