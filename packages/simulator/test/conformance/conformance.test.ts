import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareRun } from "./compare-run.ts";
import { DEVIATIONS } from "./deviations.ts";
import { readRecording, recordingNames } from "./recording.ts";
import { runVirtually } from "./virtual-run.ts";

describe("the core does what the recorded server did", () => {
  const names = recordingNames();

  test("every recording is there", () => {
    expect(names.length).toBe(185);
  });

  test("the list of deviations names recordings that are there", () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(DEVIATIONS)));
  });

  test("no source knows a recording: what it does follows from the protocol", () => {
    const source = join(import.meta.dirname, "../../src");
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(30);
    const knowing = files.filter((file) => {
      const text = readFileSync(join(source, file), "utf8");
      return names.some((name) => text.includes(name));
    });
    expect(knowing).toEqual([]);
  });

  test.each(names)("%s", (name) => {
    const deviation = DEVIATIONS[name];
    const { script, events } = runVirtually(readRecording(name), deviation);
    expect(script.steps.some((step) => step.type === "expect")).toBe(true);
    expect(compareRun(script, events, deviation)).toEqual([]);
  });

  test.each(Object.keys(DEVIATIONS))("%s does not match as it stands", (name) => {
    const { script, events } = runVirtually(readRecording(name));
    expect(compareRun(script, events)).not.toEqual([]);
  });
});
