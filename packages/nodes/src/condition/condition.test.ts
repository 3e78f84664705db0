import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { condition } from "./index.ts";

const deciding = (...when: readonly string[]) => {
  const branches = when.map((source, index) => ({ id: `b${index + 1}`, label: "", when: source }));
  const sketch = flow({
    decide: node(condition, { branches }),
    b1: node(hangup, { prompt: "first" }),
    b2: node(hangup, { prompt: "second" }),
    other: node(hangup, { prompt: "other" }),
  }).connect("decide", "otherwise", "other");
  for (const { id } of branches) sketch.connect("decide", id, id);
  return sketch;
};

scenario("the first branch that is true is taken, before any later one", (call) => {
  call.to(deciding("false", "true"));
  call.hears("second");
  const both = call.another();
  both.to(deciding('call.dialledNumber.startsWith("+331")', "true"));
  both.hears("first");
});

scenario("otherwise is taken when none is", (call) => {
  call.to(deciding("1 > 2"));
  call.hears("other");
});

scenario("a hidden number is known as hidden", (call) => {
  const hidden = call.another({ callerNumber: null });
  hidden.to(deciding("call.callerHidden"));
  hidden.hears("first");
  call.to(deciding("call.callerHidden"));
  call.hears("other");
});

scenario("an expression that fails is noted and counts as not true", (call) => {
  call.to(
    deciding("1 / zero > 0", 'word == "x"').with({
      variables: { zero: { type: "number" }, word: { type: "string", initial: "x" } },
    }),
  );
  call.hears("second");
  call.isNoted("expressionFailed");
});

test("expressions are checked before publishing: syntax, variables, types, results", () => {
  const codes = (source: string) =>
    validate(deciding(source).document(), registry)
      .filter(({ nodeId }) => nodeId === "decide")
      .map(({ code }) => code);
  expect(codes("call.callerHidden")).toEqual([]);
  expect(codes("tries >")).toEqual(["expressionSyntax"]);
  expect(codes("nobody == 1")).toEqual(["expressionVariable"]);
  expect(codes("call.lineName + 1 == 2")).toEqual(["expressionType"]);
  expect(codes("call.lineName")).toEqual(["expressionResult"]);
  expect(codes('call.lineName.matches("(a+)+$")')).toEqual(["expressionFunction"]);
});
