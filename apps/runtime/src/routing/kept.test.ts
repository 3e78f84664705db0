import { expect, test } from "vitest";
import { Kept } from "./kept.ts";

function stage() {
  const store = { answers: 0, failing: false, now: 0 };
  const kept = new Kept(
    async (key: string) => {
      if (store.failing) throw new Error("the store does not answer");
      store.answers += 1;
      return `${key}${store.answers}`;
    },
    { now: () => store.now, freshMs: 1_000, most: 2 },
  );
  return { store, kept };
}

test("a fresh answer is not asked again, an old one is", async () => {
  const { store, kept } = stage();
  expect(await kept.get("a")).toBe("a1");
  expect(await kept.get("a")).toBe("a1");
  store.now = 1_000;
  expect(await kept.get("a")).toBe("a2");
});

test("an old answer stands in while the store does not answer; an unknown one cannot", async () => {
  const { store, kept } = stage();
  await kept.get("a");
  store.failing = true;
  kept.expire();
  expect(await kept.get("a")).toBe("a1");
  await expect(kept.get("b")).rejects.toThrow("does not answer");
  store.failing = false;
  expect(await kept.get("a")).toBe("a2");
});

test("two who ask at once share one question, and the oldest answer makes room", async () => {
  const { store, kept } = stage();
  await Promise.all([kept.get("a"), kept.get("a")]);
  expect(store.answers).toBe(1);
  await kept.get("b");
  await kept.get("c");
  expect(kept.peek("a")).toBeUndefined();
  expect(kept.peek("c")).toBe("c3");
});
