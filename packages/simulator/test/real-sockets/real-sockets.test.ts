import { describe, expect, test } from "vitest";
import { compareRun, type Difference } from "../conformance/compare-run.ts";
import { DEVIATIONS } from "../conformance/deviations.ts";
import { readRecording, recordingNames } from "../conformance/recording.ts";
import { runForReal } from "./real-run.ts";

/** Cases of each group that are repeated in real time: the shortest, and the longest that ends within half a minute. */
const CASES_PER_GROUP = 10;
const LONGEST_MS = 30_000;
/** The calls do not all begin at the same instant. */
const STAGGER_MS = 80;

/**
 * Order, causality and fields are compared as strictly as on virtual time, where times are shown to be right within 60 ms. Here they
 * only have to be plausible, and a case that a busy machine has upset is repeated by itself.
 */
const TOLERANCE = { leastMs: 2000, share: 0.2 };
const REPETITIONS = 2;

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

async function differencesOf(name: string): Promise<Difference[]> {
  const { script, events } = await runForReal(readRecording(name), DEVIATIONS[name]);
  return compareRun(script, events, DEVIATIONS[name], TOLERANCE);
}

describe("over real sockets the simulator does what the recorded server did", () => {
  const first = new Map(
    chosenNames().map((name, index) => [name, later(index * STAGGER_MS).then(() => differencesOf(name))]),
  );

  test.each([...first.keys()])("%s", { timeout: 150_000 }, async (name) => {
    let differences = await first.get(name);
    for (let attempt = 0; attempt < REPETITIONS && differences?.length !== 0; attempt += 1)
      differences = await differencesOf(name);
    expect(differences).toEqual([]);
  });
});

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
