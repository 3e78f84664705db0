import type { FlowEvent } from "@cordboard/node-kit";
import { describe, expect, test } from "vitest";
import { start, step } from "./step.ts";
import { begin, compiled, go, HUNT, mediaEntry, noteCodes, PROBLEM, withoutQueueMusic } from "./testing/odd-flows.ts";
import { sampleCall } from "./testing/sample-call.ts";

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
    let { snapshot } = withoutQueueMusic(flow, begin(flow).snapshot);
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

describe("hold music", () => {
  const minute = 60_000;
  const heldAt = (effects: readonly { type: string }[]) => effects.find(({ type }) => type === "hold");

  test("goes on where the caller heard it last, whatever was heard in between", () => {
    const flow = compiled({ desk: ["hunt", { ...HUNT, repeatKey: "*" }] }, []);
    const begun = withoutQueueMusic(flow, start(flow, { call: sampleCall, now: 0 }).snapshot);
    expect(heldAt(begun.effects)).not.toHaveProperty("heardMs");
    const key = { type: "input.digits", entry: mediaEntry(begun.snapshot), digits: "*" } as const;
    const asked = step(flow, begun.snapshot, key, { now: minute });
    expect(asked.effects.map(({ type }) => type)).toContain("play");
    const said = { type: "play.done", entry: mediaEntry(asked.snapshot) } as const;
    // What is said does not count as music that was heard.
    const back = step(flow, asked.snapshot, said, { now: minute + 5_000 });
    expect(heldAt(back.effects)).toMatchObject({ heardMs: minute });
    const again = { type: "input.digits", entry: mediaEntry(back.snapshot), digits: "*" } as const;
    const twice = step(flow, JSON.parse(JSON.stringify(back.snapshot)), again, { now: minute + 25_000 });
    const done = { type: "play.done", entry: mediaEntry(twice.snapshot) } as const;
    expect(heldAt(step(flow, twice.snapshot, done, { now: minute + 30_000 }).effects)).toMatchObject({
      heardMs: minute + 20_000,
    });
  });

  test("that cannot be played begins at its beginning", () => {
    const flow = compiled({ desk: ["hunt", HUNT] }, []);
    const { snapshot } = withoutQueueMusic(flow, start(flow, { call: sampleCall, now: 0 }).snapshot);
    const failed = { type: "play.failed", entry: mediaEntry(snapshot), reason: "404" } as const;
    expect(heldAt(step(flow, snapshot, failed, { now: minute }).effects)).not.toHaveProperty("heardMs");
  });
});
