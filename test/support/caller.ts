import { type Exchange, must } from "./exchange.ts";
import type { HeardWords } from "./heard-words.ts";
import { until } from "./until.ts";

/** A caller at the lab's outside telephone, with what they hear told in words. */
export interface Caller {
  /** Their telephone's, in the lab. */
  readonly name: string;
  readonly from: string;
  hears(what: string, ms?: number): Promise<void>;
  /** Waits until what is played is over. */
  hearsNothing(): Promise<unknown>;
  press(keys: string): void;
  hangUp(): void;
  heard(): readonly string[];
  /** The call as the store has it. */
  stored(): ReturnType<Exchange["calls"]> extends Promise<(infer Call)[]> ? Promise<Call> : never;
  /** Its trace, as people read it; once it is over. */
  trace(): Promise<{ text: string; kinds: string[] }>;
}

export function startCaller(
  exchange: Exchange,
  words: HeardWords,
  { name, from, to }: { readonly name: string; readonly from: string; readonly to: string },
): Caller {
  exchange.telephones.call({ telephone: name, from, to });
  const stored = () => until(async () => (await exchange.calls({ from })).at(-1), `the call of ${name}`);
  return {
    ...{ name, from },
    hears: (what, ms) => words.next(name, what, ms),
    hearsNothing: () =>
      until(() => exchange.telephones.get(name)?.call?.hears.kind === "silence", `silence for ${name}`),
    press: (keys) => exchange.telephones.press(name, keys),
    hangUp: () => exchange.telephones.hangup(name),
    heard: () => words.of(name),
    stored,
    async trace() {
      const over = async () => ((await stored()).status === "ended" ? stored() : null);
      const { _id } = await until(over, `the end of ${name}`);
      const events = must(await exchange.admin.call("calls.trace", { params: { callId: _id } }));
      return { text: JSON.stringify(events), kinds: events.events.map(({ kind }) => kind) };
    },
  };
}
