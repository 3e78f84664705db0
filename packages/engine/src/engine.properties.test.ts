import { behaviourText, canonicalText, type FlowDocument, parseFlow, validate } from "@cordboard/flow-schema";
import type { Effect, FlowEvent } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CallSnapshot } from "./call-snapshot.ts";
import { compile } from "./compile.ts";
import type { CompiledFlow } from "./compiled-flow.ts";
import { isMedia } from "./open-media.ts";
import { runUntilWait, startUntilWait } from "./run-until-wait.ts";
import type { StepResult } from "./step-result.ts";
import { arbitraryFlow } from "./testing/arbitrary-flow.ts";
import { innerFlow } from "./testing/inner-flow.ts";
import { eventOf, hostChoices } from "./testing/random-host.ts";
import { sampleCall } from "./testing/sample-call.ts";

const RUNS = { numRuns: 200 };

function compiled(document: FlowDocument): CompiledFlow {
  const result = compile(document, registry, { subflow: innerFlow });
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.flow;
}

/** Plays random events; `look` sees every step. */
function play(
  flow: CompiledFlow,
  choices: Parameters<typeof eventOf>[0][],
  look: (step: { before: CallSnapshot; event: FlowEvent; result: StepResult; now: number }) => void,
): void {
  let now = 1_000;
  const started = startUntilWait(flow, { call: sampleCall, now });
  let { snapshot } = started;
  look({ before: snapshot, event: { type: "advance", entry: 0 }, result: started, now });
  const past: FlowEvent[] = [];
  for (const choice of choices) {
    now += 10;
    const event = eventOf(choice, snapshot, past);
    past.push(event);
    const result = runUntilWait(flow, snapshot, event, { now });
    look({ before: snapshot, event, result, now });
    snapshot = result.snapshot;
  }
}

