import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { remarks, type WireMessage, wire } from "./start-real-server.ts";

export { wire };

const kinds: Record<string, string> = { in: "→", out: "←", open: "open", close: "close", note: "·" };

/** The messages so far, one a line: who, what, and what matters of it. */
export function tellWire(from = 0): string {
  const began = wire[0]?.atMs ?? 0;
  return wire
    .slice(from)
    .map((one) => `${String(one.atMs - began).padStart(6)} #${one.socket} ${one.path} ${kinds[one.dir]} ${short(one)}`)
    .join("\n");
}

/** Writes what was said and heard to the folder `REAL_REPORT`, where one is named. */
export function report(name: string, told: readonly (string | undefined)[]): void {
  const folder = process.env.REAL_REPORT;
  if (folder) writeFileSync(join(folder, `${name}.txt`), [...told, tellWire(), ...remarks].join("\n"));
}

function short({ dir, text }: WireMessage): string {
  if (dir === "open" || dir === "close" || dir === "note") return text;
  const message = JSON.parse(text) as Record<string, unknown> & { data?: Record<string, unknown> };
  const { type, msgid, hook, command, data } = message;
  const id = String(msgid ?? "").slice(0, 4);
  if (type === "session:new") return `${type} ${id} sid=${data?.call_sid} envelope=${message.call_sid ?? "-"}`;
  if (type === "call:status")
    return `${type} ${data?.call_status} ${data?.sip_status} sid=${String(data?.call_sid).slice(0, 4)} dir=${data?.direction} parent=${String(data?.parent_call_sid ?? "-").slice(0, 4)} by=${data?.call_termination_by ?? "-"}`;
  if (type === "verb:hook" || type === "session:redirect" || type === "dial:confirm") {
    const { sip: _sip, call_id: _id, trace_id: _t, account_sid: _a, application_sid: _b, ...rest } = data ?? {};
    return `${type} ${id} ${String(hook)} envelope=${String(message.call_sid ?? "-").slice(0, 4)} ${JSON.stringify(rest)}`;
  }
  if (type === "command") return `command ${String(command)} ${String(message.callSid ?? "")} ${JSON.stringify(data)}`;
  return `${String(type)} ${id} ${JSON.stringify(data ?? null).slice(0, 600)}`;
}
