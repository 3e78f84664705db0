import { callData } from "../call-info.ts";
import { type Fiber, wait } from "../kernel/fiber.ts";
import type { Timer } from "../kernel/scheduler.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { type AudioFork, startAudioFork } from "../media/audio-fork.ts";
import { isAbsoluteUrl, originOf } from "../requestor/requestor.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook } from "../types.ts";
import { isRecord, type VerbData } from "./normalize-verbs.ts";
import { numberOf, type Resources, textOf, Verb, type VerbHost } from "./verb.ts";

/**
 * Sends the call's audio to a socket of the application until a key, a time, or either side's closing ends it (jambonz 0.9.8, seen:
 * group f). Its `timeout` does nothing (f4). Killed, it posts its hook (f2, f10).
 */
export class ListenVerb extends Verb {
  override readonly precondition = "endpoint";
  override readonly earlyMedia: boolean;
  private readonly results: { digits?: string; dialCallDuration?: number } = {};
  /** What is told about the leg instead of the call's own data. */
  aboutLeg: (() => Record<string, unknown>) | undefined;
  private fork: AudioFork | undefined;
  private lengthTimer: Timer | undefined;
  private recordStart: number | undefined;
  private stopKeys: (() => void) | undefined;
  private stopping = false;

  constructor(data: VerbData, parent?: Verb) {
    super(data, parent);
    this.earlyMedia = this.data.earlyMedia === true;
  }

  *exec(host: VerbHost, { endpoint }: Resources): Fiber<void> {
    if (!endpoint) return;
    const { scheduler } = host.world;
    if (this.data.playBeep) yield* wait(endpoint.play({ kind: "tone", durationMs: TIMINGS.beep }));
    if (this.data.finishOnKey !== undefined || this.data.passDtmf === true) {
      this.stopKeys = endpoint.onKey((key) => this.keyPressed(host, key));
    }
    const hook = this.audioHook(host);
    if (hook.username) yield* wait(scheduler.sleep(TIMINGS.channelVariable));
    yield* wait(scheduler.sleep(TIMINGS.forkStart));
    const sampleRate = numberOf(this.data.sampleRate) ?? 8000;
    const mixType = textOf(this.data.mixType) ?? "mono";
    const metadata = {
      sampleRate,
      mixType,
      ...(this.aboutLeg?.() ?? callData(host.info)),
      ...(isRecord(this.data.metadata) ? this.data.metadata : {}),
    };
    if (!this.killed)
      this.fork = startAudioFork(host.world, endpoint, {
        hook,
        sampleRate,
        channels: mixType === "stereo" ? 2 : 1,
        metadata: JSON.stringify(metadata),
        onRefused: () => this.done(),
        onEnded: () => this.kill(host),
      });
    endpoint.onDestroy(() => this.fork?.stop());
    if (!this.killed) {
      this.recordStart = scheduler.now();
      const maxLength = numberOf(this.data.maxLength) ?? 0;
      if (maxLength > 0) this.lengthTimer = scheduler.after(maxLength * 1000, () => this.kill(host));
    }
    yield* this.untilDone();
    try {
      yield* this.performAction(host, this.results, this.parent === undefined);
    } catch (error) {
      // A hook that is lost with the socket, or that nobody answers, ends the verb and not the call (read: listen.js).
      if (!(error instanceof SimulatedFailure)) throw error;
    }
    this.stopKeys?.();
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    this.lengthTimer?.cancel();
    this.stopKeys?.();
    if (this.stopping) return;
    this.stopping = true;
    host.world.scheduler.spawn(this.stop(host));
  }

  /** Takes effect when the media server has done it (seen: f9). */
  pause(host: VerbHost, paused: boolean): void {
    host.world.scheduler.after(TIMINGS.forkStop, () => {
      if (!this.killed) this.fork?.pause(paused);
    });
  }

  private *stop(host: VerbHost): Fiber<void> {
    const { scheduler } = host.world;
    yield* wait(scheduler.sleep(TIMINGS.forkStop));
    this.fork?.stop();
    if (this.recordStart !== undefined)
      this.results.dialCallDuration = Math.floor((scheduler.now() - this.recordStart) / 1000);
    this.done();
  }

  private keyPressed(host: VerbHost, key: string): void {
    if (this.data.passDtmf === true)
      this.fork?.sendText(JSON.stringify({ event: "dtmf", dtmf: key, duration: TIMINGS.keyDuration }));
    if (key !== this.data.finishOnKey) return;
    this.results.digits = key;
    this.kill(host);
  }

  private audioHook(host: VerbHost): Hook {
    const url = textOf(this.data.url) ?? "";
    const auth = isRecord(this.data.wsAuth) ? this.data.wsAuth : {};
    const username = textOf(auth.username);
    const password = textOf(auth.password);
    const own = username && password ? { username, password } : {};
    if (isAbsoluteUrl(url)) return { url, ...own };
    const { hook } = host.requestor;
    const inherited = hook.username && hook.password ? { username: hook.username, password: hook.password } : own;
    return { url: `${originOf(hook.url)}${url}`, ...inherited };
  }
}
