import { type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure, VerbFailure } from "../kernel/simulated-failure.ts";
import type { Endpoint } from "../media/endpoint.ts";
import type { VerbData } from "./normalize-verbs.ts";
import { numberOf, type Resources, Verb, type VerbHost } from "./verb.ts";

/** Plays one file or a list of files, once, several times, or for ever (jambonz 0.9.8, seen: a10, c1, c2, j15). */
export class PlayVerb extends Verb {
  override readonly precondition = "endpoint";
  override readonly earlyMedia: boolean;
  private readonly urls: readonly string[];
  private endpoint: Endpoint | undefined;
  private failed = false;

  constructor(data: VerbData, parent?: Verb) {
    super(data, parent);
    this.earlyMedia = this.data.earlyMedia === true;
    const { url } = this.data;
    this.urls = (Array.isArray(url) ? url : [url]).map((one) => playable(String(one)));
  }

  *exec(host: VerbHost, { endpoint }: Resources): Fiber<void> {
    if (!endpoint) return;
    this.endpoint = endpoint;
    const { scheduler } = host.world;
    const timeoutSecs = numberOf(this.data.timeoutSecs) ?? -1;
    const forever = this.data.loop === "forever";
    let loops = forever ? Number.POSITIVE_INFINITY : Number(this.data.loop ?? 1) || 1;
    let seconds = 0;
    let milliseconds = 0;
    let outOfTime = false;
    const timer =
      timeoutSecs > 0
        ? scheduler.after(timeoutSecs * 1000, () => this.stopByTime(host, () => (outOfTime = true)))
        : undefined;
    this.notifyStatus(host, { event: "start-playback" });
    const expectResponse = !(this.parent || host.isConfirmSession);
    try {
      while (!this.killed && loops > 0 && endpoint.connected) {
        loops -= 1;
        const result = yield* wait(
          endpoint.play({ kind: "files", urls: this.urls, verb: this.name }, () =>
            host.breaks.arm(this, () => this.break(host)),
          ),
        );
        seconds += Number.parseInt(result.playbackSeconds, 10);
        milliseconds += Number.parseInt(result.playbackMilliseconds, 10);
        if (this.killed || loops <= 0 || outOfTime) {
          timer?.cancel();
          const report = {
            ...result,
            reason: "playCompleted",
            playbackSeconds: seconds,
            playbackMilliseconds: milliseconds,
          };
          yield* this.performAction(host, report, expectResponse);
        }
      }
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
      this.failed = true;
      if (error.message !== "File Not Found") return;
      yield* this.performAction(host, { status: "fail", reason: "playFailed" }, expectResponse);
      throw new VerbFailure("File not found");
    }
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    if (this.endpoint?.connected && !this.failed) host.breaks.order(this);
  }

  private stopByTime(host: VerbHost, mark: () => void): void {
    mark();
    this.kill(host);
  }

  private break(host: VerbHost): void {
    this.endpoint?.breakPlayback();
    this.notifyStatus(host, { event: "kill-playback" });
  }
}

/** A query string that holds dots and does not end like an audio file is mangled by jambonz; so is it here. */
function playable(url: string): string {
  const [path, query] = url.split("?");
  if (query === undefined || /\.(mp3|wav)$/.test(url)) return url;
  return `${path}?${query.replaceAll(".", "%2E")}`;
}
