import fc from "fast-check";
import { expect, test } from "vitest";
import { musicFrom, type Track } from "./music-from.ts";

const tracks: readonly Track[] = [
  { url: "/media/a.wav", durationMs: 10_000 },
  { url: "/media/b.wav", durationMs: 5_000 },
  { url: "/media/c.wav", durationMs: 20_000 },
];

test.each([
  [0, ["a", "b", "c"]],
  [999, ["a", "b", "c"]],
  [4_200, ["a-from-5000", "b", "c", "a-until-5000"]],
  [10_000, ["b", "c", "a"]],
  [12_000, ["b-from-2000", "c", "a", "b-until-2000"]],
  // Hardly anything is left of the second.
  [14_500, ["c", "a", "b"]],
  [34_500, ["a", "b", "c"]],
  // The second time round.
  [35_000 + 4_000, ["a-from-4000", "b", "c", "a-until-4000"]],
])("after %i ms the caller hears what comes next", (heardMs, expected) => {
  expect(musicFrom(tracks, heardMs)).toEqual(expected.map((name) => `/media/${name}.wav`));
});

test("where a length is not known the music begins at its beginning", () => {
  expect(musicFrom([...tracks, { url: "/media/d.wav", durationMs: null }], 4_000)).toEqual(
    ["a", "b", "c", "d"].map((name) => `/media/${name}.wav`),
  );
});

test("going round, it is the playlist, and never goes back", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (lengths, heardMs) => {
        const list = lengths.map((durationMs, index) => ({ url: `/${index}.wav`, durationMs }));
        const files = musicFrom(list, heardMs).map((url) => {
          const [, index = "0", cut, at] = /^\/(\d+)(?:-(from|until)-(\d+))?\.wav$/.exec(url) ?? [];
          const length = lengths[Number(index)] ?? 0;
          const begin = cut === "from" ? Number(at) : 0;
          const end = cut === "until" ? Number(at) : length;
          return { track: Number(index), begin, end };
        });
        // Each file follows where the one before it ended, the first after the last.
        for (const [n, { track, end }] of files.entries()) {
          const next = files[(n + 1) % files.length];
          if (end === lengths[track]) expect(next).toMatchObject({ track: (track + 1) % lengths.length, begin: 0 });
          else expect(next).toMatchObject({ track, begin: end });
        }
        expect(files.reduce((sum, { begin, end }) => sum + end - begin, 0)).toBe(lengths.reduce((a, b) => a + b, 0));
        // Within a second and a half of where they were, and not before it.
        const round = lengths.reduce((a, b) => a + b, 0);
        const first = files[0];
        const at = lengths.slice(0, first?.track).reduce((a, b) => a + b, 0) + (first?.begin ?? 0);
        const ahead = (((at - (heardMs % round)) % round) + round) % round;
        if (heardMs >= 1_000) expect(ahead).toBeLessThan(2_000);
      },
    ),
  );
});
