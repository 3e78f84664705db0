import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { screenPop } from "./index.ts";

const popping = (value: string) =>
  flow({
    pop: node(screenPop, { script: "crm", parameters: [{ name: "number", value }] }),
    bye: node(hangup, { prompt: "goodbye" }),
  })
    .connect("pop", "done", "bye")
    .with({
      variables: { pin: { type: "string", initial: "1234", secret: true }, word: { type: "string", initial: "" } },
    });

scenario("the script's parameters are worked out when the call passes", (call) => {
  call.to(popping("{{ call.callerNumber }}/{{ call.lineName }}"));
  call.carriesScript("crm", { number: "+33142860001/Main" });
  call.hears("goodbye");
});

scenario("a hidden number is the empty text", (call) => {
  const hidden = call.another({ callerNumber: null });
  hidden.to(popping("{{ call.callerNumber }}"));
  hidden.carriesScript("crm", { number: "" });
});

scenario("what is hostile in a value stays a value", (call) => {
  const hostile = call.another({ callerName: 'javascript:alert(1)"&{{ 1 }}' });
  hostile.to(popping("{{ call.callerName }}"));
  hostile.carriesScript("crm", { number: 'javascript:alert(1)"&{{ 1 }}' });
});

scenario("a parameter that cannot be worked out is empty, and noted", (call) => {
  call.to(popping("{{ int('x' + word) }}"));
  call.carriesScript("crm", { number: "" });
  call.isNoted("templateFailed");
});

test("secrets, unknown formats and open braces are refused", () => {
  const codes = (value: string) =>
    validate(popping(value).document(), registry)
      .filter(({ nodeId }) => nodeId === "pop")
      .map(({ code }) => code);
  expect(codes("{{ call.callerNumber | digits }}")).toEqual([]);
  expect(codes("{{ pin }}")).toEqual(["secretShown"]);
  expect(codes("{{ word | loudly }}")).toEqual(["templateFormat"]);
  expect(codes("{{ word")).toEqual(["templateUnclosed"]);
});
