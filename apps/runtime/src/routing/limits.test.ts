import type { CompiledFlow } from "@cordboard/engine";
import { expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { quiet } from "../testing/virtual-clock.ts";
import { oneQueueFlow } from "./one-queue.ts";
import { passOnFlow } from "./pass-on-flow.ts";

const languages = ["fr-FR", "en-GB"];
/** A caller whom the queue turns away once and again, and where the flow brings them each time. */
async function turnedAway(compiled: CompiledFlow, why: "full" | "overflowed") {
  const s = callStage(compiled);
  const call = s.begin(s.connect());
  await quiet();
  const times: { waitsIn: string | null; hears: string }[] = [];
  for (const _ of [1, 2]) {
    const entry = call.document.queue?.entry;
    if (entry === undefined) break;
    s.rendered.length = 0;
    expect(await call.unstaffed(entry, false, why)).toBe("taken");
    await quiet();
    const heard = s.rendered.at(-1);
    const hears = heard !== undefined && "prompt" in heard ? JSON.stringify(heard.prompt) : (heard?.type ?? "nothing");
    times.push({ waitsIn: call.document.queue?.queueId ?? null, hears });
  }
  return { times, errors: s.errors };
}

test.each(["full", "overflowed"] as const)(
  "the plain flow of a line to a queue lets a caller go with a word: %s",
  async (why) => {
    const { times, errors } = await turnedAway(compiledDocument(oneQueueFlow("queue_sales", languages)), why);
    expect(times).toEqual([{ waitsIn: null, hears: expect.stringContaining('"pFull"') }]);
    expect(errors).toEqual([]);
  },
);

test.each([
  { to: { kind: "operator", operatorId: "op_2" }, why: "overflowed" },
  { to: { kind: "queue", queueId: "queue_help" }, why: "full" },
  { to: { kind: "queue", queueId: "queue_help" }, why: "overflowed" },
] as const)(
  "who was passed on to $to.kind comes back ($why) to the line that they came from, and is let go there with a word",
  async ({ to, why }) => {
    const { times, errors } = await turnedAway(compiledDocument(passOnFlow(to, "queue_sales", languages)), why);
    expect(times).toEqual([
      { waitsIn: "queue_sales", hears: "hold" },
      { waitsIn: null, hears: expect.stringContaining('"pNobody"') },
    ]);
    expect(errors).toEqual([]);
  },
);

test("who could only come back is let go there with a word too", async () => {
  const { times } = await turnedAway(
    compiledDocument(passOnFlow({ kind: "back" }, "queue_sales", languages)),
    "overflowed",
  );
  expect(times).toEqual([{ waitsIn: null, hears: expect.stringContaining('"pNobody"') }]);
});
