import type { Effect, FlowErrorCode } from "@cordboard/node-kit";
import type { CallSnapshot } from "./call-snapshot.ts";
import type { CompiledFlow } from "./compiled-flow.ts";
import { NOTHING_OPEN } from "./first-snapshot.ts";
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
  return { flow, now, next: completed(snapshot), effects: [], moves: [] };
}

/** A call that an earlier release began has none of what came later: it goes on without. */
function completed(snapshot: CallSnapshot): CallSnapshot {
  const { stack, recording, mailbox, open }: Partial<CallSnapshot> = snapshot;
  if (stack !== undefined && recording !== undefined && mailbox !== undefined) return { ...snapshot };
  return {
    ...snapshot,
    stack: stack ?? [],
    recording: recording ?? null,
    mailbox: mailbox ?? null,
    open: { ...NOTHING_OPEN, ...open },
  };
}

export function note(
  draft: Draft,
  code: FlowErrorCode,
  details: Readonly<Record<string, string | number | boolean | null>>,
): void {
  draft.effects.push({ type: "note", code, details });
}
