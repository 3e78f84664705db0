import { MACHINE_HEADER } from "../core/sip/outgoing-invite.ts";
import { reasonOf } from "../core/sip/sip-text.ts";
import type { Input, LegId, Output, SipHeader, SipMessage, SipRequest } from "../core/types.ts";
import { buildInvite, callerOf } from "./invite-text.ts";
import { createReferredCalls } from "./referred-calls.ts";
import { createTelephoneRegistry } from "./telephone-registry.ts";
import type { OutgoingCall, TelephoneCall, TelephoneSpec, TelephoneState, Telephones } from "./types.ts";

export interface TelephonesOptions {
  readonly feed: (input: Input) => void;
  readonly now: () => number;
  readonly changed: (state: TelephoneState) => void;
  readonly accountSid: string;
  readonly applicationSid: string;
  readonly sipAddress: string;
  readonly address: string;
  readonly unregistered: "notFound" | "silent";
  readonly autoRing: boolean;
  readonly newId: () => string;
  readonly speak: (leg: LegId, audio: Uint8Array) => void;
}

/** The telephones and the core's side of them. */
export interface TelephoneShell extends Telephones {
  receive(output: Extract<Output, { kind: "sip" | "hears" }>): void;
}

interface Telephone {
  spec: TelephoneSpec;
  call: TelephoneCall | undefined;
}

