import type { Input, LegId, SipHeader, SipMessage } from "../../src/core/types.ts";
import { TELEPHONE_ADDRESS } from "./facts.ts";
import type { Observation } from "./script.ts";

interface Line {
  readonly leg: LegId;
  readonly ua: string;
  readonly calls: boolean;
  readonly contact: string;
  readonly uri: string;
  callSid: string | undefined;
  state: "invited" | "trying" | "ringing" | "up" | "over";
  cancelled: boolean;
  reinvites: number;
  confirmations: Array<"BYE" | "CANCEL" | "INFO" | "REFER">;
}

/** What is about to be said of a leg, so that a BYE without a name can be given to the telephone that sent it. */
export interface Hints {
  /** Whether the caller's end is told next, when someone hangs up. */
  readonly callerEnds: boolean;
  /** Whose answer is told next, by the address that was dialled, when several telephones are rung. */
  readonly answersFor: string | undefined;
  /** Whose keys are told next, by the address that was dialled. */
  readonly keysFrom: string | undefined;
  /** Of several callers: whose end is told next, and who is said to speak next; by their numbers. */
  readonly endsFrom: string | undefined;
  readonly speaks: string | undefined;
  /** Which status of a referred call is told next. */
  readonly transferStatus: number | undefined;
}

/**
 * The recorder's telephones. Its lines do not say which of them acts, so that is worked out here: who is rung, who was cancelled,
 * who is connected.
 */
export class Telephones {
  private readonly lines: Line[] = [];

  /** Registers a calling telephone's leg, with the number that it shows. */
  callFrom(leg: LegId, number = ""): void {
    this.lines.push({
      leg,
      ua: "caller",
      calls: true,
      contact: "",
      uri: number,
      callSid: undefined,
      state: "invited",
      cancelled: false,
      reinvites: 0,
      confirmations: [],
    });
  }

  caller(number?: string): Line | undefined {
    const callers = this.lines.filter((line) => line.calls);
    return callers.find((line) => line.uri === number) ?? callers[0];
  }

  /** A dialled telephone: the one at this address, or the first. */
  callee(uri?: string): Line | undefined {
    const dialled = this.lines.filter((line) => !line.calls);
    return dialled.find((line) => line.uri === uri) ?? dialled[0];
  }

  /** Takes note of what the server sends to a leg, and tells it as the recorder would. */
  receive(leg: LegId, message: SipMessage): Observation {
    let line = this.lines.find((one) => one.leg === leg);
    if (!line && message.kind === "request") {
      line = {
        leg,
        ua: message.route === TELEPHONE_ADDRESS ? "caller" : "sbc",
        calls: false,
        uri: message.uri,
        contact: contactFor(message.uri, message.route === TELEPHONE_ADDRESS),
        callSid: headerOf(message.headers, "X-Call-Sid"),
        state: "invited",
        cancelled: false,
        reinvites: 0,
        confirmations: [],
      };
      this.lines.push(line);
    }
    if (!line) throw new Error(`a message for the unknown leg ${leg}`);
    note(line, message);
    return { channel: `sip ${line.ua}`, what: { kind: "sip", ...asRecorded(message) } };
  }

  /** The core's input for a line `sip> …` of the recorder. */
  act(what: string, ua: string, hints: Hints, byeHeaders: readonly SipHeader[]): Input | undefined {
    const response = /^(\d{3}) (INVITE|BYE|CANCEL|INFO|REFER)$/.exec(what);
    if (response) return this.respond(Number(response[1]), response[2] ?? "", ua, hints);
    const caller = this.caller();
    if (what === "NOTIFY" && caller)
      return { kind: "notify", leg: caller.leg, sipfrag: `SIP/2.0 ${hints.transferStatus ?? 100} Told` };
    if (what === "CANCEL" && caller) return { kind: "cancel", leg: caller.leg };
    if (what === "BYE") {
      const up = this.lines.filter(
        (line) => line.state === "up" && (line.ua === ua || this.lines.every((one) => one.ua !== ua)),
      );
      const line =
        up.length === 1
          ? up[0]
          : (up.find((one) => one.calls && hints.callerEnds && one.uri === hints.endsFrom) ??
            up.find((one) => one.calls === hints.callerEnds));
      if (!line) return undefined;
      line.state = "over";
      return { kind: "bye", leg: line.leg, headers: byeHeaders };
    }
    throw new Error(`the telephones cannot do "${what}"`);
  }

