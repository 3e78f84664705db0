import { validate } from "@cordboard/flow-schema";
import { type CallWords, flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import type { CallbackConfig } from "./config.ts";
import { callback } from "./index.ts";

const SHOWN = "+33142860001";
const promising = (settings: Partial<CallbackConfig> = {}) =>
  flow({
    ask: node(callback, { ...callback.initial, queue: "sales", variable: "number", attempts: 2, ...settings }),
    promised: node(hangup, { prompt: "promised" }),
    already: node(hangup, { prompt: "already" }),
    full: node(hangup, { prompt: "full" }),
    noNumber: node(hangup, { prompt: "noNumber" }),
  })
    .connect("ask", "promised", "promised")
    .connect("ask", "full", "full")
    .connect("ask", "noNumber", "noNumber")
    .with({ variables: { number: { type: "string" } } });

scenario("the number shown is read back, and 1 takes it", (call) => {
  call.to(promising());
  call.hears("callbackNumberIs");
  call.hears(SHOWN);
  call.hears("callbackConfirmKeys");
  call.presses("1");
  call.hears("promised");
  call.isPromisedCallback("sales", SHOWN);
});

scenario("2 asks for another number, which is read back as well", (call) => {
  call.to(promising({ numberPrompt: "weRing", confirmPrompt: "right", enterPrompt: "key" }));
  call.beginsToHear("weRing");
  call.presses("2");
  call.beginsToHear("key");
  call.presses("0612345678#");
  call.hears("weRing");
  call.hears("0612345678");
  call.hears("right");
  call.presses("1");
  call.hears("promised");
  call.isPromisedCallback("sales", "0612345678");
});

scenario("a hidden number is asked for", (call) => {
  const hidden = call.another({ callerNumber: null });
  hidden.to(promising());
  hidden.beginsToHear("callbackEnterNumber");
  hidden.presses("0612345678#");
  hidden.beginsToHear("callbackNumberIs");
  hidden.presses("1");
  hidden.hears("promised");
  hidden.isPromisedCallback("sales", "0612345678");
});

scenario("a number that is too short is told, and asked for again, then leaves by noNumber", (call) => {
  const hidden = call.another({ callerNumber: null });
  hidden.to(promising());
  hidden.beginsToHear("callbackEnterNumber");
  hidden.presses("123#");
  hidden.hears("callbackWrongNumber");
  hidden.beginsToHear("callbackEnterNumber");
  hidden.presses("#");
  hidden.hears("callbackWrongNumber");
  hidden.hears("noNumber");
});

scenario("a number that cannot be rung is asked for again", (call) => {
  call.callbacksAre("refused");
  call.to(promising({ wrongPrompt: "cannot" }));
  call.beginsToHear("callbackNumberIs");
  call.presses("1");
  call.hears("cannot");
  call.callbacksAre("taken");
  call.beginsToHear("callbackEnterNumber");
  call.presses("0612345678#");
  call.beginsToHear("callbackNumberIs");
  call.presses("1");
  call.hears("promised");
});

scenario("who answers nothing leaves by noNumber, with the number shown or without", (call) => {
  call.to(promising());
  for (let times = 0; times < 2; times++) {
    call.hears("callbackNumberIs");
    call.hears(SHOWN);
    call.hears("callbackConfirmKeys");
    call.staysSilentFor("8s");
  }
  call.hears("noNumber");
  const hidden = call.another({ callerNumber: null });
  hidden.to(promising());
  hidden.hears("callbackEnterNumber");
  hidden.staysSilentFor("8s");
  hidden.hears("callbackEnterNumber");
  hidden.staysSilentFor("8s");
  hidden.hears("noNumber");
});

scenario("a second promise for the number in this queue is the first one", (call) => {
  const ask = (words: typeof call, sketch: ReturnType<typeof promising>) => {
    words.to(sketch);
    words.beginsToHear("callbackNumberIs");
    words.presses("1");
  };
  ask(call, promising());
  call.hears("promised");
  const again = call.another();
  ask(again, promising());
  again.hears("promised");
  const told = call.another();
  ask(told, promising().connect("ask", "already", "already"));
  told.hears("already");
});

scenario("when no more are taken the caller is told", (call) => {
  call.callbacksAre("full");
  call.to(promising());
  call.beginsToHear("callbackNumberIs");
  call.presses("1");
  call.hears("full");
});

test("a variable that cannot be read back, and lengths that contradict each other, are refused", () => {
  const codes = (settings: Partial<CallbackConfig>, variable: { type: "string" | "number"; secret?: boolean }) =>
    validate(
      promising(settings)
        .with({ variables: { number: variable } })
        .document(),
      registry,
    )
      .filter(({ nodeId, severity }) => nodeId === "ask" && severity === "error")
      .map(({ code }) => code);
  expect(codes({}, { type: "string" })).toEqual([]);
  expect(codes({}, { type: "number" })).toEqual(["callbackVariable"]);
  expect(codes({}, { type: "string", secret: true })).toEqual(["callbackVariable"]);
  expect(codes({ minDigits: 16 }, { type: "string" })).toEqual(["callbackLengths"]);
});

const TEN = "2026-12-01T10:00:00Z";
const ELEVEN = "2026-12-01T11:00:00Z";
const choosing = (call: CallWords, settings: Partial<CallbackConfig> = {}) => {
  call.to(promising({ slots: true, ...settings }));
  call.beginsToHear("callbackNumberIs");
  call.presses("1");
};

scenario(
  "times are offered one after the other, and a key takes one while it is said",
  (call) => {
    call.callbackSlots(TEN, ELEVEN);
    choosing(call);
    call.hears("callbackSoonKey");
    call.hears("slot 2026-12-01T10:00Z, key 2");
    call.beginsToHear("slot 2026-12-01T11:00Z, key 3");
    call.presses("3");
    call.hears("promised");
    call.isPromisedCallback("sales", SHOWN, { at: ELEVEN });
  },
  { startAt: Date.parse("2026-12-01T09:10:00Z") },
);

scenario(
  "1 is as soon as possible, and so are silence and keys that choose nothing, after as many times as the node tries",
  (call) => {
    call.callbackSlots(TEN);
    choosing(call);
    call.beginsToHear("callbackSoonKey");
    call.presses("1");
    call.hears("promised");
    call.isPromisedCallback("sales", SHOWN, { at: null });
    const silent = call.another({ callerNumber: "+33142860002" });
    choosing(silent);
    for (let times = 0; times < 2; times++) {
      silent.hears("callbackSoonKey");
      silent.hears("slot 2026-12-01T10:00Z, key 2");
      silent.staysSilentFor("8s");
    }
    silent.hears("promised");
    silent.isPromisedCallback("sales", "+33142860002", { at: null });
    const lost = call.another({ callerNumber: "+33142860003" });
    choosing(lost);
    lost.beginsToHear("callbackSoonKey");
    lost.presses("7");
    lost.beginsToHear("callbackSoonKey");
    lost.presses("0");
    lost.hears("promised");
    lost.isPromisedCallback("sales", "+33142860003", { at: null });
  },
  { startAt: Date.parse("2026-12-01T09:10:00Z") },
);

scenario(
  "a time that others take meanwhile is offered no more, and the caller chooses again",
  (call) => {
    call.callbackSlots(TEN, ELEVEN);
    choosing(call);
    call.hears("callbackSoonKey");
    call.beginsToHear("slot 2026-12-01T10:00Z, key 2");
    call.callbackSlots(ELEVEN);
    call.presses("2");
    call.hears("callbackSoonKey");
    call.beginsToHear("slot 2026-12-01T11:00Z, key 2");
    call.presses("2");
    call.hears("promised");
    call.isPromisedCallback("sales", SHOWN, { at: ELEVEN });
  },
  { startAt: Date.parse("2026-12-01T09:10:00Z") },
);

scenario("where no time is free, and in a flow that was drawn before there were any, nobody is asked when", (call) => {
  choosing(call);
  call.hears("promised");
  const { slots, ...before } = callback.initial;
  expect(slots).toBe(true);
  const older = call.another({ callerNumber: "+33142860002" });
  call.callbackSlots("2126-12-01T10:00:00Z");
  older.to(
    flow({
      ask: node(callback, { ...before, queue: "sales", variable: "number" }),
      promised: node(hangup, { prompt: "promised" }),
    })
      .connect("ask", "promised", "promised")
      .with({ variables: { number: { type: "string" } } }),
  );
  older.beginsToHear("callbackNumberIs");
  older.presses("1");
  older.hears("promised");
  older.isPromisedCallback("sales", "+33142860002", { at: null });
});
