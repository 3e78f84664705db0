import fc from "fast-check";
import { expect, test } from "vitest";
import { readCommand } from "./messages.ts";

test("the page's commands are read", () => {
  const commands = [
    { do: "call", from: "+33612345678", to: "+33143670903", callerName: "" },
    { do: "answer", telephone: "11" },
    { do: "press", telephone: "caller", keys: "1#" },
  ];
  for (const command of commands) expect(readCommand(JSON.stringify(command))).toEqual(command);
});

test("anything else is none, and never an error", () => {
  for (const text of [
    "",
    "null",
    "{}",
    '{"do":"press","telephone":"11","keys":"x"}',
    '{"do":"explode"}',
    '{"do":"call"}',
  ]) {
    expect(readCommand(text)).toBeNull();
  }
  fc.assert(
    fc.property(fc.json(), (text) => {
      readCommand(text);
    }),
  );
});
