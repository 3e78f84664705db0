/** Run by no-code-from-strings.test.ts in a process where `eval` and `new Function` throw. */

import { compile, runUntilWait, startUntilWait } from "@cordboard/engine";
import { readFlow, validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

function refusal(): string {
  try {
    return new Function("return 'nothing'")();
  } catch (error) {
    return error instanceof Error ? error.name : "?";
  }
}

const flow = (bargeIn: unknown) => {
  const read = readFlow({
    formatVersion: 1,
    id: "a",
    name: "A",
    languages: ["fr-FR"],
    variables: { tries: { type: "number" } },
    prompts: { p: { texts: { "fr-FR": "{{ tries }}" } } },
    entry: "set",
    nodes: [
      {
        id: "set",
        name: "",
        type: "set",
        typeVersion: 1,
        config: { assignments: [{ variable: "tries", value: "tries + 1" }] },
      },
      { id: "say", name: "", type: "play", typeVersion: 1, config: { prompt: "p", bargeIn } },
      { id: "bye", name: "", type: "hangup", typeVersion: 1, config: { prompt: null } },
    ],
    edges: [
      { from: "set", output: "done", to: "say" },
      { from: "say", output: "done", to: "bye" },
    ],
  });
  if (!read.ok) throw new Error("not a flow");
  return read.document;
};

const call = {
  callId: "c",
  callerNumber: null,
  callerName: null,
  dialledNumber: "1",
  lineName: "",
  language: null,
  timeZone: "UTC",
};
const [found] = validate(flow("yes"), registry);
const compiled = compile(flow(false), registry);
if (!compiled.ok) throw new Error("does not compile");
const { snapshot } = startUntilWait(compiled.flow, { call, now: 0 });
const { effects } = runUntilWait(
  compiled.flow,
  snapshot,
  { type: "play.done", entry: snapshot.open.media?.entry ?? 0 },
  { now: 0 },
);
process.stdout.write(`refused: ${refusal()}; found: ${found?.code}; ran: ${effects.at(-1)?.type}\n`);
