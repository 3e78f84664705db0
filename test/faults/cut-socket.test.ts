import { afterAll, beforeAll, expect, test } from "vitest";
import { type BusyOperators, workAsOperators } from "../support/busy-operators.ts";
import { type CuttingProxy, type Passage, startCuttingProxy, type Verdict } from "../support/cutting-proxy.ts";
import { type Exchange, startExchange } from "../support/exchange.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { until } from "../support/until.ts";

/**
 * jambonz's socket of a call is cut: at each message of the call in turn, one cut a call, once with the message and once right after it;
 * and five times in one call. Every caller must go on hearing what the flow says, talk to an operator, and leave nothing behind.
 */
const AT_ONCE = 10;
/** Silence that no caller is left in. It is far more than a slow machine needs, and less than the shortest clock that would end it. */
const LONGEST_SILENCE_MS = 12_000;

let exchange: Exchange;
let proxy: CuttingProxy;
let staff: BusyOperators;
const operators: OperatorClient[] = [];
let placed = 0;
let messagesOfACall = 0;
/** By the caller's number. */
const judges = new Map<string, (passage: Passage) => Verdict>();
const numberOf = new Map<string, string>();

beforeAll(async () => {
  exchange = await startExchange({
    between: async (callHook) => {
      proxy = await startCuttingProxy(callHook, (passage) => {
        const { callSid, text } = passage;
        const number = numberOf.get(callSid) ?? (JSON.parse(text) as { data: { from: string } }).data.from;
        numberOf.set(callSid, number);
        return judges.get(number)?.(passage) ?? "pass";
      });
      return proxy.callHook;
    },
  });
  await serveShortFlow(exchange);
  for (let at = 0; at < AT_ONCE; at += 1) operators.push(await exchange.signIn(101 + at));
  staff = workAsOperators(exchange, operators);
});
afterAll(async () => {
  await staff.stop();
  await exchange.close();
  await proxy.close();
});

/** Dials, presses 1 whenever the menu is heard, and talks to whoever answers. */
async function talk(name: string, judge: (passage: Passage) => Verdict = () => "pass") {
  const { telephones, simulator, story } = exchange;
  placed += 1;
  const from = `+3363998${String(placed).padStart(4, "0")}`;
  judges.set(from, judge);
  let heard = "";
  const stop = simulator.onChange((state) => {
    if (state.id !== name) return;
    const now = story.now(name);
    if (now !== heard && now === "talking demoNoInput") setImmediate(() => telephones.press(name, "1"));
    heard = now;
  });
  telephones.call({ telephone: name, from, to: exchange.line });
  await story.waitFor(name, "talking bridged", 60_000);
  stop();
  return {
    from,
    callSid: () => [...numberOf].find(([, number]) => number === from)?.[0] ?? "",
    callerHangsUp: () => telephones.hangup(name),
    async operatorHangsUp() {
      const desk = telephones.list().find(({ id, call: its }) => id !== name && its?.from === from);
      telephones.hangup(desk?.id ?? "");
      await story.waitFor(name, "talking goodbye");
      await story.waitFor(name, "idle");
    },
    async ended() {
      const settled = async () => {
        const [call] = await exchange.calls({ from });
        return call?.status === "ended" && call.outbox.length === 0 ? call : null;
      };
      return until(settled, `the call of ${name} to be over in the store`, { say: () => story.tell(name) });
    },
  };
}

function longestSilence(name: string): number {
  const moments = exchange.story.moments.filter(({ telephone }) => telephone === name);
  const lengths = moments.map(({ what, atMs }, at) =>
    what === "talking silence" ? (moments[at + 1]?.atMs ?? atMs) - atMs : 0,
  );
  return Math.max(0, ...lengths);
}

/** Runs the jobs, so many at a time; resolves with the failed ones' messages. */
async function together(jobs: readonly { readonly name: string; readonly run: () => Promise<void> }[]) {
  const left = [...jobs];
  const failures: string[] = [];
  const worker = async () => {
    for (let job = left.shift(); job; job = left.shift()) {
      const { name, run } = job;
      await run().catch((error: Error) => {
        failures.push(`${name}: ${error.message.split("\n")[0]}\n${exchange.story.tell(name)}`);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failures;
}

const cutAt =
  (number: number, how: Verdict) =>
  (passage: Passage): Verdict =>
    passage.number === number ? how : "pass";

test("uncut, a call is heard as the flow says", async () => {
  const call = await talk("uncut");
  await call.operatorHangsUp();
  expect((await call.ended()).endedBy).toBe("us");
  // Music may still be on its way when the operator answers.
  const sounds = exchange.story.of("uncut").filter((what) => !/silence|ringBack|Music|idle/.test(what));
  expect(sounds).toEqual(["beep", "demoNoInput", "bridged", "goodbye"].map((sound) => `talking ${sound}`));
  messagesOfACall = proxy.passages.filter(({ callSid }) => callSid === call.callSid()).length;
  expect(messagesOfACall).toBeGreaterThan(30);
});

test("cut at each message of a call in turn, the message lost or just arrived: everybody is served", async () => {
  const numbers = Array.from({ length: messagesOfACall }, (_, at) => at + 1);
  const jobs = numbers.flatMap((number) => [
    { name: `lost ${number}`, judge: cutAt(number, "lose"), end: "operatorHangsUp" as const },
    { name: `arrived ${number}`, judge: cutAt(number, "cutAfter"), end: "callerHangsUp" as const },
  ]);
  const serve = async ({ name, judge, end }: (typeof jobs)[number]) => {
    const call = await talk(name, judge);
    await call[end]();
    await call.ended();
  };
  expect(await together(jobs.map((job) => ({ name: job.name, run: () => serve(job) })))).toEqual([]);
  const silences = jobs.map(({ name }) => ({ name, ms: longestSilence(name) }));
  expect(silences.filter(({ ms }) => ms > LONGEST_SILENCE_MS)).toEqual([]);
  expect(staff.orphanedLegs()).toBe(0);
  for (const operator of operators) await operator.waitFor(({ state }) => state === "available", "to be free");
  for (const name of ["offers", "waitingCalls"]) {
    expect(await exchange.collection(name).countDocuments({ closedAt: null })).toBe(0);
  }
}, 180_000);

test("five cuts in one conversation: REST brings the call back, and nothing is heard of it", async () => {
  const call = await talk("five cuts");
  /** Answered, that is: a socket that is lost before the ack of its session:reconnect ends the call (rule 8). */
  const answeredOn = (number: number) =>
    proxy.passages.some(
      ({ callSid, socket, to }) => callSid === call.callSid() && socket === number && to === "jambonz",
    );
  for (let cut = 1; cut <= 5; cut += 1) {
    proxy.cut(call.callSid());
    if (cut < 5) await until(() => answeredOn(cut + 1), `reconnection ${cut}`, { say: exchange.story.tell });
  }
  // After the fifth jambonz stays away until it is asked.
  const asked = async () =>
    exchange.collection("calls").findOne({ from: call.from, cuts: 5, cutAt: null, "traceTail.kind": "reclaimAsked" });
  await until(asked, "the call to be back");
  expect(exchange.story.now("five cuts")).toBe("talking bridged");
  await call.operatorHangsUp();
  expect((await call.ended()).endedBy).toBe("us");
});
