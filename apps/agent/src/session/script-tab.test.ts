import { expect, test } from "vitest";
import { createScriptTabs, isWebAddress, type TabWindow } from "./script-tab.ts";

test.each([
  ["https://crm.example/?n=1", true],
  ["http://10.0.0.5/caller", true],
  ["javascript:alert(1)", false],
  ["JAVASCRIPT:alert(1)", false],
  [" javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["file:///etc/passwd", false],
  ["//crm.example", false],
  ["", false],
])("%s is an address to go to: %s", (url, expected) => {
  expect(isWebAddress(url)).toBe(expected);
});

test("the page that opens gets no handle on the agent, and goes where it should without a way back to a blank page", () => {
  const tab = aTab();
  const opened = createScriptTabs(() => tab).open(null, "Opening…");
  expect(tab.opener).toBeNull();
  expect(tab.document.body.textContent).toBe("Opening…");
  expect(opened?.show("https://crm.example/")).toBe(true);
  expect(tab.went).toEqual(["https://crm.example/"]);
});

test("an address that is not of the web is not gone to", () => {
  const tab = aTab();
  expect(
    createScriptTabs(() => tab)
      .open(null, "")
      ?.show("javascript:alert(1)"),
  ).toBe(false);
  expect(tab.went).toEqual([]);
});

test("a named tab is used again while it is open; a lost race closes only what was opened for it", () => {
  const made: ReturnType<typeof aTab>[] = [];
  const tabs = createScriptTabs(() => {
    const tab = aTab();
    made.push(tab);
    return tab;
  });
  tabs.open("crm", "")?.show("https://crm.example/1");
  const again = tabs.open("crm", "");
  again?.close();
  expect(made).toHaveLength(1);
  expect(made[0]?.closed).toBe(false);
  tabs.open("crm", "")?.show("https://crm.example/2");
  expect(made[0]?.went).toEqual(["https://crm.example/1", "https://crm.example/2"]);
  made[0]?.close();
  tabs.open("crm", "")?.close();
  expect(made).toHaveLength(2);
  expect(made[1]?.closed).toBe(true);
});

test("a browser that blocks tabs is noticed", () => {
  expect(createScriptTabs(() => null).open(null, "")).toBeNull();
});

function aTab() {
  const went: string[] = [];
  const tab: TabWindow & { went: string[] } = {
    went,
    closed: false,
    opener: "the agent",
    document: { title: "", body: { textContent: null } },
    location: { replace: (url) => void went.push(url) },
    focus: () => {},
    close: () => {
      tab.closed = true;
    },
  };
  return tab;
}
