import type { DialTarget } from "./effects.ts";
import type { DialResult } from "./events.ts";
import type { PromptChoice, StepAction, StepGuard } from "./node-states.ts";

/** A prompt as node types name it: the id of one of the flow's, or `builtIn(name)`. */
type PromptName = string | PromptChoice;

const choice = (prompt: PromptName): PromptChoice =>
  typeof prompt === "string" ? { kind: "flow", promptId: prompt } : prompt;

/** What stands before an output's id in a target; the engine puts the node there that the edge leads to. */
export const OUTPUT_TARGET = "output:";
/** The target that ends the call: hangs up. */
export const END_TARGET = "call:end";

/** What `collect` asks for; what is left out is the usual: one key or more, no end key, not secret. */
export interface CollectSettings {
  readonly prompt: PromptName | null;
  readonly minDigits?: number;
  readonly maxDigits: number;
  readonly finishOnKey?: string;
  readonly patienceMs: number;
  readonly interDigitMs?: number;
  readonly secret?: boolean;
}

/**
 * The words in which a node type's states are written. Each gives a named object; none does anything. The engine carries them out, so
 * what is written here behaves the same in the runtime, in the designer and in a test.
 */
export const steps = {
  /** Says a prompt; goes on with `play.done`, also when it could not be played. Keys pressed meanwhile are lost. */
  say: (prompt: PromptName): StepAction => ({ type: "say", params: { prompt: choice(prompt) } }),
  /** Asks for keys; goes on with `input.digits` or `input.silence`. */
  collect: (settings: CollectSettings): StepAction => ({
    type: "collect",
    params: {
      prompt: settings.prompt === null ? null : choice(settings.prompt),
      minDigits: settings.minDigits ?? 1,
      maxDigits: settings.maxDigits,
      finishOnKey: settings.finishOnKey ?? null,
      patienceMs: settings.patienceMs,
      interDigitMs: settings.interDigitMs ?? null,
      secret: settings.secret ?? false,
    },
  }),
  /** Plays the list round and round. An empty list is the built-in hold music: a caller who waits hears something. */
  hold: (playlist: readonly PromptName[]): StepAction => ({
    type: "hold",
    params: {
      playlist: playlist.length > 0 ? playlist.map(choice) : [{ kind: "builtIn", name: "holdMusic" }],
    },
  }),
  /** Takes a place in a queue, or keeps the one that the call has there; then `offer.accepted` or `queue.unstaffed` may come. */
  enqueue: (params: Extract<StepAction, { type: "enqueue" }>["params"]): StepAction => ({ type: "enqueue", params }),
  /** Gives the place back, when there is one: the right `exit` of a node that enqueues. */
  leaveQueue: { type: "leaveQueue", params: {} } satisfies StepAction,
  /** Rings a target with music; then `dial.ringing`, `dial.answered`, `dial.ended`. Strings of the target may hold `{{ … }}`. */
  dial: (settings: { target: DialTarget; ringMs: number; music: PromptName | null }): StepAction => ({
    type: "dial",
    params: { ...settings, music: settings.music === null ? null : choice(settings.music) },
  }),
  /** Rings the telephone of the operator who accepted. Only where `offer.accepted` is handled. */
  dialAccepted: (settings: { ringMs: number; music: PromptName | null }): StepAction => ({
    type: "dialAccepted",
    params: { ...settings, music: settings.music === null ? null : choice(settings.music) },
  }),
  /** Makes a script part of the call; the values of its parameters may hold `{{ … }}`. Null takes it away. */
  attachScript: (script: { scriptId: string; parameters: Readonly<Record<string, string>> } | null): StepAction => ({
    type: "attachScript",
    params: script,
  }),
  /** Then `timer.fired`, as long as the call is in this node: leaving a node ends its timers. */
  startTimer: (timerId: string, afterMs: number): StepAction => ({ type: "startTimer", params: { timerId, afterMs } }),
  cancelTimer: (timerId: string): StepAction => ({ type: "cancelTimer", params: { timerId } }),
  /** Asks the host to step on at once: how an instant node goes on, by the event `advance`. */
  advance: { type: "advance", params: {} } satisfies StepAction,
  setVariables: (assignments: readonly { readonly variable: string; readonly expression: string }[]): StepAction => ({
    type: "setVariables",
    params: { assignments },
  }),
  choose: (branches: readonly { readonly id: string; readonly expression: string }[]): StepAction => ({
    type: "choose",
    params: { branches },
  }),
  count: (counter: string): StepAction => ({ type: "count", params: { counter } }),
  countTry: { type: "count", params: { counter: "tries" } } satisfies StepAction,
  note: (code: string, details: Readonly<Record<string, string | number | boolean | null>> = {}): StepAction => ({
    type: "note",
    params: { code, details },
  }),

  pressed: (digits: string): StepGuard => ({ type: "pressed", params: { digits } }),
  /** True from the `attempts`-th `countTry` of this visit on. */
  triesUsed: (attempts: number): StepGuard => ({ type: "counted", params: { counter: "tries", atLeast: attempts } }),
  counted: (counter: string, atLeast = 1): StepGuard => ({ type: "counted", params: { counter, atLeast } }),
  chosen: (id: string): StepGuard => ({ type: "chosen", params: { id } }),
  dialResult: (result: DialResult): StepGuard => ({ type: "dialResult", params: { result } }),
  timerIs: (timerId: string): StepGuard => ({ type: "timerIs", params: { timerId } }),

  /** The target behind an output of this node. Unconnected: the quiet end, or the error path that the caller hears. */
  leaveBy: (output: string): string => `${OUTPUT_TARGET}${output}`,
  /** The target that ends the call. */
  endCall: END_TARGET,
  builtIn: (name: string): PromptChoice => ({ kind: "builtIn", name }),
} as const;

export type Steps = typeof steps;