describe("any flow that validates", () => {
  test("prints to the same bytes after a detour over text, in whatever order its parts stand, and compiles", () => {
    fc.assert(
      fc.property(arbitraryFlow, fc.nat(), (document, turn) => {
        const text = canonicalText(document);
        const again = parseFlow(text);
        if (!again.ok) throw new Error(JSON.stringify(again.findings));
        expect(canonicalText(again.document)).toBe(text);
        const turned = {
          ...document,
          nodes: rotated(document.nodes, turn),
          edges: rotated(document.edges, turn),
          layout: { n1: [turn, 0], ...document.layout },
        };
        expect(behaviourText(turned)).toBe(behaviourText(document));
        expect(validate(document, registry).filter(({ severity }) => severity === "error")).toEqual([]);
        expect(compile(document, registry, { subflow: innerFlow }).ok).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("whatever a host does to a call", () => {
  test("no step throws, and after each the caller hears something or the call has ended", () => {
    fc.assert(
      fc.property(arbitraryFlow, hostChoices, (document, choices) => {
        const flow = compiled(document);
        play(flow, [...choices], ({ result: { snapshot } }) => {
          expect(snapshot.open.advance).toBeNull();
          if (snapshot.status === "running") expect(snapshot.open.media ?? snapshot.open.ask).not.toBeNull();
          else expect(snapshot.open).toEqual({ media: null, queue: null, timers: {}, advance: null, ask: null });
        });
      }),
      RUNS,
    );
  });

  test("a snapshot that went over JSON steps to the same place, with the same effects", () => {
    fc.assert(
      fc.property(arbitraryFlow, hostChoices, (document, choices) => {
        const flow = compiled(document);
        const elsewhere = compiled(document);
        play(flow, [...choices], ({ before, event, result, now }) => {
          const stored: CallSnapshot = JSON.parse(JSON.stringify(result.snapshot));
          expect(stored).toEqual(result.snapshot);
          if (result.snapshot === before) return;
          const restored: CallSnapshot = JSON.parse(JSON.stringify(before));
          if (event.type === "advance" && event.entry === 0) return;
          const there = runUntilWait(elsewhere, restored, event, { now });
          expect(JSON.parse(JSON.stringify(there))).toEqual(JSON.parse(JSON.stringify(result)));
        });
      }),
      RUNS,
    );
  });

  test("an event that was dealt with does nothing whenever it comes again, and nothing that is ignored changes the call", () => {
    fc.assert(
      fc.property(arbitraryFlow, hostChoices, (document, choices) => {
        const flow = compiled(document);
        const dealtWith: FlowEvent[] = [];
        play(flow, [...choices], ({ before, event, result, now }) => {
          if (result.ignored) {
            expect(result.snapshot).toBe(before);
            expect(result.effects).toEqual([]);
            return;
          }
          // A failure that the host reports is not an answer to anything: each one counts. The others carry a number or an end.
          const begins = event.type === "advance" && event.entry === 0;
          if (event.type !== "flow.failed" && !begins) dealtWith.push(event);
          for (const earlier of dealtWith) {
            const again = runUntilWait(flow, result.snapshot, earlier, { now });
            expect(again.ignored).toBeDefined();
            expect(again.snapshot).toBe(result.snapshot);
          }
        });
      }),
      RUNS,
    );
  });

  test("no entry is used twice, a step has at most one media effect, and timers that start are ended or fire", () => {
    fc.assert(
      fc.property(arbitraryFlow, hostChoices, (document, choices) => {
        const flow = compiled(document);
        const entries = new Set<number>();
        const armed = new Set<string>();
        play(flow, [...choices], ({ event, result: { effects, snapshot, ignored } }) => {
          expect(effects.filter(isMedia).length).toBeLessThanOrEqual(1);
          if (!ignored && event.type === "timer.fired") armed.delete(event.timerId);
          for (const effect of effects) {
            if ("entry" in effect && effect.type !== "leaveQueue") {
              expect(entries.has(effect.entry)).toBe(false);
              entries.add(effect.entry);
            }
            if (effect.type === "startTimer") armed.add(effect.timerId);
            if (effect.type === "cancelTimer") armed.delete(effect.timerId);
          }
          expect([...armed].sort()).toEqual(Object.keys(snapshot.open.timers).sort());
        });
      }),
      RUNS,
    );
  });

  test("a place in line that is taken is given back, used for a conversation, or still held", () => {
    fc.assert(
      fc.property(arbitraryFlow, hostChoices, (document, choices) => {
        const flow = compiled(document);
        let held: number | null = null;
        play(flow, [...choices], ({ before, event, result: { effects, snapshot, ignored } }) => {
          // A conversation uses the place up, before anything that the flow does next.
          const talks = event.type === "dial.answered" || (event.type === "dial.ended" && event.result === "completed");
          const { media } = before.open;
          if (!ignored && talks && media?.kind === "dial" && media.offerId !== null) held = null;
          for (const effect of effects) {
            if (effect.type === "enqueue") {
              expect(held).toBeNull();
              held = effect.entry;
            }
            if (effect.type === "leaveQueue") {
              expect(effect.entry).toBe(held);
              held = null;
            }
          }
          expect(snapshot.open.queue?.entry ?? null).toBe(held);
        });
      }),
      RUNS,
    );
  });

  test("the value of a secret variable stands in `secrets` and nowhere else", () => {
    fc.assert(
      fc.property(arbitraryFlow, hostChoices, (document, choices) => {
        const flow = compiled(document);
        play(flow, [...choices], ({ result: { snapshot, effects } }) => {
          const { secrets, ...shown } = snapshot;
          // In a sub-flow the pin of the flow that waits is kept under its depth; the sub-flow has a copy of its own.
          expect(secrets.pin ?? secrets["0:pin"]).toContain("secret-1234");
          expect(JSON.stringify({ shown, effects })).not.toContain("secret-1234");
        });
      }),
      RUNS,
    );
  });

  test("a call ends by one hang-up of ours, or by none when the caller went", () => {
    fc.assert(
      fc.property(arbitraryFlow, hostChoices, (document, choices) => {
        const flow = compiled(document);
        const all: Effect[] = [];
        let gone = false;
        let last: CallSnapshot | undefined;
        play(flow, [...choices], ({ event, result }) => {
          if (!result.ignored && event.type === "caller.gone") gone = true;
          all.push(...result.effects);
          last = result.snapshot;
        });
        const hangUps = all.filter(({ type }) => type === "hangUp").length;
        expect(hangUps).toBe(last?.status === "ended" && !gone ? 1 : 0);
      }),
      RUNS,
    );
  });
});

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
