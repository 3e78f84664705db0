import fc from "fast-check";
import { expect, test } from "vitest";
import { look, unwatched } from "./hysteresis.ts";

const patience = { raiseMs: 30_000, clearMs: 60_000 };

/** What comes of looks every 10 s, each good or bad. */
function story(looks: readonly boolean[]) {
  let watched = unwatched;
  let rings = false;
  const changes: string[] = [];
  for (const [at, bad] of looks.entries()) {
    const seen = look(watched, { bad, rings, now: at * 10_000 }, patience);
    watched = seen.watched;
    if (seen.change === null) continue;
    rings = seen.change === "raised";
    changes.push(`${at * 10} ${seen.change}`);
  }
  return changes;
}

const bad = (times: number) => Array.from({ length: times }, () => true);
const good = (times: number) => Array.from({ length: times }, () => false);

test("rings when it has been bad for as long as said, and is over when it has been good for as long", () => {
  expect(story([...bad(6), ...good(8)])).toEqual(["30 raised", "120 cleared"]);
});

test("what is bad for a moment does not ring, and what is good for a moment does not end it", () => {
  expect(story([...bad(3), ...good(1), ...bad(3), ...good(9)])).toEqual([]);
  expect(story([...bad(4), ...good(5), ...bad(1), ...good(5), ...bad(9)])).toEqual(["30 raised"]);
});

test("whatever happens, raised and cleared take turns, and are never closer than their patience", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (looks) => {
      const changes = story(looks).map((change) => change.split(" "));
      for (const [at, [time, what]] of changes.entries()) {
        expect(what).toBe(at % 2 === 0 ? "raised" : "cleared");
        const last = changes[at - 1]?.[0] ?? "0";
        expect(Number(time) - Number(last)).toBeGreaterThanOrEqual(what === "raised" ? 30 : 60);
      }
    }),
  );
});
