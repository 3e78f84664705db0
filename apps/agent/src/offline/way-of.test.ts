import { expect, test } from "vitest";
import { wayOf } from "./way-of.ts";

const base = "https://pbx.example/agent/";
const way = (path: string, part: { method?: string; mode?: string } = {}) =>
  wayOf({ method: "GET", mode: "cors", url: new URL(path, base).href, ...part }, base);

test("the page comes from the server as long as there is one", () => {
  expect(way("/agent/", { mode: "navigate" })).toBe("page");
  expect(way("/agent/#calls", { mode: "navigate" })).toBe("page");
});

test("files whose names change with their contents are kept", () => {
  expect(way("/agent/assets/index-B2PLIyRn.js")).toBe("kept");
});

test.each([
  "/api/desk",
  "/api/desk/messages?boxId=b",
  "/media/secret/a.wav",
  "/health",
  "/designer/assets/x.js",
  "/agent/sw.js",
])("%s is never answered from memory", (path) => {
  expect(way(path)).toBe("network");
  expect(way(path, { mode: "same-origin" })).toBe("network");
});

test("neither is what changes something, nor another server", () => {
  expect(way("/agent/", { method: "POST", mode: "navigate" })).toBe("network");
  expect(way("https://elsewhere.example/agent/assets/x.js")).toBe("network");
  expect(way("/designer/", { mode: "navigate" })).toBe("network");
});
