import { type FlowDocument, validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { describe, expect, test } from "vitest";
import { collect } from "../collect/index.ts";
import { exit } from "../exit/index.ts";
import { hangup } from "../hangup/index.ts";
import { menu } from "../menu/index.ts";
import { play } from "../play/index.ts";
import { registry } from "../registry.ts";
import { screenPop } from "../screen-pop/index.ts";
import type { SubflowConfig } from "./config.ts";
import { subflow } from "./index.ts";

/** Asks for a customer number of four keys; a text of the flow that runs it is said first. */
const asking = () =>
  flow({
    hello: node(play, { prompt: "please", bargeIn: false }),
    ask: node(collect, {
      ...collect.initial,
      variable: "customer",
      prompt: "number",
      minDigits: 4,
      maxDigits: 4,
      attempts: 1,
      confirm: false,
    }),
    got: node(exit, { output: "known" }),
    none: node(exit, { output: "unknown" }),
  })
    .connect("hello", "done", "ask")
    .connect("ask", "done", "got")
    .connect("ask", "noInput", "none")
    .connect("ask", "noMatch", "none")
    .with({
      variables: { customer: { type: "string" }, firm: { type: "string", initial: "nobody" } },
      texts: { please: { "en-GB": "{{ firm }} asks" } },
      inputs: ["firm"],
      results: ["customer"],
    });

const outputs = [
  { id: "known", label: "Known" },
  { id: "unknown", label: "Unknown" },
];
const running = (settings: Partial<SubflowConfig> = {}, inner = asking()) =>
  flow({
    ask: node(subflow, {
      flowId: "asking",
      inputs: { firm: "word + '!'" },
      results: { number: "customer" },
      outputs,
      ...settings,
    }),
    pop: node(screenPop, { script: "crm", parameters: [{ name: "number", value: "{{ number }} {{ word }}" }] }),
    known: node(hangup, { prompt: "please" }),
    unknown: node(hangup, { prompt: "who" }),
    board: node(hangup, { prompt: "switchboard" }),
  })
    .connect("ask", "known", "pop")
    .connect("pop", "done", "known")
    .connect("ask", "unknown", "unknown")
    .with({
      variables: { number: { type: "string", initial: "none" }, word: { type: "string", initial: "Acme" } },
      flows: { asking: inner },
    });

scenario("it gets what it is given, and gives back what is taken", (call) => {
  call.to(running());
  call.hears("ask/please");
  call.beginsToHear("ask/number");
  call.presses("0042");
  call.hears("please");
  call.carriesScript("crm", { number: "0042 Acme" });
});

scenario("it ends by the output that its exit names", (call) => {
  call.to(running());
  call.hears("ask/please");
  call.hears("ask/number");
  call.staysSilentFor("8s");
  call.hears("who");
});

scenario("a key of the flow around it leads out of it, and what it did is forgotten", (call) => {
  call.to(running().with({ keys: { 0: "board" } }));
  call.beginsToHear("ask/please");
  call.presses("0");
  call.hears("switchboard");
});

scenario("its own key is stronger than the same key around it", (call) => {
  call.to(running({}, asking().with({ keys: { 0: "none" } })).with({ keys: { 0: "board" } }));
  call.beginsToHear("ask/please");
  call.presses("0");
  call.hears("who");
});

scenario("a flow may run in a flow that runs in a flow, each with variables of its own", (call) => {
  const middle = flow({
    again: node(subflow, { flowId: "asking", inputs: { firm: "word" }, results: { word: "customer" }, outputs }),
    back: node(exit, { output: "known" }),
    lost: node(exit, { output: "unknown" }),
  })
    .connect("again", "known", "back")
    .connect("again", "unknown", "lost")
    .with({ variables: { word: { type: "string" } }, results: ["word"] });
  call.to(
    running({ flowId: "middle", inputs: {}, results: { number: "word" } }).with({
      flows: { middle, asking: asking() },
    }),
  );
  call.hears("ask/again/please");
  call.beginsToHear("ask/again/number");
  call.presses("7777");
  call.hears("please");
  call.carriesScript("crm", { number: "7777 Acme" });
});

describe("what does not fit is found before publishing", () => {
  const flows = (inner: FlowDocument) => ({
    subflow: (flowId: string) => (flowId === "asking" ? inner : flowId === "sketch" ? running().document() : undefined),
  });
  const codes = (outer: FlowDocument, inner: FlowDocument = asking().document()) =>
    validate(outer, registry, flows(inner))
      .filter(({ nodeId, severity }) => nodeId === "ask" && severity === "error")
      .map(({ code }) => code);

  test("nothing, where it fits; and nothing is said without a way to find flows", () => {
    expect(codes(running().document())).toEqual([]);
    expect(validate(running({ flowId: "gone" }).document(), registry).filter(({ nodeId }) => nodeId === "ask")).toEqual(
      [],
    );
  });

  test("a flow that is not there, that is broken, that is a template", () => {
    expect(codes(running({ flowId: "gone" }).document())).toEqual(["subflowMissing"]);
    expect(codes(running().document(), { ...asking().document(), entry: "nowhere" })).toEqual(["subflowBroken"]);
    const template = { ...asking().document(), parameters: { type: "object", properties: {} } };
    expect(codes(running().document(), template)).toEqual(["subflowTemplate"]);
  });

  test("a flow inside itself, at whatever depth", () => {
    const itself = { ...running().document(), id: "asking" };
    expect(codes(running().document(), itself)).toEqual(["subflowRecursive"]);
    const back = { ...running({ flowId: "sketch" }).document(), id: "asking" };
    expect(codes(running().document(), back)).toEqual(["subflowRecursive"]);
  });

  test("inputs, results and outputs that the other flow does not have", () => {
    expect(codes(running({ inputs: { other: "1" } }).document())).toEqual(["subflowInputUnknown"]);
    expect(codes(running({ results: { number: "firm" } }).document())).toEqual(["subflowResultUnknown"]);
    expect(codes(running({ outputs: [{ id: "known", label: "" }] }).document())).toContain("subflowOutputUnknown");
    const typed = asking().with({ variables: { customer: { type: "number" } } });
    expect(codes(running().document(), typed.document())).toEqual(["subflowResultType"]);
  });

  test("secrets that would come out of hiding, on the way in and on the way out", () => {
    const secret = { type: "string", secret: true } as const;
    const giving = running().with({ variables: { word: secret } });
    expect(codes(giving.document())).toContain("subflowSecretInput");
    const inner = asking().with({ variables: { customer: secret } });
    expect(codes(running().document(), inner.document())).toEqual(["subflowSecret"]);
    expect(
      codes(
        running()
          .with({ variables: { number: secret } })
          .document(),
        inner.document(),
      ),
    ).toEqual([]);
  });

  test("a circle through a flow that asks nothing is a circle; through one that asks it is none", () => {
    const silent = flow({
      hello: node(play, { prompt: "p", bargeIn: false }),
      out: node(exit, { output: "known" }),
    }).connect("hello", "done", "out");
    const loop = (inner: FlowDocument) =>
      validate(
        flow({
          ask: node(subflow, { flowId: "asking", inputs: {}, results: {}, outputs }),
          end: node(hangup, { prompt: null }),
        })
          .connect("ask", "known", "ask")
          .connect("ask", "unknown", "end")
          .document(),
        registry,
        flows(inner),
      ).map(({ code }) => code);
    expect(loop(silent.document())).toContain("loopWithoutInput");
    expect(loop(asking().document())).not.toContain("loopWithoutInput");
  });
});

describe("keys of the whole flow", () => {
  const greeting = () =>
    flow({
      hello: node(play, { prompt: "welcome", bargeIn: false }),
      choose: node(menu, {
        prompt: "question",
        choices: [{ id: "one", digit: "1", label: "" }],
        attempts: 2,
        patienceMs: 5_000,
        invalidPrompt: null,
        noInputPrompt: null,
      }),
      one: node(hangup, { prompt: "one" }),
      board: node(hangup, { prompt: "switchboard" }),
    })
      .connect("hello", "done", "choose")
      .connect("choose", "one", "one")
      .connect("choose", "noInput", "one")
      .connect("choose", "noMatch", "one")
      .with({ keys: { 0: "board", 1: "board" } });

  scenario("lead on from what is played, which they cut short", (call) => {
    call.to(greeting());
    call.beginsToHear("welcome");
    call.presses("9");
    call.presses("0");
    call.beginsToHear("switchboard");
    call.isEnded();
  });

  scenario(
    "lead on from a menu that does not know them; a choice's own key is the menu's; others are wrong keys",
    (call) => {
      call.to(greeting());
      call.hears("welcome");
      call.beginsToHear("question");
      call.presses("7");
      call.beginsToHear("question");
      call.presses("0");
      call.hears("switchboard");
      const other = call.another();
      other.to(greeting());
      other.hears("welcome");
      other.beginsToHear("question");
      other.presses("1");
      other.hears("one");
    },
  );

  test("that a node uses itself are a warning; that lead nowhere are refused", () => {
    const found = validate(greeting().document(), registry).filter(({ code }) => code === "keyHidden");
    expect(found).toMatchObject([{ nodeId: "choose", severity: "warning" }]);
    const nowhere = { ...greeting().document(), keys: { 5: "nobody" } };
    expect(validate(nowhere, registry)).toMatchObject([
      { code: "keyMissing", pointer: "/keys/5" },
      { code: "unreachable" },
    ]);
  });
});
