import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { screenPop } from "../screen-pop/index.ts";
import { compute } from "./index.ts";

const variables = {
  price: { type: "number", initial: 40 },
  total: { type: "number", initial: 1 },
  word: { type: "string", initial: "none" },
  vip: { type: "boolean", initial: true },
  wrong: { type: "string", initial: "?" },
  pin: { type: "string", secret: true, initial: "47" },
} as const;

const working = (settings: Partial<typeof compute.initial>) => {
  const pop = node(screenPop, {
    script: "crm",
    parameters: [{ name: "told", value: "{{ total }}/{{ word }}/{{ wrong }}" }],
  });
  return flow({
    work: node(compute, { ...compute.initial, problem: "wrong", ...settings }),
    ok: pop,
    problem: pop,
    fine: node(hangup, { prompt: "fine" }),
    bad: node(hangup, { prompt: "bad" }),
  })
    .connect("work", "ok", "ok")
    .connect("work", "problem", "problem")
    .connect("ok", "done", "fine")
    .connect("problem", "done", "bad")
    .with({ variables });
};

const step = (variable: string, value: string, when: string | null = null) => ({ variable, value, when });

scenario("each value is worked out from those before it; a step whose condition is not true is passed over", (call) => {
  call.to(
    working({
      steps: [
        step("total", "price * 3"),
        step("total", "total - 20", "vip && total > 100"),
        step("total", "0", "total > 1000"),
        step("word", 'total == 100 ? "a hundred" : "else"'),
      ],
    }),
  );
  call.hears("fine");
  call.carriesScript("crm", { told: "100/a hundred/" });
});

scenario("a check that does not hold: its name is told, and every variable is as it was", (call) => {
  call.to(
    working({
      steps: [step("total", "price * 30"), step("word", '"much"')],
      checks: [
        { label: "positive", that: "total > 0" },
        { label: "not too much", that: "total <= 500" },
      ],
    }),
  );
  call.hears("bad");
  call.carriesScript("crm", { told: "1/none/not too much" });
});

scenario("a value that cannot be worked out: its variable is told, noted, and nothing of the rest counts", (call) => {
  call.to(working({ steps: [step("word", '"begun"'), step("total", "price + double(word)")] }));
  call.hears("bad");
  call.carriesScript("crm", { told: "1/none/total" });
  call.isNoted("expressionFailed");
});

scenario("a condition that cannot be worked out is a problem too", (call) => {
  call.to(working({ steps: [step("total", "5", "double(word) > 1.0")] }));
  call.hears("bad");
  call.carriesScript("crm", { told: "1/none/total" });
});

test("what is typed is checked: types, conditions, secrets, variables that are not there", () => {
  const codes = (settings: Partial<typeof compute.initial>) =>
    validate(working(settings).document(), registry)
      .filter(({ nodeId }) => nodeId === "work")
      .map(({ code }) => code);
  expect(codes({ steps: [step("total", "price + 1")] })).toEqual([]);
  expect(codes({ steps: [step("total", '"text"')] })).toEqual(["expressionResult"]);
  expect(codes({ steps: [step("total", "price", "price")] })).toEqual(["expressionResult"]);
  expect(codes({ steps: [step("word", "pin")] })).toEqual(["secretCopied"]);
  expect(codes({ steps: [step("pin", "pin + word")] })).toEqual([]);
  expect(codes({ steps: [step("gone", "1")] })).toEqual(["variableMissing"]);
  expect(codes({ steps: [step("total", "1 +")] })).not.toEqual([]);
  expect(codes({ checks: [{ label: "x", that: "price" }], steps: [step("total", "1")] })).toEqual(["expressionResult"]);
  expect(codes({ steps: [step("total", "1")], problem: "total" })).toEqual(["functionProblemType"]);
});
