import { createSimulatorCore } from "../../src/core/create-simulator-core.ts";
import type { Input, Output, SimulatorCore } from "../../src/core/types.ts";
import type { RunEvent } from "./compare-run.ts";
import type { Deviation } from "./deviations.ts";
import {
  APPLICATION_HOST,
  BYE_HEADERS,
  INFO_DIGITS,
  OTHER_UPGRADE_REASON,
  PLAY_AUDIO,
  RINGING_HEADERS,
  TELEPHONE_ADDRESS,
  UPGRADE_REASONS,
} from "./facts.ts";
import { FrameCounter } from "./frame-counter.ts";
import { answerFetch, fetchAsRecorded, inviteOf, numberOf, recorderConfig } from "./outside.ts";
import { Pairing } from "./pairing.ts";
import { type Recording, record } from "./recording.ts";
import { type Action, type Script, scriptOf } from "./script.ts";
import { Telephones, withHeaders } from "./telephones.ts";

/** How long a run waits for something that was recorded before it goes on without it. */
const PATIENCE_MS = 3000;

interface Socket {
  readonly id: string;
  readonly conn: number;
  readonly audio: FrameCounter | undefined;
  open: boolean;
}

/** Repeats a recording against the core on virtual time and tells what happened. */
export function runVirtually(
  recording: Recording,
  deviation?: Deviation,
): { readonly script: Script; readonly events: RunEvent[] } {
  const script = scriptOf(recording, deviation);
  const run = new VirtualRun(recording, script);
  run.all();
  return { script, events: run.events };
}

class VirtualRun {
  readonly events: RunEvent[] = [];
  private readonly recording: Recording;
  private readonly script: Script;
  private readonly core: SimulatorCore;
  private readonly telephones = new Telephones();
  private readonly sockets: Socket[] = [];
  private readonly purposes = new Map<
    string,
    {
      readonly url: string;
      readonly protocol: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly audio: boolean;
    }
  >();
  private readonly agenda: Array<{ readonly at: number; readonly input: Input; readonly before?: () => void }> = [];
  private readonly counts = new Map<string, number>();
  private readonly seenAt = new Map<string, number[]>();
  private readonly pairing: Pairing;
  private readonly heldBack: Array<() => void> = [];
  private readonly upgrades: Array<Script["upgrades"][number]>;
  private now = 0;
  private listening = false;
  private frozen = false;
  private infos = 0;
  private calls = 0;
  private requests = 0;

  constructor(recording: Recording, script: Script) {
    this.recording = recording;
    this.script = script;
    this.core = createSimulatorCore(recorderConfig(script));
    this.upgrades = [...script.upgrades];
    this.pairing = new Pairing(script);
  }

  all(): void {
    let lastRecorded = 0;
    let lastAt = 0;
    for (const [index, step] of this.script.steps.entries()) {
      if (step.type === "expect") {
        // Time is told from the last thing that the server did before the action.
        const at = this.awaitObservation(step.observation.channel, step.t - lastRecorded + lastAt);
        lastRecorded = step.t;
        lastAt = at;
        continue;
      }
      this.advanceTo(Math.max(this.now, lastAt + step.t - lastRecorded));
      this.events.push({ type: "action", at: this.now, step: index });
      this.carryOut(step.action, index);
      lastRecorded = step.t;
      lastAt = this.now;
    }
    this.advanceTo(lastAt + this.script.endsAt - lastRecorded);
  }

  /** Lets time pass until the next observation of this channel is there; gives its time, or the recorded one when it never comes. */
  private awaitObservation(channel: string, expectedAt: number): number {
    const index = this.counts.get(channel) ?? 0;
    this.counts.set(channel, index + 1);
    const latest = Math.max(expectedAt, this.now) + Math.max(PATIENCE_MS, 0.1 * expectedAt);
    for (;;) {
      const at = this.seenAt.get(channel)?.[index];
      if (at !== undefined) return at;
      const next = this.nextDue();
      if (next === undefined || next > latest) return expectedAt;
      this.advanceTo(next);
    }
  }

