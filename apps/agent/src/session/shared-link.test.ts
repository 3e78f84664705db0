import type { ServerMessage } from "@cordboard/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aBrowser } from "../testing/a-browser.ts";
import { aView } from "../testing/a-view.ts";

const view = (seq: number): ServerMessage => ({ v: 1, type: "view", view: aView({ seq }) });

test("of three tabs one is connected; all show what the server says", async () => {
  const browser = aBrowser();
  const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];
  await browser.settle();
  expect(browser.connected()).toEqual([first.id]);
  browser.server.up();
  browser.server.say(view(1));
  for (const tab of [first, second, third]) expect([tab.shown(), tab.up()]).toEqual([1, true]);
  expect([first.link.leads(), second.link.leads(), third.link.leads()]).toEqual([true, false, false]);
});

test("a tab that comes later is told at once how the connection is and what is only said when it changes", async () => {
  const browser = aBrowser();
  browser.tab();
  await browser.settle();
  browser.server.up();
  browser.server.say({ v: 1, type: "voicemail", boxes: [] });
  browser.server.say({ v: 1, type: "callbacks", queues: [{ queueId: "queue_1", open: 2 }] });
  const late = browser.tab();
  await browser.settle();
  expect(late.up()).toBe(true);
  expect(late.heard.map(({ type }) => type)).toEqual(["voicemail", "callbacks"]);
  // And a view is asked for, which comes to everybody.
  expect(browser.server.refreshes).toBe(1);
});

test("what a tab that follows asks for is asked by the one that leads", async () => {
  const browser = aBrowser();
  browser.tab();
  const follower = browser.tab();
  await browser.settle();
  const before = browser.server.refreshes;
  follower.opened.refresh();
  await browser.settle();
  expect(browser.server.refreshes).toBe(before + 1);
});

test("the tab that leads is closed: the next one is connected at once", async () => {
  const browser = aBrowser();
  const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];
  await browser.settle();
  first.crash();
  await browser.settle();
  expect(browser.connected()).toEqual([second.id]);
  expect(second.link.leads()).toBe(true);
  browser.server.up();
  browser.server.say(view(5));
  expect([second.shown(), third.shown()]).toEqual([5, 5]);
});

test("a tab that follows and is closed leaves the others as they are", async () => {
  const browser = aBrowser();
  const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];
  await browser.settle();
  second.opened.close();
  await browser.settle();
  expect(browser.connected()).toEqual([first.id]);
  first.opened.close();
  await browser.settle();
  expect(browser.connected()).toEqual([third.id]);
});

test("a tab that leads and is stuck loses the lead to one that asks in vain", async () => {
  const browser = aBrowser();
  const [first, second] = [browser.tab(), browser.tab()];
  await browser.settle();
  first.freeze();
  second.link.check();
  await browser.settle();
  await browser.pass();
  expect(browser.connected()).toContain(second.id);
  expect(second.link.leads()).toBe(true);
  // When it moves again it has let go of its connection, and follows.
  first.thaw();
  await browser.settle();
  expect(browser.connected()).toEqual([second.id]);
  expect(first.link.leads()).toBe(false);
  second.crash();
  await browser.settle();
  expect(browser.connected()).toEqual([first.id]);
});

test("a tab that answers keeps the lead, however often it is asked", async () => {
  const browser = aBrowser();
  const [first, second] = [browser.tab(), browser.tab()];
  await browser.settle();
  for (let times = 0; times < 3; times += 1) {
    second.link.check();
    await browser.settle();
    await browser.pass();
  }
  expect(browser.connected()).toEqual([first.id]);
});

test("the end of the session is heard by all, and nobody stays connected", async () => {
  const browser = aBrowser();
  const tabs = [browser.tab(), browser.tab(), browser.tab()];
  await browser.settle();
  browser.server.say({ v: 1, type: "sessionEnded" });
  for (const tab of tabs) {
    expect(tab.heard.at(-1)?.type).toBe("sessionEnded");
    tab.opened.close();
  }
  await browser.settle();
  expect(browser.connected()).toEqual([]);
});

test("without locks every tab is connected by itself", async () => {
  const browser = aBrowser({ locks: false });
  const [first, second] = [browser.tab(), browser.tab()];
  await browser.settle();
  expect(browser.connected()).toEqual([first.id, second.id]);
  expect([first.link.leads(), second.link.leads()]).toEqual([true, true]);
});

test("what one tab tells, the others hear; what another version of the agent says is not read", async () => {
  const browser = aBrowser();
  const [first, second] = [browser.tab(), browser.tab()];
  first.link.tell({ kind: "dismissed", noticeId: "n1" });
  browser.channel.post({ v: 2, kind: "news", news: { kind: "signedOut" } });
  browser.channel.post({ v: 1, kind: "message", message: { v: 1, type: "balloon" } });
  expect(first.news).toEqual([]);
  expect(second.news).toEqual([{ kind: "dismissed", noticeId: "n1" }]);
  expect(second.heard).toEqual([]);
});

test("whatever tabs come, go, crash or stop: one is connected as long as one lives, and all that live show the last view", async () => {
  const step = fc.record({
    what: fc.constantFrom("open", "open", "close", "crash", "freeze", "thaw", "say", "refresh", "check"),
    which: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const browser = aBrowser();
      let seq = 0;
      for (const { what, which } of steps) {
        const tab = browser.alive()[which % Math.max(1, browser.alive().length)];
        if (what === "open") browser.tab();
        else if (what === "say") {
          seq += 1;
          browser.server.say(view(seq));
        } else if (what === "close") tab?.close();
        else if (what === "crash") tab?.crash();
        else if (what === "freeze") tab?.freeze();
        else if (what === "thaw") tab?.thaw();
        else if (what === "refresh") tab?.opened.refresh();
        else tab?.link.check();
        await browser.settle();
      }
      for (const tab of browser.alive()) tab.thaw();
      await browser.settle();
      await browser.pass();
      const alive = browser.alive();
      expect(browser.connected()).toHaveLength(Math.min(1, alive.length));
      expect(alive.filter((tab) => tab.link.leads()).map((tab) => tab.id)).toEqual(browser.connected());
      browser.server.say(view(seq + 1));
      for (const tab of alive) expect(tab.shown()).toBe(seq + 1);
    }),
    { numRuns: 300 },
  );
});
