import type { SipHeader } from "../types.ts";
import type { World } from "../world.ts";
import { createLeg, type Leg } from "./leg.ts";
import { headerOf, type NameAddress, type ParsedRequest, parseNameAddress } from "./sip-text.ts";

/** A call that comes in and is not decided yet. */
export interface IncomingInvite {
  readonly leg: Leg;
  readonly request: ParsedRequest;
  /** Where the INVITE came from (`host:port`): legs that the call dials go back there (jambonz 0.9.8, seen: b). */
  readonly source: string;
  readonly from: NameAddress;
  finalSent: boolean;
  cancelled: boolean;
  header(name: string): string | undefined;
  /** Sends a provisional or final answer; a second final answer is not sent. */
  respond(status: number, reason?: string, headers?: readonly SipHeader[]): void;
  onCancel(listener: () => void): void;
}

/** The SIP stack answers a CANCEL by itself (200, and 487 to the INVITE) before anything else hears of it (seen: a7). */
export function createIncomingInvite(
  world: World,
  leg: string,
  request: ParsedRequest,
  source: string,
): IncomingInvite {
  const connection = createLeg(world, leg);
  const cancelListeners: Array<() => void> = [];
  const invite: IncomingInvite = {
    leg: connection,
    request,
    source,
    from: parseNameAddress(headerOf(request.headers, "from") ?? ""),
    finalSent: false,
    cancelled: false,
    header: (name) => headerOf(request.headers, name),
    respond: (status, reason, headers = []) => {
      if (invite.finalSent) return;
      if (status >= 200) {
        invite.finalSent = true;
        if (status >= 300) connection.hearBehind({ kind: "silence" });
      }
      connection.respond("INVITE", status, reason, headers);
    },
    onCancel: (listener) => {
      cancelListeners.push(listener);
    },
  };
  connection.hearBehind({ kind: "ringBack" });
  connection.on("cancel", () => {
    connection.respond("CANCEL", 200);
    if (invite.finalSent) return;
    invite.respond(487);
    connection.forget();
    invite.cancelled = true;
    world.scheduler.soon(() => {
      for (const listener of [...cancelListeners]) listener();
    });
  });
  return invite;
}
