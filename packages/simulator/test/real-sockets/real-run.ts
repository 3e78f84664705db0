import type { Input, Output } from "../../src/core/types.ts";
import { type RunningCore, runCore } from "../../src/server/run-core.ts";
import type { RunEvent } from "../conformance/compare-run.ts";
import type { Deviation } from "../conformance/deviations.ts";
import {
  APPLICATION_HOST,
  BYE_HEADERS,
  FILES_HOST,
  INFO_DIGITS,
  PLAY_AUDIO,
  RINGING_HEADERS,
  TELEPHONE_ADDRESS,
} from "../conformance/facts.ts";
import { inviteOf, numberOf, recorderConfig } from "../conformance/outside.ts";
import { Pairing } from "../conformance/pairing.ts";
import { type Recording, record } from "../conformance/recording.ts";
import { type Action, type Script, scriptOf } from "../conformance/script.ts";
import { Telephones, withHeaders } from "../conformance/telephones.ts";
import { RecorderApplication } from "./recorder-application.ts";
import { type FileServer, startFileServer } from "./recorder-files.ts";

/** How long a run waits for something that was recorded before it goes on without it. */
const PATIENCE_MS = 3000;

/** A message on a socket that the simulator has closed never arrives. */
const UNDELIVERED_MS = 300;

/** Repeats a recording against the simulator over real sockets, in real time, and tells what happened. */
export async function runForReal(
  recording: Recording,
  deviation?: Deviation,
): Promise<{ readonly script: Script; readonly events: RunEvent[] }> {
  const script = withoutProgress(scriptOf(recording, deviation));
  const run = new RealRun(recording, script);
  try {
    await run.all();
  } finally {
    await run.stop();
  }
  return { script, events: run.events };
}

/** How far an audio stream has come at some moment is a matter of time alone; what counts here is its first frame and its sum. */
function withoutProgress(script: Script): Script {
  return {
    ...script,
    steps: script.steps.filter((step) => step.type === "action" || step.observation.what.kind !== "frames"),
  };
}

class RealRun {
  readonly events: RunEvent[] = [];
  private readonly recording: Recording;
  private readonly script: Script;
  private readonly telephones = new Telephones();
  private readonly pairing: Pairing;
  private readonly application: RecorderApplication;
  private readonly counts = new Map<string, number>();
  private readonly seenAt = new Map<string, number[]>();
  private calls = 0;
  private readonly watchers = new Set<() => void>();
  /** Closes that the script does itself; the application sees them too, but they are no deed of the server. */
  private readonly ownCloses = new Map<string, number>();
  private readonly messageWatchers: Array<() => void> = [];
  private files: FileServer | undefined;
  private core: RunningCore | undefined;
  private start = 0;
  private infos = 0;
  private requests = 0;

  constructor(recording: Recording, script: Script) {
    this.recording = recording;
    this.script = script;
    this.pairing = new Pairing(script);
    this.application = new RecorderApplication(script, (channel, what) => this.observe(channel, what));
  }

  async all(): Promise<void> {
    await this.application.reserve();
    this.files = await startFileServer(
      (what) => this.observe("http", what),
      (words) => this.toOurs(words),
    );
    this.core = runCore({
      config: this.config(),
      onOutput: (output) => this.take(output),
      taken: (input) => this.taken(input),
    });
    this.start = performance.now();
    let lastRecorded = 0;
    let lastAt = 0;
    for (const [index, step] of this.script.steps.entries()) {
      if (step.type === "expect") {
        lastAt = await this.awaitObservation(step.observation.channel, lastAt + step.t - lastRecorded);
        lastRecorded = step.t;
        continue;
      }
      await this.until(lastAt + step.t - lastRecorded);
      this.events.push({ type: "action", at: this.now(), step: index });
      await this.carryOut(step.action, index);
      lastRecorded = step.t;
      lastAt = this.now();
    }
    await this.until(lastAt + this.script.endsAt - lastRecorded);
  }

  async stop(): Promise<void> {
    this.seenAt.clear();
    await this.core?.close();
    await this.application.stop();
    await this.files?.close();
  }

  private now(): number {
    return performance.now() - this.start;
  }

