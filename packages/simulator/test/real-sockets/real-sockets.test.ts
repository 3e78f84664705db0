import { describe, expect, test } from "vitest";
import { compareRun } from "../conformance/compare-run.ts";
import { DEVIATIONS } from "../conformance/deviations.ts";
import { readRecording, recordingNames } from "../conformance/recording.ts";
import { runForReal } from "./real-run.ts";

/** Cases of each group that are repeated in real time: the shortest, and the longest that ends within half a minute. */
const CASES_PER_GROUP = 10;
const LONGEST_MS = 30_000;
/** The calls do not all begin at the same instant. */
const STAGGER_MS = 80;

/**
 * Order, causality and fields are compared as strictly as on virtual time. Times have room for a busy machine; that they are right
 * within 60 ms is shown there.
 */
const TOLERANCE = { leastMs: 500, share: 0.15 };

function chosenNames(): string[] {
  const groups = new Map<string, Array<{ readonly name: string; readonly lastsMs: number }>>();
  for (const name of recordingNames()) {
    const group = name[0] ?? "";
    const lastsMs = readRecording(name).lines.at(-1)?.t ?? 0;
    groups.set(group, [...(groups.get(group) ?? []), { name, lastsMs }]);
  }
  return [...groups.values()].flatMap((cases) => {
    const byLength = cases
      .filter(({ lastsMs }) => lastsMs <= LONGEST_MS)
      .sort((one, other) => one.lastsMs - other.lastsMs);
    const chosen =
      byLength.length <= CASES_PER_GROUP
        ? byLength
        : [...byLength.slice(0, CASES_PER_GROUP - 1), ...byLength.slice(-1)];
    return chosen.map(({ name }) => name);
  });
}

describe("over real sockets the simulator does what the recorded server did", () => {
  const runs = new Map(
    chosenNames().map((name, index) => [
      name,
      later(index * STAGGER_MS).then(() => runForReal(readRecording(name), DEVIATIONS[name])),
    ]),
  );

  test.each([...runs.keys()])("%s", { timeout: 120_000 }, async (name) => {
    const run = await runs.get(name);
    if (!run) throw new Error(`${name} was not run`);
    expect(compareRun(run.script, run.events, DEVIATIONS[name], TOLERANCE)).toEqual([]);
  });
});

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
