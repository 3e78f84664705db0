import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { createPasswords } from "./passwords.ts";

test("a password is kept by argon2id, at the cost that makes guessing dear", async () => {
  const passwords = createPasswords();
  const kept = await passwords.hash("correct horse battery");
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.verify(kept, "correct horse battery")).toBe(true);
  expect(await passwords.verify(kept, "correct horse batteri")).toBe(false);
  expect(await passwords.verify(null, "correct horse battery")).toBe(false);
});

test("whoever waits on the line, or signed in there before, is looked at before those who may guess", async () => {
  const cheap = { memoryCost: 8, timeCost: 1 };
  const passwords = createPasswords(cheap);
  const kept = await passwords.hash("correct horse battery");
  const order: string[] = [];
  const ask = (urgency: "caller" | "known" | "anybody") =>
    passwords.verify(kept, "a guess", urgency).then(() => order.push(urgency));
  const guesses = Array.from({ length: 300 }, () => ask("anybody"));
  await Promise.all([ask("known"), ask("caller")]);
  // Those who had a slot already, and one more for each that was given back meanwhile.
  const before = order.indexOf("caller");
  expect(before).toBeLessThanOrEqual(availableParallelism());
  expect(order.indexOf("known")).toBeLessThanOrEqual(before + availableParallelism());
  await Promise.all(guesses);
});

test("beyond five hundred who may guess the next is told that there are too many; who signed in there before is not", async () => {
  const passwords = createPasswords({ memoryCost: 8, timeCost: 1 });
  const kept = await passwords.hash("correct horse battery");
  const guesses = Array.from({ length: 600 }, () => passwords.verify(kept, "a guess"));
  const known = passwords.verify(kept, "correct horse battery", "known");
  const results = await Promise.allSettled(guesses);
  expect(results.some(({ status }) => status === "rejected")).toBe(true);
  expect(results.slice(0, 500).every(({ status }) => status === "fulfilled")).toBe(true);
  expect(await known).toBe(true);
});
