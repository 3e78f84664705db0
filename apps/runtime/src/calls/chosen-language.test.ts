import { compile } from "@cordboard/engine";
import { readFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";

/** Asks for a language, then waits with a menu. */
function asking() {
  const choices = [
    { id: "fr", digit: "1", language: "fr-FR" },
    { id: "en", digit: "2", language: "en-GB" },
  ];
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const read = readFlow({
    formatVersion: 1,
    ...{ id: "asking", name: "Asking", languages: ["fr-FR", "en-GB"], entry: "ask" },
    prompts: { menu: { texts: {}, builtIn: "goodbye" } },
    nodes: [
      node("ask", "language", { prompt: null, choices, attempts: 1, patienceMs: 5_000 }),
      node("end", "hangup", { prompt: "menu" }),
    ],
    edges: [{ from: "ask", output: "chosen", to: "end" }],
  });
  const compiled = read.ok ? compile(read.document, registry) : read;
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
  return compiled.flow;
}

test("a caller who chose a language is in it for everything beside the flow as well, in this process and the next", async () => {
  const s = callStage(asking());
  const call = s.begin(s.connect());
  await call.beginNew();
  expect(call.document.language).toBe("fr-FR");
  call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "2", hook: s.hook().pending });
  await call.settled();
  expect(call.document.language).toBe("en-GB");
  expect(s.stored()?.language).toBe("en-GB");
});
