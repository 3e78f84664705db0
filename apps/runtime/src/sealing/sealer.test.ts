import { expect, test } from "vitest";
import { createSealer } from "./sealer.ts";

const secret = "an installation's secret, long enough";

test("what was sealed is had back, and twice sealed is not twice the same", () => {
  const { seal, open } = createSealer(secret, "webhooks");
  const [once, twice] = [seal("whsec_é"), seal("whsec_é")];
  expect([open(once), open(twice)]).toEqual(["whsec_é", "whsec_é"]);
  expect(once).not.toBe(twice);
  expect(once).not.toContain("whsec");
});

test("a seal that was touched, of another purpose or another installation, is not opened", () => {
  const sealed = createSealer(secret, "webhooks").seal("text");
  const bytes = Buffer.from(sealed, "base64");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => createSealer(secret, "webhooks").open(bytes.toString("base64"))).toThrow();
  expect(() => createSealer(secret, "answers").open(sealed)).toThrow();
  expect(() => createSealer("another secret, long enough too", "webhooks").open(sealed)).toThrow();
});
