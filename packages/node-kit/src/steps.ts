import type { CentreAction, CentreResult } from "./centre.ts";
import type { ContactAnswer } from "./contact-facts.ts";
import type { DialTarget, RecordingWish, SkillWish } from "./effects.ts";
import type { CallbackAnswer, DialResult, ScheduleAnswer } from "./events.ts";
import type { FormatName } from "./format-value.ts";
import type { RequestResult, RequestSettings } from "./http-request.ts";
import type { IdentityResult } from "./identity.ts";
import type { GreetingState, MailboxAction, MailboxPart, MailboxResult } from "./mailbox.ts";
import type { PromptChoice, QueueFigureNames, StepAction, StepGuard } from "./node-states.ts";
import type { NoticeResult, NoticeSettings } from "./notice.ts";

/** A prompt as node types name it: the id of one of the flow's, or `builtIn(name)`. */
type PromptName = string | PromptChoice;

const choice = (prompt: PromptName): PromptChoice =>
  typeof prompt === "string" ? { kind: "flow", promptId: prompt } : prompt;

/** What stands before an output's id in a target; the engine puts the node there that the edge leads to. */
export const OUTPUT_TARGET = "output:";
/** What stands before the output by which a sub-flow is left; without one around it, the call ends. */
export const EXIT_TARGET = "exit:";
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
  readonly into?: string;
}

/** How a call takes its place; what is left out is the usual: it waits although all are busy, and offers last as the queue says. */
export interface EnqueueSettings {
  readonly queueId: string;
  readonly priority: number;
  readonly leaveWhenUnstaffed: boolean;
  readonly leaveWhenBusy?: boolean;
  readonly offerMs?: number | null;
  /** See the action: an expression for the priority, skills, preferred operators, and the queue's limits. */
  readonly priorityFrom?: string;
  readonly skills?: readonly SkillWish[];
  readonly preferred?: string;
  readonly preferLastOperator?: boolean;
  readonly preferMs?: number;
  readonly leaveWhenFull?: boolean;
}

/**
 * The words in which a node type's states are written. Each gives a named object; none does anything. The engine carries them out, so
 * what is written here behaves the same in the runtime, in the designer and in a test.
 */
