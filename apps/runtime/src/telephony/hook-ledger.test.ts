import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PendingHook, Verb } from "../ports/index.ts";
import { HOOK_PATIENCE_MS, HookLedger } from "./hook-ledger.ts";
import { virtualClock } from "./testing/scripted-jambonz.ts";

const say = (name: string): Verb[] => [{ verb: "play", url: `http://192.0.2.1/${name}.wav` }];

/** A ledger whose port is a model of jambonz: what an ack or a redirect does to what the caller hears (seen: g2, h25, i1-i3, j11, j12). */
function ledger() {
  const clock = virtualClock();
  const acks: { readonly msgid: string; readonly verbs: readonly Verb[] }[] = [];
  const heard: (readonly Verb[])[] = [];
  let stale = 0;
  const book: HookLedger = new HookLedger({
    clock,
    ack: (msgid, verbs) => {
      acks.push({ msgid, verbs });
      if (verbs.length > 0) heard.push(verbs);
    },
    redirect: (verbs) => {
      book.supersede();
      heard.push(verbs);
    },
    presented: () => {},
    stale: () => {
      stale += 1;
    },
  });
  const present = (verbs: readonly Verb[]) => {
    book.supersede();
    heard.push(verbs);
  };
  return { book, clock, acks, heard, present, stale: () => stale };
}

const opened = (hook: PendingHook | null): PendingHook => {
  if (!hook) throw new Error("refused");
  return hook;
};

describe("answers", () => {
  test("the first goes in the ack, a second (the decision, after music) as a redirect", () => {
    const { book, acks, heard } = ledger();
    const hook = opened(book.open("h1"));
    hook.answer(say("music"));
    hook.answer(say("menu"));
    expect(acks).toEqual([{ msgid: "h1", verbs: say("music") }]);
    expect(heard).toEqual([say("music"), say("menu")]);
  });

  test("of a leg that is not connected yet is heard there: nothing here is overtaken by it, and one that comes too late is dropped", () => {
    const { book, clock, acks, heard, stale } = ledger();
    const dial = opened(book.open("h1"));
    opened(book.openAside("h2")).answer(say("notice"));
    dial.answer(say("menu"));
    expect(acks).toEqual([
      { msgid: "h2", verbs: say("notice") },
      { msgid: "h1", verbs: say("menu") },
    ]);
    const late = opened(book.openAside("h3"));
    clock.advance(HOOK_PATIENCE_MS);
    expect(acks.at(-1)).toEqual({ msgid: "h3", verbs: [] });
    const before = heard.length;
    late.answer(say("notice"));
    expect([heard.length, stale()]).toEqual([before, 1]);
    expect(book.openAside("h3")).toBeNull();
  });

  test("an answer that something else overtook is dropped and counted", () => {
    const { book, acks, heard, present, stale } = ledger();
    const hook = opened(book.open("h1"));
    hook.answer(say("music"));
    present(say("offer"));
    hook.answer(say("menu"));
    expect(acks).toHaveLength(1);
    expect(heard).toEqual([say("music"), say("offer")]);
    expect(stale()).toBe(1);
  });

  test("a repeat of a msgid opens nothing", () => {
    const { book } = ledger();
    expect(book.open("h1")).not.toBeNull();
    expect(book.open("h1")).toBeNull();
    expect(book.settle("h1")).toBe(false);
  });

  test("after the socket is gone nothing is acked, by nobody and no timer", () => {
    const { book, clock, acks } = ledger();
    const hook = opened(book.open("h1"));
    book.close();
    clock.advance(HOOK_PATIENCE_MS * 2);
    hook.answer([]);
    expect(acks).toEqual([]);
  });

  test("a long call's msgids are forgotten in order, never those that are open", () => {
    const { book, acks } = ledger();
    const first = opened(book.open("first"));
    for (let n = 0; n < 5_000; n += 1) book.settle(`h${n}`);
    first.answer([]);
    expect(acks.filter(({ msgid }) => msgid === "first")).toHaveLength(1);
  });
});

type Action =
  | { readonly do: "hook"; readonly msgid: string }
  | { readonly do: "stray"; readonly msgid: string }
  | { readonly do: "answer"; readonly nth: number; readonly verbs: number }
  | { readonly do: "present"; readonly verbs: number }
  | { readonly do: "wait"; readonly ms: number };

const msgids = fc.constantFrom("a", "b", "c", "d", "e");
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant("hook" as const), msgid: msgids }),
  fc.record({ do: fc.constant("stray" as const), msgid: msgids }),
  fc.record({ do: fc.constant("answer" as const), nth: fc.nat(6), verbs: fc.nat(20) }),
  fc.record({ do: fc.constant("present" as const), verbs: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 1_500, 2_999, 3_000, 10_000) }),
);

test("in any order, with repeats and late answers: each hook is acked once, with its own msgid, in time, and the newest word is heard", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const { book, clock, acks, heard, present } = ledger();
      const came = new Map<string, number>();
      const hooks: { readonly hook: PendingHook; since: number }[] = [];
      let presentations = 0;
      for (const [turn, act] of actions.entries()) {
        const heardBefore = heard.length;
        if (act.do === "hook") {
          const hook = book.open(act.msgid);
          expect(hook === null).toBe(came.has(act.msgid));
          if (hook) hooks.push({ hook, since: presentations });
          if (!came.has(act.msgid)) came.set(act.msgid, clock.now());
        } else if (act.do === "stray") {
          expect(book.settle(act.msgid)).toBe(!came.has(act.msgid));
          if (!came.has(act.msgid)) came.set(act.msgid, clock.now());
        } else if (act.do === "answer") {
          const asked = hooks[act.nth];
          if (!asked) continue;
          const verbs = act.verbs === 0 ? [] : say(`${turn}`);
          asked.hook.answer(verbs);
          const overtaken = asked.since !== presentations;
          expect(heard.slice(heardBefore)).toEqual(act.verbs === 0 || overtaken ? [] : [verbs]);
          if (act.verbs > 0 && !overtaken) asked.since = presentations += 1;
        } else if (act.do === "present") {
          present(say(`${turn}`));
          presentations += 1;
        } else {
          clock.advance(act.ms);
        }
        const acked = acks.map(({ msgid }) => msgid);
        expect(new Set(acked).size).toBe(acked.length);
        expect(acked.every((msgid) => came.has(msgid))).toBe(true);
        for (const [msgid, at] of came) {
          if (clock.now() - at >= HOOK_PATIENCE_MS) expect(acked).toContain(msgid);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});
