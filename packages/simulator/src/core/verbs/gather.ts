import { callData } from "../call-info.ts";
import type { Fiber } from "../kernel/fiber.ts";
import type { Timer } from "../kernel/scheduler.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { Endpoint } from "../media/endpoint.ts";
import { TIMINGS } from "../timings.ts";
import { isRecord, type VerbData } from "./normalize-verbs.ts";
import { PlayVerb } from "./play.ts";
import { SayVerb } from "./say.ts";
import { type KillReason, numberOf, type Resources, textOf, Verb, type VerbHost } from "./verb.ts";

type Resolution = "digits" | "timeout" | "killed";

/**
 * Collects keys. The time-out runs from the end of the prompt and keys do not restart it; the time between keys counts only where
 * `minDigits` is given (jambonz 0.9.8, seen: a1–a5, l4–l9, m1–m3). Speech needs a recogniser, and there is none (seen: j2).
 */
export class GatherVerb extends Verb {
  override readonly precondition = "endpoint";
  override readonly earlyMedia: boolean;
  private readonly input: readonly string[];
  private readonly timeoutMs: number;
  private readonly bargeIn: boolean;
  private readonly listenDuringPrompt: boolean;
  private prompt: PlayVerb | SayVerb | undefined;
  private promptOver = false;
  private digits = "";
  private resolved = false;
  private endpoint: Endpoint | undefined;
  private mainTimer: Timer | undefined;
  private keyTimer: Timer | undefined;

  constructor(data: VerbData, parent?: Verb) {
    super(data, parent);
    const { input, timeout, dtmfBargein, say, play, listenDuringPrompt } = this.data;
    this.input = Array.isArray(input) ? input.map(String) : ["digits"];
    this.timeoutMs = timeout === 0 ? 0 : (numberOf(timeout) ?? 15) * 1000;
    this.bargeIn = dtmfBargein !== false && this.input.includes("digits") ? true : dtmfBargein === true;
    if (isRecord(say)) this.prompt = new SayVerb({ name: "say", data: say }, this);
    else if (isRecord(play)) this.prompt = new PlayVerb({ name: "play", data: play }, this);
    this.listenDuringPrompt = this.prompt !== undefined && listenDuringPrompt !== false;
    this.earlyMedia = this.prompt?.earlyMedia ?? false;
  }

  *exec(host: VerbHost, { endpoint }: Resources): Fiber<void> {
    if (!endpoint) return;
    if (this.input.includes("speech")) {
      const own = isRecord(this.data.recognizer) ? textOf(this.data.recognizer.vendor) : undefined;
      const vendor = own && own !== "default" ? own : host.recognizer.vendor;
      const details = `Invalid vendor ${vendor}, Error: Error: No speech-to-text service credentials for ${vendor} have been configured`;
      this.notifyError(host, { msg: "ASR error", details, failover: "not available" });
      return;
    }
    this.endpoint = endpoint;
    const { prompt } = this;
    if (prompt) {
      host.world.scheduler.spawn(prompt.exec(host, { endpoint })).listen((outcome) => {
        if (!outcome.ok && !(outcome.error instanceof SimulatedFailure)) throw outcome.error;
        this.promptOver = true;
        if (!this.listenDuringPrompt) this.hearKeys(host, endpoint);
        if (!this.killed && !this.resolved) this.startMainTimer(host);
      });
    } else {
      if (this.killed) return;
      this.startMainTimer(host);
    }
    if (this.listenDuringPrompt || !prompt) this.hearKeys(host, endpoint);
    yield* this.untilDone();
    this.stopPrompt(host);
  }

  override kill(host: VerbHost, _reason?: KillReason): void {
    super.kill(host);
    this.stopPrompt(host);
    this.endpoint?.forgetKeys();
    this.keyTimer?.cancel();
    this.resolve(host, "killed");
  }

  private hearKeys(host: VerbHost, endpoint: Endpoint): void {
    endpoint.onKey((key) => this.keyPressed(host, key));
  }

  private keyPressed(host: VerbHost, key: string): void {
    if (!this.mainTimer && this.timeoutMs > 0) this.startMainTimer(host);
    this.keyTimer?.cancel();
    if (this.bargeIn) {
      if (!this.promptOver) {
        this.notifyStatus(host, {
          event: "dtmf-bargein-detected",
          dtmf: key,
          duration: TIMINGS.keyDuration,
          source: "RTP",
        });
      }
      this.stopPrompt(host);
    }
    if (!this.input.includes("digits")) return;
    if (key === this.data.finishOnKey) {
      this.resolve(host, "digits");
      return;
    }
    this.digits += key;
    const { length } = this.digits;
    if (length === this.data.numDigits || length === this.data.maxDigits) {
      this.resolve(host, "digits");
      return;
    }
    const interDigit = numberOf(this.data.interDigitTimeout) ?? 0;
    if (interDigit > 0 && this.hasEnough()) {
      this.keyTimer = host.world.scheduler.after(interDigit * 1000, () => this.resolve(host, "digits"));
      this.stopMainTimer();
    }
  }

  /** False where no `minDigits` was given: then too few keys are lost when the time is over (seen: l8, l9, m2). */
  private hasEnough(): boolean {
    const minimum = numberOf(this.data.minDigits);
    return minimum !== undefined && this.digits.length >= minimum;
  }

  private startMainTimer(host: VerbHost): void {
    if (this.timeoutMs === 0) return;
    this.stopMainTimer();
    this.mainTimer = host.world.scheduler.after(this.timeoutMs, () =>
      this.resolve(host, this.hasEnough() ? "digits" : "timeout"),
    );
  }

  private stopMainTimer(): void {
    this.mainTimer?.cancel();
    this.mainTimer = undefined;
  }

  private stopPrompt(host: VerbHost): void {
    const { prompt } = this;
    if (prompt && !prompt.killed) {
      prompt.kill(host);
      this.prompt = undefined;
    }
    this.promptOver = true;
  }

  private resolve(host: VerbHost, how: Resolution): void {
    if (this.resolved) return;
    this.resolved = true;
    this.stopPrompt(host);
    this.endpoint?.forgetKeys();
    this.keyTimer?.cancel();
    this.stopMainTimer();
    if (host.callGone || how === "killed") {
      this.done();
      return;
    }
    host.world.scheduler.spawn(this.report(host, how));
  }

  private *report(host: VerbHost, how: Exclude<Resolution, "killed">): Fiber<void> {
    try {
      yield* this.performAction(
        host,
        how === "digits" ? { digits: this.digits, reason: "dtmfDetected" } : { reason: "timeout" },
      );
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
      const details = error.message === "" ? undefined : error.message;
      this.notifyError(host, { msg: "invalid actionHook response", details });
      host.notifier.request("call:status", host.statusHook, {
        ...callData(host.info),
        error: "invalid actionHook response",
        reason: details,
      });
    }
    this.done();
  }
}
