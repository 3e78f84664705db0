import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { condition } from "../condition/index.ts";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { set } from "./index.ts";

const variables = {
  tries: { type: "number", initial: 1 },
  half: { type: "number", initial: 2.5 },
  word: { type: "string", initial: "a" },
  pin: { type: "string", initial: "1234", secret: true },
} as const;

const setting = (assignments: readonly { variable: string; value: string }[], when: string) =>
  flow({
    set: node(set, { assignments: [...assignments] }),
    look: node(condition, { branches: [{ id: "yes", label: "", when }] }),
    yes: node(hangup, { prompt: "yes" }),
    no: node(hangup, { prompt: "no" }),
  })
    .connect("set", "done", "look")
    .connect("look", "yes", "yes")
    .connect("look", "otherwise", "no")
    .with({ variables });

scenario("a later assignment sees what an earlier one set", (call) => {
  call.to(
    setting(
      [
        { variable: "tries", value: "tries + 1" },
        { variable: "word", value: 'word + string(tries) + "!"' },
      ],
      'tries == 2 && word == "a2!"',
    ),
  );
  call.hears("yes");
});

scenario("whole and broken numbers mix", (call) => {
  call.to(setting([{ variable: "half", value: "half + tries" }], "half > 3.4 && half < 3.6"));
  call.hears("yes");
});

scenario("a value that cannot be worked out is noted; the variable keeps its own", (call) => {
  call.to(setting([{ variable: "tries", value: 'int("twelve")' }], "tries == 1"));
  call.hears("yes");
  call.isNoted("expressionFailed");
});

scenario("a secret variable can be compared", (call) => {
  call.to(setting([{ variable: "pin", value: '"9" + pin' }], 'pin == "91234"'));
  call.hears("yes");
});

test("a secret may not be copied where it would be seen, a value must fit its variable, a variable must exist", () => {
  const codes = (variable: string, value: string) =>
    validate(setting([{ variable, value }], "true").document(), registry)
      .filter(({ nodeId }) => nodeId === "set")
      .map(({ code }) => code);
  expect(codes("word", "word + pin")).toEqual(["secretCopied"]);
  expect(codes("pin", "pin + pin")).toEqual([]);
  expect(codes("tries", '"two"')).toEqual(["expressionResult"]);
  expect(codes("nobody", "1")).toEqual(["variableMissing"]);
});
