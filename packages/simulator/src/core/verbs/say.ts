import { type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { SpokenClip } from "../media/audio-cache.ts";
import type { Endpoint } from "../media/endpoint.ts";
import type { SpeechSettings } from "../types.ts";
import { isRecord, type VerbData } from "./normalize-verbs.ts";
import { type Resources, textOf, Verb, type VerbHost } from "./verb.ts";

/** Speaks texts one after the other. Without a speech credential it fails, and the call goes on (jambonz 0.9.8, seen: c1, j1, j3, m6). */
export class SayVerb extends Verb {
  override readonly precondition = "endpoint";
  override readonly earlyMedia: boolean;
  private readonly texts: readonly string[];
  private endpoint: Endpoint | undefined;
  private toldOfStop = false;

  constructor(data: VerbData, parent?: Verb) {
    super(data, parent);
    this.earlyMedia = this.data.earlyMedia === true;
    const { text } = this.data;
    this.texts = (Array.isArray(text) ? text : [text]).filter((one): one is string => typeof one === "string");
  }

  *exec(host: VerbHost, { endpoint }: Resources): Fiber<void> {
    if (!endpoint) return;
    this.endpoint = endpoint;
    const settings = this.settings(host);
    const clips: SpokenClip[] = [];
    for (const text of this.texts) {
      try {
        const clip = yield* wait(host.world.audio.speech(settings, text));
        const common = { event: "synthesized-audio", vendor: settings.vendor, language: settings.language };
        if (clip.fromCache) this.notifyStatus(host, { ...common, servedFromCache: true });
        else
          this.notifyStatus(host, {
            ...common,
            characters: text.length,
            elapsedTime: clip.elapsedMs,
            servedFromCache: false,
          });
        clips.push(clip);
      } catch (error) {
        if (!(error instanceof SimulatedFailure)) throw error;
        const details = `TTS vendor ${settings.vendor} error: ${error.message}`;
        this.notifyError(host, { msg: "TTS error", details, failover: "not available" });
        return;
      }
    }
    this.notifyStatus(host, { event: "start-playback" });
    let loops = this.data.loop === "forever" ? Number.POSITIVE_INFINITY : Number(this.data.loop ?? 1) || 1;
    while (!this.killed && loops > 0 && endpoint.connected) {
      loops -= 1;
      for (const [index, clip] of clips.entries()) {
        if (this.killed) break;
        yield* this.speak(host, endpoint, settings, this.texts[index] ?? "", clip);
      }
    }
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    if (this.endpoint?.connected) {
      if (!this.toldOfStop) this.notifyStatus(host, { event: "stop-playback" });
      this.notifyStatus(host, { event: "kill-playback" });
      this.endpoint.breakPlayback();
    }
    this.done();
  }

  private *speak(
    host: VerbHost,
    endpoint: Endpoint,
    settings: SpeechSettings,
    text: string,
    clip: SpokenClip,
  ): Fiber<void> {
    const { language, voice } = settings;
    yield* wait(endpoint.play({ kind: "speech", text, language, voice, durationMs: clip.durationMs }));
    if (!this.killed) {
      this.toldOfStop = true;
      this.notifyStatus(host, { event: "stop-playback" });
    }
  }

  private settings(host: VerbHost): SpeechSettings {
    const own = isRecord(this.data.synthesizer) ? this.data.synthesizer : {};
    const pick = (name: "vendor" | "language" | "voice"): string => {
      const value = textOf(own[name]);
      return value && value !== "default" ? value : host.synthesizer[name];
    };
    return { vendor: pick("vendor"), language: pick("language"), voice: pick("voice") };
  }
}