  private nextDue(): number | undefined {
    const times = [
      this.core.wakeAt(),
      this.agenda[0]?.at,
      ...this.sockets.map((socket) => (socket.open ? socket.audio?.nextTold() : undefined)),
    ];
    const known = times.filter((time): time is number => time !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  private advanceTo(time: number): void {
    for (;;) {
      const next = this.nextDue();
      if (next === undefined || next > time) break;
      this.now = Math.max(this.now, next);
      this.countFrames();
      const due = this.agenda[0];
      if (due && due.at <= this.now) {
        this.agenda.shift();
        due.before?.();
        this.feed(due.input);
      } else this.feed({ kind: "time" });
    }
    this.now = Math.max(this.now, time);
    this.countFrames();
  }

  private feed(input: Input): void {
    for (const output of this.core.handle(input, this.now)) this.take(output);
  }

  private later(afterMs: number, input: Input, before?: () => void): void {
    this.agenda.push({ at: this.now + afterMs, input, ...(before ? { before } : {}) });
    this.agenda.sort((one, other) => one.at - other.at);
  }

  private observe(channel: string, what: Readonly<Record<string, unknown>>, at = this.now): void {
    const times = this.seenAt.get(channel) ?? [];
    times.push(at);
    this.seenAt.set(channel, times);
    this.pairing.learn(channel, what);
    this.events.push({ type: "observed", at, observation: { channel, what } });
  }

  private countFrames(): void {
    for (const socket of this.sockets) {
      if (!socket.open) continue;
      for (const { at, what } of socket.audio?.advance(this.now) ?? []) this.observe(`socket ${socket.conn}`, what, at);
    }
  }

  private take(output: Output): void {
    switch (output.kind) {
      case "connect":
        this.purposes.set(output.socket, { ...output, audio: output.purpose === "audio" });
        this.connect(output.socket, new URL(output.url));
        return;
      case "send":
        this.toApplication(output.socket, (socket) => {
          const message: unknown = JSON.parse(output.text);
          this.observe(`socket ${socket.conn}`, { kind: "message", message });
        });
        return;
      case "close":
        this.toApplication(output.socket, (socket) => this.closed(socket, output.code));
        return;
      case "stream":
        this.socketOf(output.socket)?.audio?.change(output, this.now);
        this.countFrames();
        return;
      case "fetch": {
        this.observe("http", fetchAsRecorded(output));
        const { afterMs, input } = answerFetch(output);
        this.later(afterMs, input);
        return;
      }
      case "sip": {
        const { channel, what } = this.telephones.receive(output.leg, output.message);
        this.observe(channel, what);
        return;
      }
      case "restAnswer": {
        const { msg } = record(output.body);
        this.observe("rest", {
          kind: "answer",
          status: output.status,
          body: typeof msg === "string" ? msg : output.body,
        });
        return;
      }
      case "abandon":
      case "hears":
        return;
    }
  }

  private connect(id: string, url: URL): void {
    const upgrade = this.upgrades.shift();
    const there = url.host === APPLICATION_HOST && this.listening;
    if (!there) {
      const message = `connect ECONNREFUSED ${url.host}`;
      this.later(1, { kind: "socketFailed", socket: id, code: "ECONNREFUSED", message });
    } else if (upgrade?.kind === "refuse") {
      const reason = UPGRADE_REASONS[upgrade.status] ?? OTHER_UPGRADE_REASON;
      this.later(1, { kind: "upgradeRefused", socket: id, status: upgrade.status, reason });
    } else if (!upgrade) {
      this.later(2, { kind: "socketOpened", socket: id }, () => this.opened(id, url));
    }
  }

  private opened(id: string, url: URL): void {
    const purpose = this.purposes.get(id);
    const conn = this.sockets.length;
    this.sockets.push({ id, conn, audio: purpose?.audio ? new FrameCounter() : undefined, open: true });
    const authorization = purpose?.headers.authorization;
    this.observe(`socket ${conn}`, {
      kind: "open",
      path: url.pathname,
      protocol: purpose?.protocol,
      ...(authorization === undefined ? {} : { authorization }),
    });
  }

  private socketOf(id: string): Socket | undefined {
    return this.sockets.find((socket) => socket.id === id);
  }

  /** A frozen application reads nothing; what was sent to it is seen when it goes on. */
  private toApplication(id: string, then: (socket: Socket) => void): void {
    const socket = this.socketOf(id);
    if (!socket) return;
    if (this.frozen) this.heldBack.push(() => then(socket));
    else then(socket);
  }

  private closed(socket: Socket, code: number): void {
    if (!socket.open) return;
    this.countFrames();
    socket.open = false;
    this.observe(`socket ${socket.conn}`, { kind: "close", code });
    if (socket.audio) this.observe(`socket ${socket.conn}`, socket.audio.end());
  }

  private carryOut(action: Action, step: number): void {
    switch (action.kind) {
      case "listening":
        this.listening = true;
        return;
      case "down":
        this.listening = false;
        return;
      case "freeze":
        this.frozen = true;
        return;
      case "thaw":
        this.frozen = false;
        for (const then of this.heldBack.splice(0)) then();
        return;
      case "invite":
        this.call();
        return;
      case "voice": {
        const { speaks } = this.pairing.hints(step);
        const leg = speaks === undefined ? undefined : this.telephones.caller(speaks)?.leg;
        if (leg) this.feed({ kind: "voice", leg });
        return;
      }
      case "sip":
        this.act(action.what, action.ua, step);
        return;
      case "keys": {
        const { keysFrom } = this.pairing.hints(step);
        const leg = (action.side === "caller" ? this.telephones.caller() : this.telephones.callee(keysFrom))?.leg;
        if (leg) this.feed({ kind: "keys", leg, keys: action.keys });
        return;
      }
      case "message":
        this.say(action);
        return;
      case "audioMessage": {
        const socket = this.sockets.find((one) => one.audio);
        const message = action.what === "playAudio" ? PLAY_AUDIO : { type: "disconnect" };
        if (socket) this.feed({ kind: "socketMessage", socket: socket.id, text: JSON.stringify(message) });
        return;
      }
      case "close": {
        const socket = this.sockets.find((one) => one.conn === action.conn);
        if (!socket?.open) return;
        this.countFrames();
        socket.open = false;
        this.feed({ kind: "socketClosed", socket: socket.id, code: action.code });
        if (socket.audio) this.observe(`socket ${socket.conn}`, socket.audio.end());
        return;
      }
      case "rest":
        this.rest(action);
        return;
    }
  }

  private call(): void {
    const leg = this.calls === 0 ? "caller" : `caller-${this.calls}`;
    const raw = inviteOf(this.recording, this.script, this.calls);
    this.calls += 1;
    this.telephones.callFrom(leg, numberOf(raw));
    this.feed({ kind: "invite", leg, raw, source: TELEPHONE_ADDRESS });
  }

  private act(what: string, ua: string, step: number): void {
    if (what === "INFO") {
      const info = INFO_DIGITS[this.recording.name]?.[this.infos++];
      const leg = (info?.from === "callee" ? this.telephones.callee() : this.telephones.caller())?.leg;
      const body = `Signal=${info?.digit ?? "1"}\r\nDuration=160`;
      if (leg) this.feed({ kind: "info", leg, contentType: "application/dtmf-relay", body });
      return;
    }
    const headers = BYE_HEADERS[this.recording.name] ?? [];
    const input = this.telephones.act(what, ua, this.pairing.hints(step), headers);
    if (input) this.feed(withHeaders(input, RINGING_HEADERS[this.recording.name]));
  }

  private say({ conn, message, raw }: Extract<Action, { kind: "message" }>): void {
    const socket = this.sockets.find((one) => one.conn === (Number.isNaN(conn) ? 0 : conn));
    if (!socket?.open) return;
    const words = raw ?? this.pairing.translate(message);
    this.feed({ kind: "socketMessage", socket: socket.id, text: words });
  }

  private rest({ path, body }: Extract<Action, { kind: "rest" }>): void {
    const request = `rest-${this.requests++}`;
    const update = /^\/v1\/updateCall\/(.*)$/.exec(path);
    if (update)
      this.feed({ kind: "restUpdateCall", request, callSid: this.pairing.withOwnCallSids(update[1] ?? ""), body });
    else this.feed({ kind: "restCreateCall", request, body });
  }
}
