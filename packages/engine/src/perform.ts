import {
  type CollectEffect,
  callMembers,
  type DialTarget,
  type Effect,
  type ExpressionScope,
  type ExpressionValue,
  type FlowErrorCode,
  fillTemplate,
  type MediaEffect,
  type PromptChoice,
  type PromptReference,
  templateValues,
} from "@cordboard/node-kit";
import type { CallSnapshot, OpenMedia } from "./call-snapshot.ts";
import type { CompiledFlow, MachineEvent } from "./compiled-flow.ts";
import type { EngineAction } from "./machine-json.ts";
import type { Move } from "./step-result.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A step under way: the next snapshot as far as it is known, and what it asks of the world. */
export interface Draft {
  readonly flow: CompiledFlow;
  readonly now: number;
  readonly next: Mutable<CallSnapshot>;
  effects: Effect[];
  readonly moves: Move[];
}

export function beginDraft(flow: CompiledFlow, snapshot: CallSnapshot, now: number): Draft {
  return { flow, now, next: { ...snapshot }, effects: [], moves: [] };
}

/** Carries out one action of the machine: changes the draft, adds effects. `event` is the one that the machine was stepped with. */
export function perform(draft: Draft, action: EngineAction, event: MachineEvent): void {
  const { next } = draft;
  switch (action.type) {
    case "enterNode":
      next.node = action.params;
      next.counters = {};
      next.chosen = null;
      return;
    case "leaveNode":
      for (const timerId of Object.keys(next.open.timers)) draft.effects.push({ type: "cancelTimer", timerId });
      // An `advance` that was not answered yet asks for nothing any more: the call went another way.
      if (Object.keys(next.open.timers).length > 0 || next.open.advance !== null) {
        next.open = { ...next.open, timers: {}, advance: null };
      }
      next.node = null;
      return;
    case "move":
      draft.moves.push(action.params);
      return;
    case "fail":
      next.failures += 1;
      next.open = { ...next.open, advance: null };
      return;
    case "say":
      openMedia(draft, "play", (entry) => ({ type: "play", entry, prompt: prompt(draft, action.params.prompt) }));
      return;
    case "collect": {
      const { prompt: asked, ...settings } = action.params;
      const reference = asked === null ? null : prompt(draft, asked);
      openMedia(
        draft,
        "collect",
        (entry): CollectEffect => ({ type: "collect", entry, ...settings, prompt: reference }),
      );
      return;
    }
    case "hold":
      hold(
        draft,
        action.params.playlist.map((one) => prompt(draft, one)),
      );
      return;
    case "enqueue":
      enqueue(draft, action.params);
      return;
    case "leaveQueue":
      leaveQueue(draft);
      return;
    case "dial": {
      const { target, ringMs, music } = action.params;
      dial(draft, { target: filled(draft, target), ringMs, music, offerId: null });
      return;
    }
    case "dialAccepted": {
      if (event.type !== "offer.accepted") throw new Error("dialAccepted outside offer.accepted");
      dial(draft, { ...action.params, target: event.target, offerId: event.offerId });
      return;
    }
    case "attachScript": {
      const { params } = action;
      draft.effects.push({
        type: "attachScript",
        script: params && {
          scriptId: params.scriptId,
          parameters: Object.fromEntries(
            Object.entries(params.parameters).map(([name, text]) => [name, template(draft, text)]),
          ),
        },
      });
      return;
    }
    case "startTimer": {
      const { timerId, afterMs } = action.params;
      const entry = next.nextEntry++;
      next.open = { ...next.open, timers: { ...next.open.timers, [timerId]: entry } };
      draft.effects.push({ type: "startTimer", entry, timerId, dueAt: draft.now + afterMs });
      return;
    }
    case "cancelTimer": {
      const { [action.params.timerId]: known, ...timers } = next.open.timers;
      if (known === undefined) return;
      next.open = { ...next.open, timers };
      draft.effects.push({ type: "cancelTimer", timerId: action.params.timerId });
      return;
    }
    case "advance": {
      const entry = next.nextEntry++;
      next.open = { ...next.open, advance: entry };
      draft.effects.push({ type: "advance", entry });
      return;
    }
    case "setVariables":
      for (const { variable, expression } of action.params.assignments) setVariable(draft, variable, expression);
      return;
    case "choose":
      next.chosen = action.params.branches.find(({ expression }) => evaluate(draft, expression) === true)?.id ?? null;
      return;
    case "count": {
      const { counter } = action.params;
      next.counters = { ...next.counters, [counter]: (next.counters[counter] ?? 0) + 1 };
      return;
    }
    case "note":
      draft.effects.push({ type: "note", ...action.params });
      return;
    case "hangUp":
      leaveQueue(draft);
      // Only a call that was never answered hears the status: 603 Decline where the flow wants it, 480 where something failed.
      openMedia(draft, null, () => ({ type: "hangUp", declineStatus: next.failures > 0 ? 480 : 603 }));
      return;
  }
}

/** A line in the trace. */
export function note(
  draft: Draft,
  code: FlowErrorCode,
  details: Readonly<Record<string, string | number | boolean | null>>,
): void {
  draft.effects.push({ type: "note", code, details });
}

