import type { Effect, FlowEvent } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AnyActorRef, assign, createActor, createMachine } from "xstate";
import { admit } from "./admit.ts";
import type { CallSnapshot } from "./call-snapshot.ts";
import { compile } from "./compile.ts";
import type { CompiledFlow, MachineEvent } from "./compiled-flow.ts";
import { beginDraft } from "./draft.ts";
import { exportMachine } from "./export-machine.ts";
import { firstSnapshot } from "./first-snapshot.ts";
import { guards } from "./flow-machine.ts";
import type { EngineAction, MachineJson, StateJson } from "./machine-types.ts";
import { hold, isMedia } from "./open-media.ts";
import { perform } from "./perform.ts";
import { start, step } from "./step.ts";
import { arbitraryFlow } from "./testing/arbitrary-flow.ts";
import { innerFlow } from "./testing/inner-flow.ts";
import { eventOf, hostChoices } from "./testing/random-host.ts";
import { sampleCall } from "./testing/sample-call.ts";

const NOW = 5_000;

/** A second way to run a flow: the exported machine as a live actor, each action an XState `assign` that is done at its turn. */
function liveCall(flow: CompiledFlow) {
  const effects: Effect[] = [];
  const run = (type: string) =>
    assign(({ context, event }: { context: CallSnapshot; event: MachineEvent }, params: unknown) => {
      const draft = beginDraft(flow, context, NOW);
      perform(draft, { type, params } as EngineAction, event);
      effects.push(...draft.effects);
      return draft.next;
    });
  const actions = Object.fromEntries([...actionTypes(flow.json)].map((type) => [type, run(type)]));
  const config = { ...exportMachine(flow), context: ({ input }: { input: CallSnapshot }) => input };
  const machine = createMachine(config as Parameters<typeof createMachine>[0], {
    guards: guards as never,
    actions: actions as never,
  });
  const actor: AnyActorRef = createActor(machine, { input: firstSnapshot(flow, { call: sampleCall }) });
  actor.start();

  function keptFromSilence(): void {
    for (;;) {
      const { status, context } = actor.getSnapshot();
      if (
        status === "done" ||
        context.open.media !== null ||
        context.open.advance !== null ||
        context.open.ask !== null
      )
        return;
      actor.send({ type: "flow.failed", code: "silent" });
    }
  }
  keptFromSilence();

  return {
    take: () => {
      const last = effects.findLast(isMedia);
      return effects.splice(0).filter((effect) => effect.type !== "note" && (effect === last || !isMedia(effect)));
    },
    state: () => actor.getSnapshot(),
    send: (event: FlowEvent) => {
      const { context, status } = actor.getSnapshot();
      if (status === "done") return;
      const draft = beginDraft(flow, context, NOW);
      const admission = admit(draft, event);
      if (!admission.admitted) return;
      const before = { ...context };
      const open = context.open;
      // The filter stands before the machine in both ways: what it learned is put into the actor's context by hand.
      Object.assign(context, draft.next);
      effects.push(...draft.effects);
      if (admission.event === null) return;
      const { media: heard } = open;
      if (admission.event.type === "input.digits" && heard && !actor.getSnapshot().can(admission.event)) {
        if (heard.kind === "hold") {
          const again = beginDraft(flow, context, NOW);
          hold(again, heard.playlist, heard.keys);
          Object.assign(context, again.next);
          effects.push(...again.effects);
          return;
        }
        if (heard.kind === "play") {
          actor.send({ type: "play.done", entry: heard.entry });
          keptFromSilence();
          return;
        }
      }
      const value = JSON.stringify(actor.getSnapshot().value);
      const count = effects.length;
      actor.send(admission.event);
      const after = actor.getSnapshot();
      const nothing = effects.length === count && JSON.stringify(after.value) === value && after.context === context;
      const { media, timers, advance, ask } = draft.next.open;
      if (nothing && media === open.media && timers === open.timers && advance === open.advance && ask === open.ask) {
        Object.assign(context, before);
      }
      keptFromSilence();
    },
  };
}

function actionTypes(state: StateJson | MachineJson): Set<string> {
  const transitions = Object.values(state.on ?? {}).flat();
  const own = [...(state.entry ?? []), ...(state.exit ?? []), ...transitions.flatMap(({ actions }) => actions ?? [])];
  const below = Object.values(state.states ?? {}).flatMap((child) => [...actionTypes(child)]);
  return new Set([...own.map(({ type }) => type), ...below]);
}

const shown = ({ value: _value, status: _status, open, ...rest }: CallSnapshot) => ({
  ...rest,
  open: _status === "ended" ? null : open,
});

test("pure steps and a live actor go the same way: states, variables, channels, effects", () => {
  fc.assert(
    fc.property(arbitraryFlow, hostChoices, (document, choices) => {
      const compiled = compile(document, registry, { subflow: innerFlow });
      if (!compiled.ok) throw new Error("does not compile");
      const { flow } = compiled;
      const live = liveCall(flow);
      let result = start(flow, { call: sampleCall, now: NOW });
      const past: FlowEvent[] = [];
      const same = () => {
        const { value, context, status } = live.state();
        expect(value).toEqual(result.snapshot.value);
        expect(status === "done").toBe(result.snapshot.status === "ended");
        expect(shown({ ...context, status: result.snapshot.status })).toEqual(shown(result.snapshot));
        expect(live.take()).toEqual(result.effects.filter(({ type }) => type !== "note"));
      };
      same();
      const queue = [...choices];
      for (let steps = 0; steps < 200; steps++) {
        const { advance } = result.snapshot.open;
        const choice = advance === null ? queue.shift() : undefined;
        if (advance === null && choice === undefined) break;
        const event: FlowEvent =
          choice === undefined ? { type: "advance", entry: advance ?? 0 } : eventOf(choice, result.snapshot, past);
        past.push(event);
        result = step(flow, result.snapshot, event, { now: NOW });
        live.send(event);
        same();
      }
    }),
    { numRuns: 150 },
  );
});
