import type { FlowLive } from "@cordboard/api";
import { expect, test } from "vitest";
import { type FigureWords, heatOf, historyMarks, liveMarks, liveNodes } from "./figure-marks.ts";

const words: FigureWords = {
  number: String,
  share: (share) => `${Math.round(share * 100)} %`,
  duration: (ms) => `${Math.floor(ms / 1000)} s`,
  hungUp: (count) => `${count} hung up`,
  talking: "talking",
};

const live: FlowLive = {
  ...{ at: "2026-11-30T10:00:00.000Z", calls: 5 },
  versions: [
    { versionId: "v2", number: 2, calls: 4 },
    { versionId: "v1", number: 1, calls: 1 },
  ],
  nodes: [
    { versionId: "v2", nodeId: "menu", calls: 1, talking: 0, longestMs: 4_000 },
    { versionId: "v2", nodeId: "desk", calls: 2, talking: 1, longestMs: 90_000 },
    { versionId: "v1", nodeId: "desk", calls: 1, talking: 0, longestMs: 300_000 },
    { versionId: "v2", nodeId: "transfer", calls: 1, talking: 1, longestMs: null },
  ],
};

test("calls of all versions stand in one node, with the longest wait; of one version, its own", () => {
  expect(liveNodes(live, null)[0]).toEqual({ nodeId: "desk", calls: 3, talking: 1, longestMs: 300_000 });
  expect(liveNodes(live, "v2")[0]).toEqual({ nodeId: "desk", calls: 2, talking: 1, longestMs: 90_000 });
});

test("a node says how many are in it and how long they wait, and is the warmer the longer", () => {
  const marks = liveMarks(liveNodes(live, null), words);
  expect(marks.nodes.get("desk")?.text).toBe("3 · 300 s");
  expect(marks.nodes.get("transfer")).toEqual({ tone: "heat", level: 0, text: "1 · talking" });
  const heats = [null, 5_000, 30_000, 120_000, 600_000, 3_600_000].map(heatOf);
  expect(heats).toEqual([...heats].sort((a, b) => a - b));
  expect([heats[1], heats.at(-1)]).toEqual([0, 1]);
});

test("cords say how often they were taken, of all visits of their node; nodes where callers hang up are warm", () => {
  const marks = historyMarks(
    {
      nodes: [
        { nodeId: "menu", visits: 200, hungUp: 20, medianMs: 7_400 },
        { nodeId: "desk", visits: 100, hungUp: 5, medianMs: null },
      ],
      ways: [{ from: "menu", output: "sales", count: 150 }],
    },
    words,
  );
  expect(marks.nodes.get("menu")).toEqual({ tone: "heat", level: 1, text: "200 · 7 s · 20 hung up" });
  expect(marks.nodes.get("desk")).toMatchObject({ level: 0.5, text: "100 · 5 hung up" });
  expect(marks.cords.get("menu/sales")?.text).toBe("150 · 75 %");
});
