import { afterEach, expect, test, vi } from "vitest";
import { applyTheme, rememberedTheme } from "./theme.ts";

afterEach(() => vi.unstubAllGlobals());

test("a chosen theme is shown at once and remembered in this browser", () => {
  vi.stubGlobal("localStorage", storage());
  const root = page();
  applyTheme("dark", root);
  expect(root.dataset.theme).toBe("dark");
  expect(rememberedTheme()).toBe("dark");
});

test("going back to the system's theme leaves nothing behind on the page", () => {
  vi.stubGlobal("localStorage", storage());
  const root = page();
  applyTheme("light", root);
  applyTheme("system", root);
  expect(root.dataset).toEqual({});
  expect(rememberedTheme()).toBe("system");
});

test("what somebody else wrote there is not taken for a theme", () => {
  expect(rememberedTheme({ getItem: () => "purple" })).toBe("system");
});

test("a browser that forbids storage still shows the theme", () => {
  const forbidden = () => {
    throw new Error("The operation is insecure.");
  };
  vi.stubGlobal("localStorage", { getItem: forbidden, setItem: forbidden });
  const root = page();
  applyTheme("dark", root);
  expect(root.dataset.theme).toBe("dark");
  expect(rememberedTheme()).toBe("system");
});

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

function page(): { dataset: DOMStringMap } {
  return { dataset: {} };
}
