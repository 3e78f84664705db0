import type { CallInfo } from "../call-info.ts";
import { callData } from "../call-info.ts";
import { createSignal, type Fiber, type Signal, wait } from "../kernel/fiber.ts";
import type { Endpoint } from "../media/endpoint.ts";
import type { Requestor } from "../requestor/requestor.ts";
import type { PlaybackBreaks } from "../session/playback-breaks.ts";
import type { Dialogue } from "../sip/dialogue.ts";
import type { IncomingInvite } from "../sip/incoming-invite.ts";
import type { Hook, RecognizerSettings, SpeechSettings } from "../types.ts";
import type { World } from "../world.ts";
import type { VerbData } from "./normalize-verbs.ts";

/** What state the call must be in before a verb runs; `endpoint` brings it about, which answers the call. */
export type Precondition = "none" | "endpoint" | "stableCall" | "unansweredCall";

/** Why a verb is stopped. A replaced verb's hook is posted, but its ack changes nothing. */
export type KillReason = "replaced" | "hangup";

/** Makes the verbs of a list that an application sent; throws a `SimulatedFailure` when one is wrong. */
export type MakeVerbs = (list: unknown) => Verb[];

/** The call as its verbs see it. */
export interface VerbHost {
  readonly world: World;
  readonly info: CallInfo;
  readonly isConfirmSession: boolean;
  readonly callGone: boolean;
  readonly breaks: PlaybackBreaks;
  readonly sid: string | undefined;
  readonly requestor: Requestor;
  readonly notifier: Requestor;
  readonly statusHook: Hook;
  readonly invite: IncomingInvite | undefined;
  readonly callHook: Hook;
  dialogue: Dialogue | undefined;
  endpoint: Endpoint | undefined;
  notifyEvents: boolean;
  /** Until then the media server plays silence, and whatever it is told next waits; absent: it does not. */
  readonly silentUntil?: number | undefined;
  onHoldMusic: string | undefined;
  synthesizer: SpeechSettings;
  recognizer: RecognizerSettings;
  readonly hasBackgroundListen: boolean;
  replaceApplication(verbs: Verb[]): void;
  readonly makeVerbs: MakeVerbs;
  handOver(hook: Hook): void;
  callReleased(): void;
  changeStatus(change: import("../call-info.ts").StatusChange): void;
  needEndpoint(verb: Verb): Fiber<Endpoint>;
  propagateAnswer(): Fiber<void>;
  releaseMedia(): Fiber<void>;
  anchorMedia(): Fiber<void>;
  startBackgroundListen(data: Readonly<Record<string, unknown>>): void;
  stopBackgroundListen(): void;
  trackChild(callSid: string): void;
  untrackChild(callSid: string): void;
}

export interface Resources {
  readonly endpoint?: Endpoint;
}

/** A tracing header; this set-up traces nothing, so all its parts are zero (seen in every hook). */
export function tracing(host: { readonly world: World }): string {
  return `${host.world.config.traceId}-0000000000000000-1`;
}

/** One running verb: it is executed, and may be killed meanwhile; killing asks it to end, it does not end it. */
export abstract class Verb {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly id: string | undefined;
  readonly actionHook: Hook | string | undefined;
  readonly precondition: Precondition = "none";
  readonly earlyMedia: boolean = false;
  /** The verb inside which this one runs (the prompt of a `gather`). */
  readonly parent: Verb | undefined;
  killed = false;
  private readonly completion: Signal<void> = createSignal();

  constructor({ name, data }: VerbData, parent?: Verb) {
    this.name = name;
    this.data = data;
    this.parent = parent;
    this.id = typeof data.id === "string" ? data.id : undefined;
    this.actionHook = readHook(data.actionHook);
  }

  abstract exec(host: VerbHost, resources: Resources): Fiber<void>;

  kill(_host: VerbHost, _reason?: KillReason): void {
    this.killed = true;
  }

  protected done(): void {
    this.completion.settle();
  }

  protected untilDone(): Fiber<void> {
    return wait(this.completion);
  }

  /** Tells the application what the verb is doing, where it asked for events. */
  protected notifyStatus(host: VerbHost, event: Readonly<Record<string, unknown>>): void {
    if (!host.notifyEvents || host.requestor.kind !== "ws") return;
    host.requestor.request("verb:status", "/status", { ...event, verb: this.name, id: this.id });
  }

  notifyError(host: VerbHost, error: Readonly<Record<string, unknown>>): void {
    if (host.requestor.kind !== "ws") return;
    host.requestor.request("jambonz:error", "/error", { ...error, verb: this.name, id: this.id });
  }

  /**
   * Posts the verb's hook and runs the verbs of its ack instead of what was to follow; an empty ack changes nothing (jambonz 0.9.8,
   * seen: j11–j14). Tells whether the ack replaced the list.
   */
  protected *performAction(host: VerbHost, results: object, expectResponse = true): Fiber<boolean> {
    if (this.actionHook === undefined) return false;
    const type = this.name === "redirect" ? "session:redirect" : "verb:hook";
    const params = { ...callData(host.info), ...results, ...(this.id === undefined ? {} : { verbId: this.id }) };
    const answer = yield* wait(host.requestor.request(type, this.actionHook, params, { b3: tracing(host) }));
    if (!expectResponse || !Array.isArray(answer)) return false;
    const verbs = host.makeVerbs(answer);
    if (verbs.length === 0) return false;
    host.replaceApplication(verbs);
    return true;
  }
}

export function readHook(value: unknown): Hook | string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || !("url" in value) || typeof value.url !== "string")
    return undefined;
  return {
    url: value.url,
    ...("method" in value && typeof value.method === "string" ? { method: value.method } : {}),
    ...("username" in value && typeof value.username === "string" ? { username: value.username } : {}),
    ...("password" in value && typeof value.password === "string" ? { password: value.password } : {}),
  };
}

export const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
