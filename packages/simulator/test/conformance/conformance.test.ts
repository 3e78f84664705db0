import { describe, expect, test } from "vitest";
import { compareRun } from "./compare-run.ts";
import { DEVIATIONS } from "./deviations.ts";
import { readRecording, recordingNames } from "./recording.ts";
import { runVirtually } from "./virtual-run.ts";

describe("the core does what the recorded server did", () => {
  const names = recordingNames();

  test("every recording is there", () => {
    expect(names.length).toBe(142);
  });

  test.each(names)("%s", (name) => {
    const { script, events } = runVirtually(readRecording(name));
    const differences = compareRun(script, events).map(({ kind, text }) => `${kind}: ${text}`);
    expect(differences).toEqual(DEVIATIONS[name]?.differences ?? []);
  });
});