/** Music from a list of prompts that are resolved already; also how music that stopped is started again. */
export function hold(draft: Draft, playlist: readonly PromptReference[]): void {
  openMedia(draft, "hold", (entry) => ({ type: "hold", entry, playlist }));
}

/** The caller hears one thing at a time: what was to be heard in this same step is not sent at all. */
function openMedia(draft: Draft, kind: OpenMedia["kind"] | null, make: (entry: number) => MediaEffect): void {
  const { next } = draft;
  const effect = make(next.nextEntry);
  if (draft.effects.some(isMedia)) draft.effects = draft.effects.filter((one) => !isMedia(one));
  draft.effects.push(effect);
  if (kind === null) {
    next.open = { ...next.open, media: null };
    return;
  }
  const entry = next.nextEntry++;
  const media: OpenMedia =
    effect.type === "hold"
      ? { entry, kind: "hold", playlist: effect.playlist }
      : effect.type === "dial"
        ? { entry, kind: "dial", offerId: effect.offerId }
        : { entry, kind: kind === "play" ? "play" : "collect" };
  next.open = { ...next.open, media };
}

export function isMedia(effect: Effect): effect is MediaEffect {
  return MEDIA.has(effect.type);
}
const MEDIA: ReadonlySet<Effect["type"]> = new Set(["play", "collect", "hold", "dial", "hangUp"]);

function dial(
  draft: Draft,
  settings: { target: DialTarget; ringMs: number; music: PromptChoice | null; offerId: string | null },
): void {
  const music = settings.music === null ? null : prompt(draft, settings.music);
  openMedia(draft, "dial", (entry) => ({ type: "dial", entry, ...settings, music }));
}

function enqueue(draft: Draft, params: Extract<EngineAction, { type: "enqueue" }>["params"]): void {
  const { next } = draft;
  // The call is in this line already: it keeps its place, and answers keep their number.
  if (next.open.queue?.queueId === params.queueId) return;
  leaveQueue(draft);
  const entry = next.nextEntry++;
  next.open = { ...next.open, queue: { entry, queueId: params.queueId, accepted: [] } };
  draft.effects.push({ type: "enqueue", entry, ...params });
}

function leaveQueue(draft: Draft): void {
  const { queue } = draft.next.open;
  if (queue === null) return;
  draft.next.open = { ...draft.next.open, queue: null };
  draft.effects.push({ type: "leaveQueue", entry: queue.entry, queueId: queue.queueId });
}

function setVariable(draft: Draft, variable: string, expression: string): void {
  const declared = draft.flow.document.variables[variable];
  const value = evaluate(draft, expression);
  if (value === undefined || declared === undefined) return;
  if (typeof value !== declared.type) {
    note(draft, "valueRefused", { variable, expression });
    return;
  }
  const { next } = draft;
  if (declared.secret) next.secrets = { ...next.secrets, [variable]: value };
  else next.variables = { ...next.variables, [variable]: value };
}

function evaluate(draft: Draft, expression: string): ExpressionValue | undefined {
  const result = draft.flow.expression(expression)(scope(draft.next));
  if (result.ok) return result.value;
  note(draft, "expressionFailed", { expression, reason: result.reason });
  return undefined;
}

function scope({ variables, secrets, call, language }: CallSnapshot): ExpressionScope {
  return { variables: { ...variables, ...secrets }, call: callMembers(call, language) };
}

/** A text with its `{{ … }}` worked out. Secrets are not in reach: what comes out of here is seen. */
function template(draft: Draft, text: string): string {
  if (!text.includes("{{")) return text;
  return fillTemplate(text, shownValues(draft, text, draft.next.language));
}

function shownValues(draft: Draft, text: string, language: string): Readonly<Record<string, string>> {
  const { call, variables } = draft.next;
  const { values, failed } = templateValues(
    text,
    { variables, call: callMembers(call, draft.next.language) },
    { language, timeZone: call.timeZone },
    draft.flow.expression,
  );
  for (const { source, reason } of failed) note(draft, "templateFailed", { source, reason });
  return values;
}

function filled(draft: Draft, target: DialTarget): DialTarget {
  switch (target.kind) {
    case "number":
      return { kind: "number", number: template(draft, target.number) };
    case "sipUri":
      return { kind: "sipUri", uri: template(draft, target.uri) };
    case "user":
      return { kind: "user", name: template(draft, target.name) };
    case "telephone":
      return target;
  }
}

function prompt(draft: Draft, choice: PromptChoice): PromptReference {
  const compiled = draft.flow.prompt(choice, draft.next.language);
  if (compiled.fallback !== null && choice.kind === "flow") {
    note(draft, compiled.fallback, { prompt: choice.promptId, wanted: draft.next.language, played: compiled.language });
  }
  if (compiled.choice.kind === "builtIn") {
    return { kind: "builtIn", name: compiled.choice.name, language: compiled.language };
  }
  return {
    kind: "flow",
    promptId: compiled.choice.promptId,
    language: compiled.language,
    values: compiled.places.length === 0 ? {} : shownValues(draft, compiled.text, compiled.language),
  };
}
