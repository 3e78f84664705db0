import { EventEmitter } from "node:events";
import type { Input, Output, SipHeader } from "../../packages/simulator/src/core/types.ts";
import type { DialogLike, SipRequestLike, SipResponseLike, SrfClass } from "./foreign.ts";
import { portOf, sdpOf } from "./sdp.ts";

type Sip = Extract<Output, { kind: "sip" }>["message"];
type Answer = Extract<Input, { kind: "sipResponse" }>;

/** One connection to a telephone, as the stack keeps it. */
interface Leg {
  readonly id: string;
  /** Where the telephone takes sound. */
  readonly port: number;
  dialog?: DialogLike;
  invite?: SipRequestLike;
  /** What waits for the telephone's answer, by method. */
  readonly waiting: Map<string, (answer: Answer) => void>;
}

interface Asked {
  readonly method: string;
  readonly stackDialogId?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
type Done = (error: Error | null, request?: SipRequestLike) => void;

const SERVER = "127.0.0.1:5060";
const NOBODY_ANSWERS_MS = 32_000;
let tags = 0;
const tag = () => {
  tags += 1;
  return `t${tags}`;
};

export interface SipStack {
  /** Takes the place of `drachtio-srf`. */
  readonly Srf: unknown;
  feed(input: Input): void;
  /** Where the telephone takes sound, and the leg whose telephone takes it there. */
  legs(): readonly {
    readonly id: string;
    readonly port: number;
    readonly sendsTo: number;
    readonly connected: boolean;
  }[];
}

/** Fakes of what lies below the session code on the side of SIP: requests and dialogues are the library's own, what carries them is not. */
export function createSipStack(
  { SipMessage, SipRequest, SipResponse, SipError, Dialog, ...real }: SrfClass & Record<string, unknown>,
  tell: (leg: string, message: Sip) => void,
  changed: () => void,
): SipStack {
  const legs = new Map<string, Leg>();
  let ports = 40_001;
  const open = (id: string): Leg => {
    ports += 2;
    const leg: Leg = { id, port: ports, waiting: new Map() };
    legs.set(id, leg);
    return leg;
  };
  const rows = (headers: Readonly<Record<string, string>> = {}): SipHeader[] => Object.entries(headers);
  const request = (method: string, uri: string, headers: Record<string, string>, body = "", source = "network") => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const raw = [`${method} ${uri} SIP/2.0`, ...lines, `Content-Length: ${body.length}`, "", body].join("\r\n");
    return new SipRequest(new SipMessage(raw), { source, address: "127.0.0.1", port: 5090, protocol: "udp" });
  };
  const response = (
    leg: Leg,
    status: number,
    about: SipRequestLike,
    body = "",
    headers: Record<string, string> = {},
  ) => {
    const made = new SipResponse(agentOf(leg));
    const all = {
      Via: "SIP/2.0/UDP 127.0.0.1",
      From: about.get("from"),
      To: `${about.get("to").replace(/;tag=.*$/, "")};tag=${tag()}`,
      "Call-ID": about.get("call-id"),
      CSeq: about.get("cseq") ?? "1 INVITE",
      Contact: `<sip:${leg.id.replace(/\W/g, "")}@127.0.0.1:5090>`,
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    made.msg = new SipMessage(
      [`SIP/2.0 ${status} X`, ...lines, `Content-Length: ${body.length}`, "", body].join("\r\n"),
    );
    return made;
  };

  /** Requests within a dialogue, which its class sends by this. */
  const agentOf = (leg: Leg) => ({
    request(asked: Asked, done: Done) {
      const emitter = request(asked.method, "sip:x@x", { From: "<sip:a@a>;tag=a", To: "<sip:b@b>", "Call-ID": "c" });
      setImmediate(() => {
        if (asked.method === "BYE" && !leg.dialog) return;
        leg.waiting.set(asked.method, (answer) => {
          const body = asked.method === "INVITE" && answer.status === 200 ? sdpOf(leg.port) : "";
          emitter.emit(
            "response",
            Object.assign(response(leg, answer.status, emitter, body), { body, status: answer.status }),
            () => undefined,
          );
          changed();
        });
        // The stack puts an address into brackets (seen: h11).
        const headers = rows(asked.headers).map(([name, value]): SipHeader => {
          return [name, name.startsWith("Refer") && value.startsWith("sip:") ? `<${value}>` : value];
        });
        tell(leg.id, {
          ...{ kind: "request", method: asked.method as "BYE", uri: "sip:telephone", headers },
          ...(asked.body === undefined ? {} : { body: asked.body }),
          ...(asked.method === "INVITE" ? { inDialogue: true } : {}),
        });
        if (asked.method === "BYE") leg.dialog = undefined as never;
        changed();
        done(null, emitter);
      });
    },
  });

  class InviteResponse extends EventEmitter {
    finalResponseSent = false;
    statusCode = 0;
    readonly leg: Leg;
    readonly invite: SipRequestLike;
    canceled = false;
    constructor(leg: Leg, invite: SipRequestLike) {
      super();
      this.leg = leg;
      this.invite = invite;
    }
    send(status: number, options: { headers?: Record<string, string>; body?: string } = {}) {
      if (this.canceled) return "Response not sent due to unknown transaction";
      this.statusCode = status;
      this.sdp = options.body ?? this.sdp;
      if (status >= 200) {
        this.finalResponseSent = true;
        setImmediate(() => this.emit("finish"));
      }
      const headers = rows(options.headers);
      tell(this.leg.id, { kind: "response", method: "INVITE", status, reason: "", headers });
      changed();
      return null;
    }
    sdp = "";
  }

  const dialogue = (srf: Srf, leg: Leg, type: "uas" | "uac", parts: object): DialogLike => {
    const made = new Dialog(srf, type, parts);
    leg.dialog = made;
    return made;
  };

  class Srf extends EventEmitter {
    locals: Record<string, unknown> = {};
    readonly middleware: ((
      request: SipRequestLike,
      response: InviteResponse,
      next: (error?: unknown) => void,
    ) => unknown)[] = [];
    handler: (request: SipRequestLike, response: InviteResponse) => unknown = () => undefined;
    constructor() {
      super();
      instance = this;
    }
    connect() {
      setImmediate(() => this.emit("connect", null, `udp/${SERVER}`));
    }
    disconnect() {}
    removeDialog() {}
    use(_method: string, all: Srf["middleware"]) {
      this.middleware.push(...all);
    }
    invite(handler: Srf["handler"]) {
      this.handler = handler;
    }
    async createUAS(
      invite: SipRequestLike,
      answer: InviteResponse,
      options: { headers?: Record<string, string>; localSdp: string },
    ) {
      await new Promise(setImmediate);
      const failed = answer.send(200, { body: options.localSdp, ...(options.headers && { headers: options.headers }) });
      if (failed) throw failed;
      const sent = response(answer.leg, 200, invite, options.localSdp);
      const made = dialogue(this, answer.leg, "uas", { req: invite, res: response(answer.leg, 200, invite), sent });
      changed();
      return made;
    }
    createUAC(
      uri: string,
      options: {
        headers?: Record<string, string>;
        callingNumber?: string;
        callingName?: string;
        localSdp?: string;
        proxy?: string;
      },
      { cbRequest, cbProvisional }: { cbRequest?: Done; cbProvisional?: (response: SipResponseLike) => void } = {},
    ) {
      const leg = open(`dialled-${tag()}`);
      const name = options.callingName ? `"${options.callingName}" ` : "";
      const from = `${name}<sip:${options.callingNumber ?? "anonymous"}@${SERVER}>`;
      const invite = request(
        ...(["INVITE", uri] as const),
        {
          From: `${from};tag=${tag()}`,
          To: `<${uri}>`,
          "Call-ID": `${tag()}-uac`,
          CSeq: "1 INVITE",
          Contact: `<sip:${SERVER}>`,
          ...options.headers,
        },
        ...([options.localSdp, "application"] as const),
      );
      leg.invite = invite;
      return new Promise((resolve, reject) => {
        let isOver = false;
        const timer = setTimeout(() => fail(408), NOBODY_ANSWERS_MS);
        const fail = (status: number) => {
          if (isOver) return;
          isOver = true;
          clearTimeout(timer);
          legs.delete(leg.id);
          reject(new SipError(status, "refused"));
          changed();
        };
        invite.cancel = () => {
          if (!isOver) tell(leg.id, { kind: "request", method: "CANCEL", uri, headers: [] });
        };
        leg.waiting.set("CANCEL", () => undefined);
        const on = (answer: Answer) => {
          if (isOver) return;
          const headers = Object.fromEntries(answer.headers ?? []);
          const body = answer.hasMedia ? sdpOf(leg.port) : "";
          if (answer.status === 100) clearTimeout(timer);
          if (answer.status < 200) {
            if (answer.status > 100)
              cbProvisional?.(
                Object.assign(response(leg, answer.status, invite, body, headers), {
                  status: answer.status,
                  reason: "Ringing",
                  body,
                }),
              );
            return;
          }
          leg.waiting.delete("INVITE");
          if (answer.status >= 300) return fail(answer.status);
          isOver = true;
          clearTimeout(timer);
          const said = response(leg, 200, invite, body, headers);
          const made = dialogue(this, leg, "uac", { req: invite, res: said });
          changed();
          resolve(made);
        };
        leg.waiting.set("INVITE", on);
        setImmediate(() => {
          cbRequest?.(null, invite);
          tell(leg.id, {
            ...{ kind: "request", method: "INVITE", uri, headers: rows(options.headers), from },
            ...(options.proxy && { route: options.proxy.replace(/^sip:/, "") }),
            ...(options.localSdp && { body: options.localSdp }),
          });
        });
      });
    }
  }
  let instance: Srf | undefined;

  const called = (id: string, raw: string) => {
    const srf = instance;
    if (!srf) return;
    const leg = open(id);
    const made = new SipRequest(new SipMessage(raw.replace(/m=audio \d{5} /, `m=audio ${leg.port} `)), {
      ...{ source: "network", address: "127.0.0.1", port: 5090, protocol: "udp" },
    });
    const answer = new InviteResponse(leg, made);
    Object.assign(made, { srf, res: answer });
    leg.invite = made;
    leg.waiting.set("cancelled", () => {
      if (answer.finalResponseSent) return;
      answer.send(487);
      answer.canceled = true;
      made.emit("cancel", { get: () => "" });
    });
    const run = (at: number): void => {
      const next = srf.middleware[at];
      if (!next) return void srf.handler(made, answer);
      next(made, answer, () => run(at + 1));
    };
    run(0);
  };

  /** A request of the telephone in its dialogue. */
  const within = (leg: Leg, method: string, headers: Record<string, string>, body = "") => {
    const { dialog } = leg;
    if (!dialog) return;
    const asked = request(
      method,
      "sip:x@x",
      { From: "<sip:a@a>;tag=a", To: "<sip:b@b>;tag=b", "Call-ID": "c", CSeq: `2 ${method}`, ...headers },
      body,
    );
    if (method === "BYE") leg.dialog = undefined as never;
    dialog.handle(asked, { send: () => undefined });
    changed();
  };

  return {
    Srf: Object.assign(Srf, real, { SipMessage, SipRequest, SipResponse, SipError, Dialog }),
    feed(input) {
      if (input.kind === "invite") return called(input.leg, input.raw);
      const leg = "leg" in input ? legs.get(input.leg) : undefined;
      if (!leg) return;
      switch (input.kind) {
        case "cancel":
          return leg.waiting.get("cancelled")?.({} as Answer);
        case "bye":
          return within(leg, "BYE", Object.fromEntries(input.headers ?? []));
        case "info":
          return within(leg, "INFO", { "Content-Type": input.contentType }, input.body);
        case "notify":
          return within(
            leg,
            "NOTIFY",
            { "Content-Type": "message/sipfrag;version=2.0", Event: "refer" },
            input.sipfrag,
          );
        case "sipResponse": {
          const take = leg.waiting.get(input.method);
          if (input.status >= 200 && input.method !== "INVITE") leg.waiting.delete(input.method);
          return take?.(input);
        }
      }
    },
    legs: () =>
      [...legs.values()].map(({ id, port, dialog, invite }) => {
        const answer = invite?.res;
        const early = answer instanceof InviteResponse ? answer.sdp : (invite?.body ?? "");
        const sdp = dialog ? dialog.local.sdp : early;
        return { id, port, sendsTo: portOf(sdp ?? ""), connected: dialog !== undefined };
      }),
  };
}
