import type { Move } from "@cordboard/engine";
import type { ExpressionValue, FlowEvent, NoteEffect } from "@cordboard/node-kit";
import { askedTold } from "./asked-told.ts";
import type { CallerLine } from "./caller-line.ts";
import type { Heard } from "./heard.ts";
import type { EngineStep } from "./scenario-call.ts";

/** One step of a call that is tried: what happened, which way it went, what the caller hears from then on, and how things stand after it. */
export interface SimStep {
  readonly index: number;
  /** UTC milliseconds of virtual time. */
  readonly at: number;
  /** Which of the session's steps was being done. */
  readonly action: number;
  /** What happened; null: the call began. */
  readonly event: FlowEvent["type"] | null;
  /** How it was answered, where the event tells: a schedule's state, a status, a result. */
  readonly answer: string | null;
  /** What the caller keyed; what is secret as dots. */
  readonly keyed: string | null;
  /** Where the call is then, or was when it ended: node ids, from the outermost flow inwards; empty: on the engine's own last steps. */
  readonly path: readonly string[];
  readonly moves: readonly Move[];
  /** What began to be heard, pieces of music included, until the next step. */
  readonly heard: readonly Heard[];
  readonly language: string;
  /** Of the innermost flow; `null`: secret. */
  readonly variables: Readonly<Record<string, ExpressionValue | null>>;
  /** How the caller is kept from silence. */
  readonly open: "play" | "collect" | "hold" | "dial" | "record" | null;
  /** The queue in which the caller waits. */
  readonly queueId: string | null;
  readonly notes: readonly NoteEffect[];
  /** What another system is asked, in a line. */
  readonly asked: string | null;
  readonly over: boolean;
}

export interface StepRecorder {
  /** What is done from now on, by its place in the session. */
  begin(action: number): void;
  take(step: EngineStep, at: number): void;
  /** How often the call went on in a way that one notices: to another node, to something else to hear, to its end. */
  news(): number;
  /** The call that took the last step. */
  callId(): string | null;
  /** What was recorded, with what was heard up to now. */
  steps(lineOf: (callId: string) => CallerLine | undefined): readonly SimStep[];
}

const media: readonly string[] = ["play", "collect", "hold", "dial", "record"];

function isNews({ effects, moves, snapshot }: EngineStep): boolean {
  return moves.length > 0 || snapshot.status === "ended" || effects.some(({ type }) => media.includes(type));
}

const DOTS = "•••";

/** Writes down the engine's steps of one call. */
export function createStepRecorder(): StepRecorder {
  const taken: {
    readonly engine: EngineStep;
    readonly at: number;
    readonly action: number;
    readonly secret: boolean;
  }[] = [];
  let action = 0;
  /** Whether what the caller keys now is secret. */
  let secret = false;
  return {
    begin: (index) => {
      action = index;
    },
    take: (engine, at) => {
      taken.push({ engine, at, action, secret });
      for (const effect of engine.effects) {
        if (effect.type === "collect") secret = effect.secret === true;
        else if (media.includes(effect.type)) secret = false;
      }
    },
    news: () => taken.filter(({ engine }) => isNews(engine)).length,
    callId: () => taken.at(-1)?.engine.callId ?? null,
    steps: (lineOf) => {
      let lastPath: readonly string[] = [];
      return taken.map(({ engine, at, action, secret }, index): SimStep => {
        const { callId, event, moves, snapshot, effects, heardBefore } = engine;
        const log = lineOf(callId)?.log ?? [];
        const heard = log.slice(heardBefore, taken[index + 1]?.engine.heardBefore);
        const request = effects.find((effect) => effect.type === "sendRequest")?.request;
        const told = request && askedTold(request);
        const keyed = event?.type === "input.digits" ? event.digits : null;
        const arrived = moves.at(-1)?.to ?? null;
        if (snapshot.node !== null) lastPath = pathOf(snapshot.node.id, snapshot.stack.at(-1)?.path);
        else if (snapshot.status === "running") lastPath = [];
        else if (arrived !== null) lastPath = arrived.split("/");
        return {
          ...{ index, at, action, event: event?.type ?? null, answer: event && answerOf(event), moves, heard },
          keyed: keyed !== null && secret ? DOTS : keyed,
          path: lastPath,
          language: snapshot.language,
          variables: shown(snapshot),
          open: snapshot.open.media?.kind ?? null,
          queueId: snapshot.open.queue?.queueId ?? null,
          notes: effects.filter((effect) => effect.type === "note"),
          asked: told ? `${told.method} ${told.url}` : null,
          over: snapshot.status === "ended",
        };
      });
    },
  };
}

/** The node's own id may already name the nodes around it. */
function pathOf(id: string, around: string | undefined): readonly string[] {
  const whole = around === undefined || id.startsWith(`${around}/`) ? id : `${around}/${id}`;
  return whole.split("/");
}

function shown({ variables, secrets }: EngineStep["snapshot"]): SimStep["variables"] {
  const hidden = Object.keys(secrets).filter((name) => !name.includes(":"));
  return { ...variables, ...Object.fromEntries(hidden.map((name) => [name, null])) };
}

function answerOf(event: FlowEvent): string | null {
  switch (event.type) {
    case "schedule.answered":
      return event.state;
    case "request.answered":
      return event.status === 0 ? (event.reason ?? event.result) : String(event.status);
    case "queue.answered":
      return String(event.waiting);
    case "drawn":
      return String(event.share);
    case "contact.answered":
      return event.contacts.map(({ name }) => name).join(", ") || event.result;
    case "dial.ended":
    case "callback.answered":
    case "notice.answered":
    case "identity.answered":
    case "centre.answered":
    case "mailbox.answered":
      return event.result;
    default:
      return null;
  }
}
