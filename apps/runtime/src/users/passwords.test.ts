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
