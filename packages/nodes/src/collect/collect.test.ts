import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { screenPop } from "../screen-pop/index.ts";
import type { CollectConfig } from "./config.ts";
import { collect } from "./index.ts";

const asking = (settings: Partial<CollectConfig> = {}, more: { type?: "string" | "number"; secret?: boolean } = {}) =>
  flow({
    ask: node(collect, {
      ...collect.initial,
      variable: "customer",
      prompt: "question",
      minDigits: 4,
      maxDigits: 6,
      attempts: 2,
      confirm: false,
      ...settings,
    }),
    pop: node(screenPop, {
      script: "crm",
      parameters: more.secret ? [] : [{ name: "customer", value: "{{ customer }}" }],
    }),
    done: node(hangup, { prompt: "thanks" }),
    noInput: node(hangup, { prompt: "nothing" }),
    noMatch: node(hangup, { prompt: "wrong" }),
    board: node(hangup, { prompt: "switchboard" }),
  })
    .connect("ask", "done", "pop")
    .connect("pop", "done", "done")
    .connect("ask", "noInput", "noInput")
    .connect("ask", "noMatch", "noMatch")
    .with({ variables: { customer: { type: more.type ?? "string", ...(more.secret ? { secret: true } : {}) } } });

scenario("the end key takes what was keyed, and is no part of it", (call) => {
  call.to(asking());
  call.beginsToHear("question");
  call.presses("01234#");
  call.hears("thanks");
  call.carriesScript("crm", { customer: "01234" });
});

scenario("the largest number of keys ends it, and so does silence between keys", (call) => {
  call.to(asking());
  call.hears("question");
  call.presses("123456");
  call.hears("thanks");
  const slow = call.another();
  slow.to(asking());
  slow.hears("question");
  slow.presses("1234");
  slow.staysSilentFor("3999ms");
  slow.presses("5");
  slow.staysSilentFor("4s");
  slow.hears("thanks");
  slow.carriesScript("crm", { customer: "12345" });
});

scenario("too few keys are told, and asked again, then leave by noMatch", (call) => {
  call.to(asking());
  call.beginsToHear("question");
  call.presses("12#");
  call.hears("invalidKey");
  call.hears("question");
  call.presses("#");
  call.hears("wrong");
});

scenario("silence is told, and asked again, then leaves by noInput", (call) => {
  call.to(asking({ noInputPrompt: "again" }));
  call.hears("question");
  call.staysSilentFor("8s");
  call.hears("again");
  call.hears("question");
  call.staysSilentFor("8s");
  call.hears("nothing");
});

scenario("the number is read back and confirmed by 1, at any moment of it", (call) => {
  call.to(asking({ confirm: true }));
  call.beginsToHear("question");
  call.presses("0042#");
  call.hears("youKeyed");
  call.hears("0042");
  call.hears("confirmKeys");
  call.presses("1");
  call.hears("thanks");
  const quick = call.another();
  quick.to(asking({ confirm: true }));
  quick.beginsToHear("question");
  quick.presses("0042#");
  quick.beginsToHear("youKeyed");
  quick.presses("1");
  quick.hears("thanks");
});

scenario("2 asks again, and the correction takes the place of the mistake", (call) => {
  call.to(asking({ confirm: true, beforePrompt: "youSaid", confirmPrompt: "isItRight" }));
  call.beginsToHear("question");
  call.presses("1111#");
  call.hears("youSaid");
  call.hears("1111");
  call.hears("isItRight");
  call.presses("2");
  call.hears("question");
  call.presses("2222#");
  call.hears("youSaid");
  call.hears("2222");
  call.beginsToHear("isItRight");
  call.presses("1");
  call.hears("thanks");
  call.carriesScript("crm", { customer: "2222" });
});

scenario("a correction at the last attempt leaves by noMatch, silence to the question by noInput", (call) => {
  call.to(asking({ confirm: true, attempts: 1 }));
  call.beginsToHear("question");
  call.presses("1111#");
  call.beginsToHear("youKeyed");
  call.presses("2");
  call.hears("wrong");
  const silent = call.another();
  silent.to(asking({ confirm: true, attempts: 1 }));
  silent.beginsToHear("question");
  silent.presses("1111#");
  silent.hears("youKeyed");
  silent.hears("1111");
  silent.hears("confirmKeys");
  silent.staysSilentFor("8s");
  silent.hears("nothing");
});

scenario("a number variable takes the number", (call) => {
  call.to(asking({}, { type: "number" }));
  call.beginsToHear("question");
  call.presses("00123#");
  call.hears("thanks");
  call.carriesScript("crm", { customer: "123" });
});

scenario(
  "keys of the whole flow are the caller's own while several keys are asked for, and lead on in the confirmation",
  (call) => {
    const withKey = () => asking({ confirm: true }).with({ keys: { 0: "board" } });
    call.to(withKey());
    call.beginsToHear("question");
    call.presses("0000#");
    call.hears("youKeyed");
    call.beginsToHear("0000");
    call.presses("0");
    call.hears("switchboard");
  },
);

scenario("a question of one key takes a key of the whole flow for its answer", (call) => {
  call.to(asking({ minDigits: 1, maxDigits: 1 }).with({ keys: { 0: "board" } }));
  call.beginsToHear("question");
  call.presses("0");
  call.hears("thanks");
  call.carriesScript("crm", { customer: "0" });
});

test("what is keyed into a secret variable is asked for as a secret, and is nowhere but there", () => {
  const found = (confirm: boolean) =>
    validate(asking({ confirm }, { secret: true }).document(), registry)
      .filter(({ nodeId }) => nodeId === "ask")
      .map(({ code }) => code);
  expect(found(false)).toEqual([]);
  expect(found(true)).toEqual(["collectSecretConfirmed"]);
});

test("lengths that contradict each other, and variables that cannot hold keys, are said", () => {
  const codes = (settings: Partial<CollectConfig>, type: "string" | "number" | "boolean") =>
    validate(
      asking(settings)
        .with({ variables: { customer: { type } } })
        .document(),
      registry,
    )
      .filter(({ nodeId }) => nodeId === "ask")
      .map(({ code }) => code);
  expect(codes({ minDigits: 7 }, "string")).toEqual(["collectLengths"]);
  expect(codes({}, "boolean")).toEqual(["collectVariable"]);
  expect(codes({}, "number")).toEqual(["collectNumber"]);
});
