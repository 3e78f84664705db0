import type { CallDocument } from "../../apps/runtime/src/calls/model.ts";
import type { Exchange } from "./exchange.ts";
import { until } from "./until.ts";

export interface PlacedCall {
  readonly name: string;
  /** The caller's number. */
  readonly from: string;
  /** What the caller hears now: `talking holdMusic` … */
  hears(): string;
  waitFor(what: string | RegExp, ms?: number): Promise<void>;
  hangUp(): void;
  press(keys: string): void;
  /** As the store has it. */
  stored(): Promise<CallDocument>;
  /** The place in line, as the store has it; null when the call does not wait. */
  place(): Promise<number | null>;
  /** Waits until it is over and nothing of it is left to be told. */
  ended(): Promise<CallDocument>;
}

let placed = 0;

/** Dials the short flow's line and presses `keys` (1) whenever the menu is heard; the caller waits for an operator then. */
export function placeCall(
  exchange: Exchange,
  name: string,
  options: { from?: string; callerName?: string; to?: string; keys?: string } = {},
): PlacedCall {
  const { telephones, simulator, story, line } = exchange;
  placed += 1;
  const keys = options.keys ?? "1";
  const from = options.from ?? `+3363998${String(placed).padStart(4, "0")}`;
  /** Hidden callers leave no number: theirs is the newest. */
  const filter = options.from === undefined ? { from } : { to: options.to ?? line };
  let heard = "";
  const stop = simulator.onChange((state) => {
    if (state.id !== name) return;
    if (state.phase === "idle") stop();
    const now = story.now(name);
    if (now !== heard && now === "talking demoNoInput" && keys) setImmediate(() => telephones.press(name, keys));
    heard = now;
  });
  const { callerName } = options;
  telephones.call({ telephone: name, from, to: options.to ?? line, ...(callerName !== undefined && { callerName }) });
  const stored = () => until(async () => (await exchange.calls(filter)).at(-1), `the call of ${name} in the store`);
  return {
    name,
    from,
    hears: () => story.now(name),
    waitFor: (what, ms) => story.waitFor(name, what, ms),
    hangUp: () => telephones.hangup(name),
    press: (pressed) => telephones.press(name, pressed),
    stored,
    async place() {
      const { _id } = await stored();
      const waiting = await exchange.collection("waitingCalls").findOne({ callId: _id, closedAt: null });
      return waiting ? Number(waiting.place) : null;
    },
    async ended() {
      const over = async () => {
        const call = await stored();
        return call.status === "ended" && call.outbox.length === 0 ? call : null;
      };
      return until(over, `the call of ${name} to be over`, { say: () => story.tell(name) });
    },
  };
}