export const steps = {
  /** Says a prompt; goes on with `play.done`, also when it could not be played. One of `keys` cuts it short and comes as `input.digits`. */
  say: (prompt: PromptName, keys = ""): StepAction => ({ type: "say", params: { prompt: choice(prompt), keys } }),
  /** Says what was said last once more; goes on as `say`. */
  sayAgain: (keys = ""): StepAction => ({ type: "sayAgain", params: { keys } }),
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
      into: settings.into ?? null,
    },
  }),
  /**
   * Plays the list round and round. An empty list is the built-in hold music: a caller who waits hears something. One of `keys` comes as
   * `input.digits`.
   */
  hold: (playlist: readonly PromptName[], keys = ""): StepAction => ({
    type: "hold",
    params: {
      keys,
      playlist: playlist.length > 0 ? playlist.map(choice) : [{ kind: "builtIn", name: "holdMusic" }],
    },
  }),
  /**
   * Plays `holdMusic` round and round, with `adverts` between its pieces; of what is empty, that of the queue, and in the end the built-in hold music.
   * Only after `queueMusic.answered` the queue's are known.
   */
  holdInQueue: (
    { holdMusic, adverts }: { holdMusic: readonly PromptName[]; adverts: readonly PromptName[] },
    keys = "",
  ): StepAction => ({
    type: "holdInQueue",
    params: { holdMusic: holdMusic.map(choice), adverts: adverts.map(choice), keys },
  }),
  /** Records a message for a voicemail box; then `record.done`, also when it could not be recorded (its length is 0 then). */
  record: (params: Extract<StepAction, { type: "record" }>["params"]): StepAction => ({ type: "record", params }),
  /** Delivers the message that was recorded last. */
  keepMessage: { type: "keepMessage", params: {} } satisfies StepAction,
  /** Takes the message that was recorded last back. */
  dropMessage: { type: "dropMessage", params: {} } satisfies StepAction,
  /** Whether conversations of this call are recorded from here on. */
  setRecording: (wish: RecordingWish): StepAction => ({ type: "setRecording", params: { wish } }),
  /** Asks how a schedule stands; then `schedule.answered`. What the caller hears goes on meanwhile. */
  askSchedule: (scheduleId: string): StepAction => ({ type: "askSchedule", params: { scheduleId } }),
  /** Asks how a queue stands; then `queue.answered`. What the caller hears goes on meanwhile. */
  askQueue: (queueId: string): StepAction => ({ type: "askQueue", params: { queueId } }),
  /** Only where `queue.answered` is handled. */
  keepQueueFigures: (params: QueueFigureNames): StepAction => ({ type: "keepQueueFigures", params }),
  /** Asks what the queue's callers hear while they wait; then `queueMusic.answered`. */
  askQueueMusic: (queueId: string): StepAction => ({ type: "askQueueMusic", params: { queueId } }),
  /** Only where `queueMusic.answered` is handled. */
  startAdverts: (timerId: string): StepAction => ({ type: "startAdverts", params: { timerId } }),
  nextAdvert: (timerId: string): StepAction => ({ type: "nextAdvert", params: { timerId } }),
  /** Asks where the caller stands in the line that they wait in; then `place.answered`. What the caller hears goes on meanwhile. */
  askPlace: { type: "askPlace", params: {} } satisfies StepAction,
  /** Only where `place.answered` is handled. */
  notePlace: (timerId: string): StepAction => ({ type: "notePlace", params: { timerId } }),
  /** Asks for chance; then `drawn`. */
  draw: { type: "draw", params: {} } satisfies StepAction,
  /** Promises a callback; then `callback.answered`. `number` may hold `{{ … }}`. */
  promiseCallback: (params: Extract<StepAction, { type: "promiseCallback" }>["params"]): StepAction => ({
    type: "promiseCallback",
    params,
  }),
  /** Asks at which times callbacks may be promised; then `slots.answered`. */
  askSlots: (params: Extract<StepAction, { type: "askSlots" }>["params"]): StepAction => ({ type: "askSlots", params }),
  takeSlot: (index: number | null): StepAction => ({ type: "takeSlot", params: { index } }),
  /** Asks the host of a voicemail box, then `mailbox.answered`; or remembers what is heard of it. */
  mailbox: (params: MailboxAction): StepAction => ({ type: "mailbox", params }),
  /** Rings who left the message. Only where `mailbox.answered` is handled. */
  dialBack: (settings: { ringMs: number; music: PromptName | null }): StepAction => ({
    type: "dialBack",
    params: { ...settings, music: settings.music === null ? null : choice(settings.music) },
  }),
  /** Asks the host of a centre that is switched by telephone; then `centre.answered`. */
  askCentre: (params: CentreAction): StepAction => ({ type: "askCentre", params }),
  /** Has the contact prove who they are; then `identity.answered`. */
  askIdentity: (params: Extract<StepAction, { type: "askIdentity" }>["params"]): StepAction => ({
    type: "askIdentity",
    params,
  }),
  /** Looks for the contact that calls; then `contact.answered`, and expressions see it as `contact`. */
  lookUpContact: (params: Extract<StepAction, { type: "lookUpContact" }>["params"]): StepAction => ({
    type: "lookUpContact",
    params,
  }),
  /** Speaks the language of the contact that was found, when the flow has it. */
  useContactLanguage: { type: "useContactLanguage", params: {} } satisfies StepAction,
  /** Has somebody told; then `notice.answered`. */
  postNotice: (params: NoticeSettings): StepAction => ({ type: "postNotice", params }),
  /** Asks another system; then `request.answered`. Where it may take more than a moment, the caller should hear something. */
  sendRequest: (params: RequestSettings): StepAction => ({ type: "sendRequest", params }),
  /** Only where `request.answered` is handled. */
  keepAnswers: (params: Extract<StepAction, { type: "keepAnswers" }>["params"]): StepAction => ({
    type: "keepAnswers",
    params,
  }),
  /** Takes a place in a queue, or keeps the one that the call has there; then `offer.accepted`, `queue.unstaffed` or `queue.busy` may come. */
  enqueue: (settings: EnqueueSettings): StepAction => ({
    type: "enqueue",
    params: { leaveWhenBusy: false, offerMs: null, ...settings },
  }),
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
  /** Then `chosen("ok")` or `chosen("problem")`. */
  compute: (params: Extract<StepAction, { type: "compute" }>["params"]): StepAction => ({ type: "compute", params }),
  /** Only where `input.digits` is handled. */
  keepDigits: (variable: string): StepAction => ({ type: "keepDigits", params: { variable } }),
  setLanguage: (language: string): StepAction => ({ type: "setLanguage", params: { language } }),
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
  digitCount: (atLeast: number, atMost: number): StepGuard => ({ type: "digitCount", params: { atLeast, atMost } }),
  /** True from the `attempts`-th `countTry` of this visit on. */
  triesUsed: (attempts: number): StepGuard => ({ type: "counted", params: { counter: "tries", atLeast: attempts } }),
  counted: (counter: string, atLeast = 1): StepGuard => ({ type: "counted", params: { counter, atLeast } }),
  chosen: (id: string): StepGuard => ({ type: "chosen", params: { id } }),
  dialResult: (result: DialResult): StepGuard => ({ type: "dialResult", params: { result } }),
  timerIs: (timerId: string): StepGuard => ({ type: "timerIs", params: { timerId } }),
  scheduleIs: (state: ScheduleAnswer): StepGuard => ({ type: "scheduleIs", params: { state } }),
  /** There is something of the place to tell that was not told before, and is no worse. */
  placeIsNews: { type: "placeIsNews", params: {} } satisfies StepGuard,
  drawnBelow: (share: number): StepGuard => ({ type: "drawnBelow", params: { share } }),
  callbackIs: (result: CallbackAnswer): StepGuard => ({ type: "callbackIs", params: { result } }),
  mailboxIs: (result: MailboxResult): StepGuard => ({ type: "mailboxIs", params: { result } }),
  identityIs: (result: IdentityResult): StepGuard => ({ type: "identityIs", params: { result } }),
  centreIs: (result: CentreResult): StepGuard => ({ type: "centreIs", params: { result } }),
  /** Only where `slots.answered` is handled. */
  slotOffered: (index: number): StepGuard => ({ type: "slotOffered", params: { index } }),
  slotKnown: (index: number): StepGuard => ({ type: "slotKnown", params: { index } }),
  contactIs: (result: ContactAnswer): StepGuard => ({ type: "contactIs", params: { result } }),
  noticeIs: (result: NoticeResult): StepGuard => ({ type: "noticeIs", params: { result } }),
  requestIs: (result: RequestResult): StepGuard => ({ type: "requestIs", params: { result } }),
  recordedAtLeast: (ms: number): StepGuard => ({ type: "recordedAtLeast", params: { ms } }),

  /** The target behind an output of this node. Unconnected: the quiet end, or the error path that the caller hears. */
  leaveBy: (output: string): string => `${OUTPUT_TARGET}${output}`,
  /** The target behind an output of the node that runs this flow as a sub-flow. */
  exitBy: (output: string): string => `${EXIT_TARGET}${output}`,
  /** The target that ends the call. */
  endCall: END_TARGET,
  builtIn: (name: string): PromptChoice => ({ kind: "builtIn", name }),
  /** The same in another language than the caller's. */
  inLanguage: (prompt: PromptName, language: string): PromptChoice => {
    const chosen = choice(prompt);
    return chosen.kind === "flow" || chosen.kind === "builtIn" ? { ...chosen, language } : chosen;
  },
  /** The message that was recorded last, to hear it. */
  recording: { kind: "recording" } satisfies PromptChoice,
  /** A time that `slots.answered` brought, and its key. */
  slot: (index: number, key: string): PromptChoice => ({ kind: "slot", index, key }),
  /** What `nextAdvert` chose. */
  advert: { kind: "advert" } satisfies PromptChoice,
  /** What `notePlace` kept. */
  placeNews: { kind: "place" } satisfies PromptChoice,
  /** Of the voicemail box that this node has opened: a message, or a figure of it. */
  ofMailbox: (part: MailboxPart): PromptChoice => ({ kind: "mailbox", part }),
  /** What a voicemail box says to its callers; null: the box that this node has opened. */
  greetingOf: (boxId: string | null, state: GreetingState): PromptChoice => ({ kind: "greeting", boxId, state }),
  /** A value said piece by piece. */
  pieces: (expression: string, format: FormatName): PromptChoice => ({ kind: "pieces", expression, format }),
} as const;

export type Steps = typeof steps;
