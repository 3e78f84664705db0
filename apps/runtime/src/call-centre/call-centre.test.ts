import { afterAll, afterEach, expect } from "vitest";
import { describeCallCentre } from "./testing/call-centre-suite.ts";
import { describeCallbacks } from "./testing/callback-suite.ts";
import { describeCrashes } from "./testing/crash-suite.ts";
import { describeDistribution } from "./testing/distribution-suite.ts";
import { MemoryCollections, memoryCentreStore } from "./testing/memory-centre-store.ts";
import { shiftTimeGaps } from "./testing/shift-time-gaps.ts";
import { describeStorm } from "./testing/storm-suite.ts";

const made: MemoryCollections[] = [];
const emptyStore = async () => {
  const kept = new MemoryCollections();
  made.push(kept);
  return memoryCentreStore(kept);
};

let stretches = 0;
afterEach(async () => {
  for (const kept of made.splice(0)) {
    expect(await shiftTimeGaps(kept)).toEqual([]);
    stretches += kept.shiftTimes.size;
  }
});
afterAll(() => expect(stretches).toBeGreaterThan(0));

describeCallCentre("a store in memory", emptyStore);
describeCallbacks("a store in memory", emptyStore);
describeDistribution("a store in memory", emptyStore);
describeCrashes("a store in memory", emptyStore);
describeStorm("a store in memory", emptyStore, { rounds: 6, steps: 1_500 });
