import type { LiveCall } from "../../calls/live-call.ts";
import {
  type Bus,
  type CallCentreCommands,
  type Clock,
  type OperatorView,
  operatorChannel,
  type PassOnTarget,
} from "../../ports/index.ts";
import type { Chance } from "./chance.ts";

const SECOND = 1_000;
const MINUTE = 60_000;

const OUTCOMES = ["sold", "informed", "complaint"] as const;

export interface OperatorsGiven {
  readonly companyId: string;
  readonly queueIds: readonly [string, string];
  readonly operatorIds: readonly string[];
  readonly from: number;
  readonly hours: number;
  readonly centre: Pick<CallCentreCommands, "command">;
  readonly calls: ReadonlyMap<string, LiveCall>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly makeId: (prefix: string) => string;
  /** They note outcomes, and pass callers on to somebody or something else. */
  readonly everything: boolean;
  readonly track: (work: () => Promise<unknown>) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

/** Operators who accept, refuse, miss, note, pass on, take a pause and leave; what they were shown is kept. */
export function operatorsAtWork(given: OperatorsGiven) {
  const { companyId, queueIds, operatorIds, from, hours, centre, calls, bus, clock, makeId, everything } = given;
  const { share, between } = given.chance;
  const views: OperatorView[] = [];
  type Command = Parameters<typeof centre.command>[2];

  const tracked = (work: () => Promise<unknown>) => void given.track(work).catch(given.failed);
  const command = (operatorId: string, asked: Command) => tracked(() => centre.command(companyId, operatorId, asked));

  /** To a colleague, a queue, the flow from its beginning, a number, the switchboard. */
  function somewhere(operatorId: string): PassOnTarget {
    const [first, second] = queueIds;
    const colleagues = operatorIds.filter((id) => id !== operatorId);
    const ways: readonly PassOnTarget[] = [
      { kind: "operator", operatorId: colleagues[between(0, colleagues.length - 1)] ?? operatorId },
      { kind: "queue", queueId: share() < 0.5 ? first : second },
      { kind: "flow", flowId: "whole" },
      { kind: "number", number: `+3319900000${between(5, 8)}` },
      { kind: "switchboard" },
    ];
    return ways[between(0, ways.length - 1)] ?? { kind: "switchboard" };
  }

  function passesOn(operatorId: string, { call }: OperatorView): void {
    const { callId, offerId, queueId, callback } = call ?? { callback: null };
    if (!callId || !offerId || !queueId || callback !== null || share() >= 0.12) return;
    const control = { kind: "passOn", to: somewhere(operatorId), place: "head", outcome: null, note: "" } as const;
    const asked = { companyId, callId, offerId, queueId, operatorId, control };
    clock.at(clock.now() + between(5, 15) * SECOND, () => tracked(async () => calls.get(callId)?.control(asked)));
  }

  function works(operatorId: string, telephoneId: string, served: readonly string[]): void {
    let done = "";
    let since = 0;
    const soon = (ms: number, asked: Command) => clock.at(clock.now() + ms, () => command(operatorId, asked));
    bus.subscribe(operatorChannel(companyId, operatorId), (message) => {
      const { view } = message as { readonly view: OperatorView };
      if (view.seq <= since) return;
      since = view.seq;
      views.push(view);
      const todo = `${view.state} ${view.since}`;
      if (todo === done) return;
      done = todo;
      const { offer, call } = view;
      if (view.state === "offered" && offer) {
        const luck = share();
        if (luck < 0.75) soon(between(1, 8) * SECOND, { kind: "accept", offerId: offer.offerId });
        else if (luck < 0.87) soon(3 * SECOND, { kind: "refuse", offerId: offer.offerId });
      }
      if (view.state === "wrapUp") {
        if (everything && call && share() < 0.7) {
          const outcome = OUTCOMES[between(0, OUTCOMES.length - 1)] ?? null;
          soon(between(2, 9) * SECOND, { kind: "noteCall", callId: call.callId, outcome, note: "" });
        }
        soon(between(10, 90) * SECOND, { kind: "ready" });
      }
      if (everything && view.state === "talking") passesOn(operatorId, view);
      if (view.state === "paused" && view.pause?.reason !== "asked") soon(between(20, 90) * SECOND, { kind: "resume" });
    });
    const connected = () => {
      command(operatorId, { kind: "connected", processId: "proc_1" });
      clock.at(clock.now() + 30 * SECOND, connected);
    };
    connected();
    command(operatorId, {
      kind: "signIn",
      ...{ shiftId: makeId("shift"), telephoneId, takeOver: false, queueIds: served },
    });
  }

  /** One after the other they come, and go for lunch; the last leaves half an hour before the end. */
  function begin(): void {
    for (const [at, operatorId] of operatorIds.entries()) {
      clock.at(from + (at + 1) * 7 * MINUTE, () => works(operatorId, `tel_${at}`, at === 0 ? [queueIds[0]] : queueIds));
      clock.at(from + (2 * 60 + at * 20) * MINUTE, () => command(operatorId, { kind: "pause", label: "lunch" }));
      clock.at(from + (2 * 60 + at * 20 + 15) * MINUTE, () => command(operatorId, { kind: "resume" }));
    }
    const last = operatorIds.at(-1) ?? "";
    clock.at(from + (hours * 60 - 30) * MINUTE, () => command(last, { kind: "signOut" }));
  }

  return { begin, views };
}
