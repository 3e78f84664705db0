import { expect, test } from "vitest";
import { isLoopback, readCookie } from "./session-cookies.ts";

test.each([
  ["a=1; cordboard_user=x; b=2", "x"],
  ["cordboard_user=first; cordboard_user=second", "first"],
  ["xcordboard_user=x", null],
  ["cordboard_user=", null],
  ["cordboard_user=a=b", "a=b"],
  ["=;;; cordboard_user = x ", "x"],
  [undefined, null],
])("of the header %j the cookie is %j", (header, value) => expect(readCookie(header, "cordboard_user")).toBe(value));

test.each(["localhost", "demo.localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])("%s is this machine", (name) =>
  expect(isLoopback(name)).toBe(true),
);
test.each(["localhost.example", "127.0.0.1.example", "1127.0.0.1", "10.0.0.1", "", "[::2]"])("%j is not", (name) =>
  expect(isLoopback(name)).toBe(false),
);