  private respond(status: number, method: string, ua: string, hints: Hints): Input | undefined {
    const line = this.responder(status, method, ua, hints);
    if (!line) return undefined;
    if (method !== "INVITE") {
      if (method === "BYE" || method === "CANCEL" || method === "INFO" || method === "REFER") {
        line.confirmations = line.confirmations.filter((one) => one !== method);
        return { kind: "sipResponse", leg: line.leg, method, status };
      }
      return undefined;
    }
    if (line.reinvites > 0 && line.state === "up") line.reinvites -= 1;
    else if (status === 100) line.state = "trying";
    else if (status < 200) line.state = "ringing";
    else line.state = status < 300 ? "up" : "over";
    return {
      kind: "sipResponse",
      leg: line.leg,
      method: "INVITE",
      status,
      // The recorder's telephones send their media description with 183 and 200, not with 180.
      hasMedia: status === 183 || status === 200,
      ...(status === 200 ? { contact: line.contact } : {}),
    };
  }

  private responder(status: number, method: string, ua: string, { answersFor }: Hints): Line | undefined {
    const own = this.lines.filter((line) => line.ua === ua);
    if (method === "BYE" || method === "CANCEL" || method === "INFO" || method === "REFER")
      return own.find((line) => line.confirmations.includes(method));
    const reinvited = own.find((line) => line.state === "up" && line.reinvites > 0);
    if (status === 200 && reinvited) return reinvited;
    const dialled = own.filter((line) => !line.calls && line.state !== "up" && line.state !== "over");
    const waiting = dialled.filter((line) => status >= 200 || line.state !== "ringing");
    const meant = status > 100 ? waiting.find((line) => line.uri === answersFor) : undefined;
    if (meant) return meant;
    if (status === 487) return dialled.find((line) => line.cancelled);
    if (status === 100) return dialled.find((line) => line.state === "invited");
    if (status < 200)
      return dialled.find((line) => line.state === "trying") ?? dialled.find((line) => line.state === "invited");
    return dialled[0];
  }
}

function note(line: Line, message: SipMessage): void {
  if (message.kind === "response") {
    if (message.method === "INVITE" && message.status >= 200) line.state = message.status < 300 ? "up" : "over";
    return;
  }
  if (message.method === "INVITE" && message.inDialogue) line.reinvites += 1;
  if (message.method === "CANCEL") line.cancelled = true;
  if (message.method === "BYE") line.state = "over";
  if (message.method !== "INVITE") line.confirmations.push(message.method);
}

const REFER_HEADERS = ["Refer-To", "Referred-By"];

function asRecorded(message: SipMessage): Readonly<Record<string, unknown>> {
  // The recorder writes down what it does not know, and of the known ones those of a REFER, which it puts first.
  const own = message.headers
    .filter(([name]) => name.startsWith("X-") || REFER_HEADERS.includes(name))
    .sort(([one], [other]) => Number(REFER_HEADERS.includes(other)) - Number(REFER_HEADERS.includes(one)));
  if (message.kind === "response") {
    const headers = own.map(([name, value]) => ` ${name}:${value}`).join("");
    return { message: `${message.status} ${message.reason} ${message.method}${headers}` };
  }
  const headers = own.map(([name, value]) => `${name}: ${value}`).join(" | ");
  const body = message.body === undefined ? "" : ` ${message.body}`;
  return {
    message: `${message.method} ${message.uri}${headers === "" ? "" : ` ${headers}`}${body}`.trimEnd(),
    ...(message.method === "INVITE" && message.from !== undefined ? { from: message.from.replace(/;tag=.*/, "") } : {}),
  };
}

function contactFor(uri: string, atTelephones: boolean): string {
  const user = /^sips?:([^@]*)@/.exec(uri)?.[1] ?? "";
  return atTelephones ? `sip:${user}@${TELEPHONE_ADDRESS}` : uri;
}

function headerOf(headers: readonly SipHeader[], name: string): string | undefined {
  return headers.find(([key]) => key === name)?.[1];
}

/** A telephone's provisional or final answer to an INVITE with headers of its own. */
export function withHeaders(input: Input, headers: readonly SipHeader[] | undefined): Input {
  const answers = input.kind === "sipResponse" && input.method === "INVITE" && input.status > 100;
  return answers && headers ? { ...input, headers } : input;
}
