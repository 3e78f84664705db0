import type { FlowEvent } from "@cordboard/node-kit";
import { describe, expect, test } from "vitest";
import { begin, compiled, go, HUNT, mediaEntry, noteCodes, PROBLEM } from "./testing/odd-flows.ts";

describe("media that fails", () => {
  test("a prompt that cannot be played is as one that was said", () => {
    const flow = compiled({ hello: ["play", { prompt: "p", bargeIn: false }], bye: ["hangup", { prompt: "sorry" }] }, [
      ["hello", "done", "bye"],
    ]);
    for (const type of ["play.failed", "media.lost"] as const) {
      const { snapshot } = begin(flow);
      const entry = mediaEntry(snapshot);
      const event: FlowEvent = type === "play.failed" ? { type, entry, reason: "404" } : { type, entry };
      const { effects, snapshot: after } = go(flow, snapshot, event);
      expect(noteCodes(effects)).toEqual([type === "play.failed" ? "playFailed" : "mediaLost"]);
      expect(after.node?.id).toBe("bye");
    }
  });

  test("a question that fails counts as silence, a telephone as unreachable", () => {
    const menu = {
      prompt: "p",
      choices: [{ id: "c", digit: "1", label: "" }],
      attempts: 1,
      patienceMs: 1_000,
      invalidPrompt: null,
      noInputPrompt: null,
    };
    const asking = compiled({ m: ["menu", menu], bye: ["hangup", { prompt: "p" }] }, [["m", "noInput", "bye"]]);
    const asked = begin(asking).snapshot;
    expect(go(asking, asked, { type: "media.lost", entry: mediaEntry(asked) }).moves[0]?.output).toBe("noInput");
    const ringing = compiled(
      { t: ["transfer", { target: { kind: "number", number: "1" }, ringMs: 5_000, music: null }] },
      [],
    );
    const rung = begin(ringing).snapshot;
    expect(go(ringing, rung, { type: "media.lost", entry: mediaEntry(rung) }).moves[0]?.output).toBe("unreachable");
  });

  test("music is started again twice, with a new entry; the third failure in a row takes the error path", () => {
    const flow = compiled({ desk: ["hunt", HUNT] }, []);
    let { snapshot } = begin(flow);
    for (const _ of [1, 2]) {
      const entry = mediaEntry(snapshot);
      const again = go(flow, snapshot, { type: "play.failed", entry, reason: "404" });
      expect(again.effects).toMatchObject([{ code: "holdRestarted" }, { type: "hold", playlist: [{ promptId: "p" }] }]);
      expect(mediaEntry(again.snapshot)).toBeGreaterThan(entry);
      expect(again.snapshot.open.queue).toEqual(snapshot.open.queue);
      snapshot = again.snapshot;
    }
    const { effects } = go(flow, snapshot, { type: "media.lost", entry: mediaEntry(snapshot) });
    expect(noteCodes(effects)).toEqual(["mediaFailed"]);
    expect(effects.at(-1)).toMatchObject({ type: "play", prompt: PROBLEM });
  });

  test("a caller for whom nothing can be played is let go at last", () => {
    const flow = compiled(
      {
        m: [
          "menu",
          {
            prompt: "p",
            choices: [{ id: "c", digit: "1", label: "" }],
            attempts: 5,
            patienceMs: 1_000,
            invalidPrompt: null,
            noInputPrompt: null,
          },
        ],
      },
      [["m", "noInput", "m"]],
    );
    let { snapshot } = begin(flow);
    let failures = 0;
    while (snapshot.status === "running") {
      snapshot = go(flow, snapshot, { type: "play.failed", entry: mediaEntry(snapshot), reason: "404" }).snapshot;
      failures++;
    }
    expect(failures).toBe(11);
  });
});