  private async until(time: number): Promise<void> {
    const wait = time - this.now();
    // A timer cannot hold two milliseconds; what was recorded so close together is done in one go, so that races stay races.
    if (wait > 2) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  private awaitObservation(channel: string, expectedAt: number): Promise<number> {
    const index = this.counts.get(channel) ?? 0;
    this.counts.set(channel, index + 1);
    const patience = Math.max(expectedAt, this.now()) + Math.max(PATIENCE_MS, 0.1 * expectedAt) - this.now();
    return new Promise((resolve) => {
      const check = (): void => {
        const at = this.seenAt.get(channel)?.[index];
        if (at !== undefined) finish(at);
      };
      const finish = (at: number): void => {
        clearTimeout(timer);
        this.watchers.delete(check);
        resolve(at);
      };
      const timer = setTimeout(() => finish(expectedAt), patience);
      this.watchers.add(check);
      check();
    });
  }

  private observe(channel: string, raw: Readonly<Record<string, unknown>>): void {
    const what = record(JSON.parse(this.toTheirs(JSON.stringify(raw))));
    const own = this.ownCloses.get(channel);
    if (what.kind === "close" && own !== undefined) {
      this.ownCloses.delete(channel);
      return;
    }
    const at = this.now();
    const times = this.seenAt.get(channel) ?? [];
    times.push(at);
    this.seenAt.set(channel, times);
    this.pairing.learn(channel, what);
    this.events.push({ type: "observed", at, observation: { channel, what } });
    for (const check of [...this.watchers]) check();
  }

  private taken(input: Input): void {
    if (input.kind === "socketMessage") for (const arrived of this.messageWatchers.splice(0)) arrived();
  }

  /** Resolves when the next message of the application has reached the simulator, or is not going to. */
  private nextMessage(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, UNDELIVERED_MS);
      this.messageWatchers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private take(output: Extract<Output, { kind: "sip" | "hears" | "restAnswer" }>): void {
    if (output.kind === "sip") {
      const { channel, what } = this.telephones.receive(output.leg, output.message);
      this.observe(channel, what);
    } else if (output.kind === "restAnswer") {
      const { msg } = record(output.body);
      this.observe("rest", {
        kind: "answer",
        status: output.status,
        body: typeof msg === "string" ? msg : output.body,
      });
    }
  }

  private async carryOut(action: Action, step: number): Promise<void> {
    switch (action.kind) {
      case "listening":
        return this.application.listen();
      case "down":
        return this.application.down();
      case "freeze":
        return this.application.freeze(true);
      case "thaw":
        return this.application.freeze(false);
      case "invite": {
        const leg = this.calls === 0 ? "caller" : `caller-${this.calls}`;
        const raw = inviteOf(this.recording, this.script, this.calls);
        this.calls += 1;
        this.telephones.callFrom(leg, numberOf(raw));
        this.core?.feed({ kind: "invite", leg, raw, source: TELEPHONE_ADDRESS });
        return;
      }
      case "voice": {
        const { speaks } = this.pairing.hints(step);
        const leg = speaks === undefined ? undefined : this.telephones.caller(speaks)?.leg;
        if (leg) this.core?.feed({ kind: "voice", leg });
        return;
      }
      case "sip":
        return this.act(action.what, action.ua, step);
      case "keys": {
        const { keysFrom } = this.pairing.hints(step);
        const leg = (action.side === "caller" ? this.telephones.caller() : this.telephones.callee(keysFrom))?.leg;
        if (leg) this.core?.feed({ kind: "keys", leg, keys: action.keys });
        return;
      }
      case "message": {
        // What comes next must find the message delivered; a network in between would make every race a matter of luck.
        const arrived = this.nextMessage();
        this.application.send(
          Number.isNaN(action.conn) ? 0 : action.conn,
          this.toOurs(action.raw ?? this.pairing.translate(action.message)),
        );
        return arrived;
      }
      case "audioMessage":
        return this.application.sendAudio(
          JSON.stringify(action.what === "playAudio" ? PLAY_AUDIO : { type: "disconnect" }),
        );
      case "close":
        this.ownCloses.set(`socket ${action.conn}`, action.code);
        return this.application.close(action.conn, action.code);
      case "rest": {
        const request = `rest-${this.requests++}`;
        const update = /^\/v1\/updateCall\/(.*)$/.exec(action.path);
        const callSid = this.pairing.withOwnCallSids(update?.[1] ?? "");
        const body: unknown = JSON.parse(this.toOurs(JSON.stringify(action.body)));
        if (update) this.core?.feed({ kind: "restUpdateCall", request, callSid, body });
        else this.core?.feed({ kind: "restCreateCall", request, body });
        return;
      }
    }
  }

  private act(what: string, ua: string, step: number): void {
    if (what === "INFO") {
      const info = INFO_DIGITS[this.recording.name]?.[this.infos++];
      const leg = (info?.from === "callee" ? this.telephones.callee() : this.telephones.caller())?.leg;
      const body = `Signal=${info?.digit ?? "1"}\r\nDuration=160`;
      if (leg) this.core?.feed({ kind: "info", leg, contentType: "application/dtmf-relay", body });
      return;
    }
    const input = this.telephones.act(what, ua, this.pairing.hints(step), BYE_HEADERS[this.recording.name] ?? []);
    if (input) this.core?.feed(withHeaders(input, RINGING_HEADERS[this.recording.name]));
  }

  /** The recorder's account at this run's addresses. */
  private config(): ReturnType<typeof recorderConfig> {
    const config = recorderConfig(this.script);
    const move = <T>(value: T): T => JSON.parse(this.toOurs(JSON.stringify(value)));
    return {
      ...config,
      applications: move(config.applications),
      speech: move(config.speech),
      ...(config.cachedAudio ? { cachedAudio: move(config.cachedAudio) } : {}),
    };
  }

  private toOurs(words: string): string {
    return words
      .replaceAll(APPLICATION_HOST, this.application.host)
      .replaceAll(FILES_HOST, this.files?.host ?? FILES_HOST);
  }

  private toTheirs(words: string): string {
    return words
      .replaceAll(this.application.host, APPLICATION_HOST)
      .replaceAll(this.files?.host ?? FILES_HOST, FILES_HOST);
  }
}
