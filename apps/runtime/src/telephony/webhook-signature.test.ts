import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { checkWebhookSignature } from "./webhook-signature.ts";

const now = 1_800_000_000_000;
const body = JSON.stringify({ call_sid: "c1", text: "é" });
const sign = (seconds: number, secret = "s3cret", text = body) =>
  `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${text}`).digest("hex")}`;
const check = (header: string | undefined, text = body) =>
  checkWebhookSignature({ header, body: text, secret: "s3cret", now, maxAgeMs: 300_000 });

test("a signature of our secret, over bytes or text", () => {
  const header = sign(now / 1000);
  expect(check(header)).toEqual({ ok: true });
  expect(checkWebhookSignature({ header, body: Buffer.from(body), secret: "s3cret", now, maxAgeMs: 1 })).toEqual({
    ok: true,
  });
});

test("one of several signatures is enough (a secret that is being changed)", () => {
  const [time, right] = sign(now / 1000).split(",");
  expect(check(`${time},v1=${"0".repeat(64)},${right}`)).toEqual({ ok: true });
});

test.each([
  ["another secret", sign(now / 1000, "other"), "wrong"],
  ["another body", sign(now / 1000, "s3cret", "{}"), "wrong"],
  ["another time", sign(now / 1000).replace(/t=\d+/, `t=${now / 1000 - 1}`), "wrong"],
  ["too old", sign(now / 1000 - 301), "tooOld"],
  ["from the future", sign(now / 1000 + 301), "fromTheFuture"],
  ["no header", undefined, "missing"],
  ["no time", sign(now / 1000).replace(/^t=\d+,/, ""), "malformed"],
  ["no signature", "t=1800000000", "malformed"],
  ["half a signature", "t=1800000000,v1=abcd", "malformed"],
  ["noise", "\u0000;;,=,v1=,t=", "malformed"],
])("refused: %s", (_what, header, reason) => {
  expect(check(header)).toEqual({ ok: false, reason });
});

test("an empty secret accepts nothing, not even what is signed with it", () => {
  const header = sign(now / 1000, "");
  expect(checkWebhookSignature({ header, body, secret: "", now, maxAgeMs: 1_000 }).ok).toBe(false);
});
