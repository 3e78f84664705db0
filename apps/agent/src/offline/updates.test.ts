import { expect, test } from "vitest";
import { type WorkerContainer, watchUpdates } from "./updates.ts";

/** A browser's worker registration, moved by hand. */
function aBrowser({ controlled, waiting = false }: { controlled: boolean; waiting?: boolean }) {
  const told: unknown[] = [];
  const worker = new EventTarget();
  const registration = Object.assign(new EventTarget(), {
    waiting: waiting ? { postMessage: (message: unknown) => told.push(message) } : null,
    installing: Object.assign(worker, { state: "installing" }),
    looked: 0,
    update: async () => {
      registration.looked += 1;
      return registration;
    },
  });
  const container = {
    controller: controlled ? {} : null,
    register: async () => registration,
  } as unknown as WorkerContainer;
  return {
    container,
    registration,
    told,
    begin: () => registration.dispatchEvent(new Event("updatefound")),
    install() {
      registration.installing.state = "installed";
      worker.dispatchEvent(new Event("statechange"));
    },
  };
}
const never = () => {};

test("a newer agent is told once it is there whole", async () => {
  const browser = aBrowser({ controlled: true });
  const updates = watchUpdates(browser.container, "/agent/sw.js", never);
  let told = 0;
  updates.subscribe(() => {
    told += 1;
  });
  await Promise.resolve();
  browser.begin();
  expect(updates.isReady()).toBe(false);
  browser.install();
  expect(updates.isReady()).toBe(true);
  expect(told).toBe(1);
});

test("the first worker of a browser is no update", async () => {
  const browser = aBrowser({ controlled: false });
  const updates = watchUpdates(browser.container, "/agent/sw.js", never);
  await Promise.resolve();
  browser.begin();
  browser.install();
  expect(updates.isReady()).toBe(false);
});

test("the worker that waits for older pages to go begins with the first page of its version", async () => {
  const browser = aBrowser({ controlled: true, waiting: true });
  watchUpdates(browser.container, "/agent/sw.js", never);
  await Promise.resolve();
  expect(browser.told).toEqual(["activate"]);
});

test("it is looked for again and again, and when the server may be another one", async () => {
  const browser = aBrowser({ controlled: true });
  const rounds: (() => void)[] = [];
  const updates = watchUpdates(browser.container, "/agent/sw.js", (_, work) => rounds.push(work));
  updates.look();
  await Promise.resolve();
  updates.look();
  rounds[0]?.();
  expect(browser.registration.looked).toBe(2);
});

test("without service workers there is never one", () => {
  const updates = watchUpdates(undefined, "/agent/sw.js", never);
  updates.look();
  expect(updates.isReady()).toBe(false);
});
