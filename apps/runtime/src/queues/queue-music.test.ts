import { expect, test } from "vitest";
import { createQueueMusic, noQueueMusic } from "./queue-music.ts";

const audio = (sha256: string) => ({ sha256, durationMs: 1_000, quiet: false, uploadedAt: "2026-11-30T08:00:00Z" });
const prompts = [
  { promptId: "waltz", texts: {}, audio: { "fr-FR": audio("waltz") } },
  { promptId: "offer", texts: { "en-GB": "Our offer." }, audio: { "fr-FR": audio("offre") } },
  { promptId: "empty", texts: { "fr-FR": " " }, audio: {} },
];
const music = { holdMusic: ["waltz", "gone"], adverts: ["offer", "empty"], advertEveryMs: 60_000 };

function musicOf(found: { music: typeof music; rev: number } | null = { music, rev: 4 }) {
  const asked = { times: 0, fails: false };
  const queueMusic = createQueueMusic({
    musicOf: async () => {
      asked.times += 1;
      if (asked.fails) throw new Error("no store");
      return found;
    },
    prompts: async () => prompts,
    languages: async () => ["fr-FR", "en-GB"],
    now: () => 0,
  });
  return { ...queueMusic, asked };
}

test("each prompt is heard in the caller's language, else in the nearest that it has; one that is gone or empty is left out", async () => {
  expect(await musicOf().of("company", "sales", "en-US")).toEqual({
    holdMusic: [{ kind: "media", media: "sha256:waltz" }],
    adverts: [{ kind: "text", text: "Our offer.", language: "en-GB" }],
    ...{ advertEveryMs: 60_000, version: "4" },
  });
  expect(await musicOf().of("company", "sales", "fr-FR")).toMatchObject({
    adverts: [{ kind: "media", media: "sha256:offre" }],
  });
});

test("a queue that has nothing of its own, or is gone, says so", async () => {
  expect(await musicOf(null).of("company", "sales", "fr-FR")).toEqual(noQueueMusic);
  const none = { music: { ...music, holdMusic: [], adverts: [] }, rev: 1 };
  expect(await musicOf(none).of("company", "sales", "fr-FR")).toEqual(noQueueMusic);
});

test("callers who join ask the store once; what was read last stands when it does not answer", async () => {
  const { of, expire, asked } = musicOf();
  const first = await of("company", "sales", "fr-FR");
  await of("company", "sales", "en-GB");
  expect(asked.times).toBe(1);
  expire();
  asked.fails = true;
  expect(await of("company", "sales", "fr-FR")).toEqual(first);
  expect(asked.times).toBe(2);
});
