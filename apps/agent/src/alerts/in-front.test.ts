import { expect, test } from "vitest";
import { watchInFront } from "./in-front.ts";

/** The shared lock of one browser, and windows that come to the front and go. */
function aBrowser() {
  const held = new Set<object>();
  const locks = {
    request: async (_name: string, _options: LockOptions, hold: () => Promise<void>) => {
      const lock = {};
      held.add(lock);
      await hold();
      held.delete(lock);
    },
    query: async () => ({ held: [...held].map(() => ({ name: "cordboard.agent.front" })) }),
  } as unknown as LockManager;
  const tab = () => {
    let focused = false;
    const document = Object.assign(new EventTarget(), { visibilityState: "visible", hasFocus: () => focused });
    const page = Object.assign(new EventTarget(), { document });
    const move = (to: boolean) => {
      focused = to;
      page.dispatchEvent(new Event(to ? "focus" : "blur"));
    };
    return { inFront: watchInFront(locks, page as unknown as Window), come: () => move(true), go: () => move(false) };
  };
  return { tab };
}

test("any tab in front counts for all of them, until it goes", async () => {
  const browser = aBrowser();
  const [first, second] = [browser.tab(), browser.tab()];
  expect(await second.inFront.anywhere()).toBe(false);
  first.come();
  expect([first.inFront.here(), second.inFront.here()]).toEqual([true, false]);
  expect(await second.inFront.anywhere()).toBe(true);
  first.go();
  await Promise.resolve();
  await Promise.resolve();
  expect(await second.inFront.anywhere()).toBe(false);
});

test("coming to the front is told", () => {
  const tab = aBrowser().tab();
  let come = 0;
  tab.inFront.onCome(() => {
    come += 1;
  });
  tab.come();
  tab.go();
  tab.come();
  expect(come).toBe(2);
});