/** The virtual telephones: they say what real ones say by themselves, and do what a person does with them. */
export function createVirtualTelephones(options: TelephonesOptions): TelephoneShell {
  const telephones = new Map<string, Telephone>();
  const registry = createTelephoneRegistry();
  const owners = new Map<LegId, string>();

  const stateOf = ({ spec, call }: Telephone): TelephoneState => ({
    id: spec.id,
    label: spec.label ?? spec.id,
    addresses: spec.addresses,
    phase: call === undefined || call.phase === "ended" ? "idle" : call.phase,
    ...(call === undefined ? {} : { call }),
  });
  const change = (telephone: Telephone, call: TelephoneCall): void => {
    telephone.call = call;
    options.changed(stateOf(telephone));
  };
  const update = (leg: LegId, part: Partial<TelephoneCall>): void => {
    const telephone = telephones.get(owners.get(leg) ?? "");
    if (telephone?.call?.leg === leg && telephone.call.phase !== "ended")
      change(telephone, { ...telephone.call, ...part });
  };
  const end = (leg: LegId, endedBy: string): void => {
    update(leg, { phase: "ended", endedBy, hears: { kind: "silence" }, hearsSince: options.now() });
    owners.delete(leg);
  };
  const say = (
    leg: LegId,
    method: "INVITE" | "BYE" | "CANCEL" | "INFO" | "REFER",
    status: number,
    headers: readonly SipHeader[] = [],
  ): void =>
    options.feed({
      kind: "sipResponse",
      leg,
      method,
      status,
      hasMedia: status === 200 || status === 183,
      ...(status === 200 && method === "INVITE"
        ? { contact: `sip:${owners.get(leg) ?? "nobody"}@${options.address}` }
        : {}),
      ...(headers.length > 0 && { headers }),
    });

  const referred = createReferredCalls({
    newId: options.newId,
    now: options.now,
    find: (uri) => {
      const telephone = telephones.get(registry.find(uri) ?? "");
      return telephone && { id: telephone.spec.id, dead: telephone.spec.dead === true, call: telephone.call };
    },
    show: (id, call) => {
      const telephone = telephones.get(id);
      if (!telephone) return;
      if (telephone.call) owners.delete(telephone.call.leg);
      owners.set(call.leg, id);
      change(telephone, call);
    },
    callOf: (leg) => {
      const id = owners.get(leg);
      const call = telephones.get(id ?? "")?.call;
      return id === undefined || call?.leg !== leg ? undefined : { id, call };
    },
    end,
    answer: (leg, status) => say(leg, "REFER", status),
    leave: (leg) => options.feed({ kind: "bye", leg }),
    notify: (leg, status) => options.feed({ kind: "notify", leg, sipfrag: `SIP/2.0 ${status} ${reasonOf(status)}` }),
  });

  const rung = (leg: LegId, invite: SipRequest): void => {
    const id = registry.find(invite.uri);
    const telephone = id === undefined ? undefined : telephones.get(id);
    if (!telephone) {
      if (options.unregistered === "notFound") say(leg, "INVITE", 404);
      return;
    }
    if (telephone.spec.dead) return;
    say(leg, "INVITE", 100);
    if (telephone.call && telephone.call.phase !== "ended") {
      say(leg, "INVITE", 486);
      return;
    }
    owners.set(leg, telephone.spec.id);
    const { number, name } = callerOf(invite.from ?? "");
    change(telephone, {
      leg,
      direction: "in",
      phase: "ringing",
      from: number,
      to: invite.uri,
      ...(name === "" ? {} : { callerName: name }),
      hears: { kind: "silence" },
      hearsSince: options.now(),
    });
    if (options.autoRing) say(leg, "INVITE", 180);
  };

  const receiveRequest = (leg: LegId, request: SipRequest): void => {
    switch (request.method) {
      case "INVITE":
        if (request.inDialogue) say(leg, "INVITE", 200);
        else if (!request.retransmission) rung(leg, request);
        return;
      case "CANCEL":
        say(leg, "CANCEL", 200);
        say(leg, "INVITE", 487);
        end(leg, "cancelled");
        return;
      case "BYE":
        say(leg, "BYE", 200);
        if (!referred.released(leg)) end(leg, "other side");
        return;
      case "REFER":
        referred.refer(leg, request, telephones.get(owners.get(leg) ?? "")?.spec.refuses);
        return;
      case "INFO":
        say(leg, "INFO", 200);
        return;
    }
  };
  const isOver = (leg: LegId): boolean => {
    const call = telephones.get(owners.get(leg) ?? "")?.call;
    return call?.leg !== leg || call.phase === "ended";
  };
  const receiveMessage = (leg: LegId, message: SipMessage): void => {
    if (message.kind === "request") receiveRequest(leg, message);
    else if (message.method === "INVITE" && message.status >= 300) end(leg, String(message.status));
    else if (message.method === "INVITE" && message.status === 200) {
      // The answer has crossed the CANCEL: who has hung up leaves what was answered (RFC 3261, section 9.1).
      if (isOver(leg)) options.feed({ kind: "bye", leg });
      else update(leg, { phase: "talking" });
    }
  };

  const callOf = (id: string, ...phases: Array<TelephoneCall["phase"]>): TelephoneCall => {
    const telephone = telephones.get(id);
    if (!telephone) throw new Error(`there is no telephone "${id}"`);
    const { call } = telephone;
    if (!call || !phases.includes(call.phase)) {
      throw new Error(`telephone "${id}" is ${call?.phase ?? "idle"}, not ${phases.join(" or ")}`);
    }
    return call;
  };

  return {
    receive: (output) => {
      if (output.kind === "sip") receiveMessage(output.leg, output.message);
      else update(output.leg, { hears: output.sound, hearsSince: options.now() });
    },
    register: (spec) => {
      const known = telephones.get(spec.id);
      if (known) known.spec = spec;
      else telephones.set(spec.id, { spec, call: undefined });
      registry.register(spec);
      const telephone = telephones.get(spec.id);
      if (telephone) options.changed(stateOf(telephone));
    },
    unregister: (id) => {
      registry.unregister(id);
      const telephone = telephones.get(id);
      if (telephone?.call === undefined || telephone.call.phase === "ended") telephones.delete(id);
    },
    call: (order: OutgoingCall) => {
      const id = order.telephone ?? options.newId();
      const telephone = telephones.get(id) ?? { spec: { id, addresses: [] }, call: undefined };
      if (telephone.call && telephone.call.phase !== "ended")
        throw new Error(`telephone "${id}" is ${telephone.call.phase}, not idle`);
      telephones.set(id, telephone);
      // It may be rung on the number that it shows, as a person's telephone may.
      registry.register({ ...telephone.spec, addresses: [...telephone.spec.addresses, order.from] });
      const leg = `telephone-${options.newId()}`;
      owners.set(leg, id);
      change(telephone, {
        leg,
        direction: "out",
        phase: "calling",
        from: order.from,
        to: order.to,
        ...(order.callerName === undefined ? {} : { callerName: order.callerName }),
        hears: { kind: "ringBack" },
        hearsSince: options.now(),
      });
      options.feed({ kind: "invite", leg, raw: buildInvite(order, options), source: options.address });
      return id;
    },
    ring: (id) => {
      const { leg } = callOf(id, "ringing");
      if (!referred.rings(leg)) say(leg, "INVITE", 180);
    },
    answer: (id, { machine } = { machine: false }) => {
      const { leg } = callOf(id, "ringing");
      if (referred.answered(leg)) return;
      update(leg, { phase: "talking" });
      say(leg, "INVITE", 200, machine ? [MACHINE_HEADER] : []);
    },
    reject: (id, status) => {
      const { leg } = callOf(id, "ringing");
      if (!Number.isInteger(status) || status < 300 || status > 699)
        throw new Error(`${status} is no SIP status of a refusal (300 to 699)`);
      if (referred.refused(leg, status)) return;
      end(leg, `refused with ${status}`);
      say(leg, "INVITE", status);
    },
    hangup: (id) => {
      const { leg, phase } = callOf(id, "calling", "ringing", "talking");
      if (referred.hungUp(leg)) return;
      end(leg, "this telephone");
      if (phase === "calling") options.feed({ kind: "cancel", leg });
      else if (phase === "ringing") say(leg, "INVITE", 603);
      else options.feed({ kind: "bye", leg });
    },
    press: (id, keys) => {
      if (!/^[0-9*#A-D]+$/.test(keys)) throw new Error(`"${keys}" are no telephone keys`);
      options.feed({ kind: "keys", leg: callOf(id, "talking", "calling").leg, keys });
    },
    speak: (id, audio) => {
      const call = telephones.get(id)?.call;
      if (call?.phase === "talking") options.speak(call.leg, audio);
    },
    list: () => [...telephones.values()].map(stateOf),
    get: (id) => {
      const telephone = telephones.get(id);
      return telephone && stateOf(telephone);
    },
  };
}
