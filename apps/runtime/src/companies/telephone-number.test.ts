import { describe, expect, test } from "vitest";
import { dialledForms, numberText, telephoneNumber } from "./telephone-number.ts";

describe("telephoneNumber", () => {
  test.each([
    ["01 23 45 67 89", "FR", "+33123456789"],
    ["01.23.45.67.89", "FR", "+33123456789"],
    ["0033 1 23 45 67 89", "FR", "+33123456789"],
    ["+33 (1) 23 45 67 89", "GB", "+33123456789"],
    ["020 7946 0958", "GB", "+442079460958"],
    ["1000", "FR", "1000"],
    ["112", "FR", "112"],
    ["*21", "FR", "*21"],
  ])("reads %s in %s as %s", (written, country, kept) => expect(telephoneNumber(written, country)).toBe(kept));

  test.each(["", "hello", "+", "12345678901234567890", "sip:a@b"])("%j is no number", (written) =>
    expect(telephoneNumber(written, "FR")).toBeNull(),
  );
});

test("numbers are written as people at home write them", () => {
  expect(numberText("+33123456789", "FR")).toBe("01 23 45 67 89");
  expect(numberText("+33123456789", "GB")).toBe("+33 1 23 45 67 89");
  expect(numberText("1000", "FR")).toBe("1000");
});

test.each(["+33123456789", "33123456789", "0033123456789", "0123456789", "sip:+33123456789@trunk;user=phone"])(
  "a trunk's %s is found under the kept number",
  (received) => expect(dialledForms(received, "FR")).toContain("+33123456789"),
);
