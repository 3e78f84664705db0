/**
 * The agent's service worker: keeps the agent's own files, so that it opens at once, can be installed, and says itself when its server is away. It
 * never answers for the server (way-of.ts). An agent that is open all day keeps the files of its version: those of the version before stay too.
 */
import { type AgentWindow, passOnAnswer } from "./answered-notification.ts";
import { wayOf } from "./way-of.ts";

/** What of a service worker's world is needed here; the library of types for workers does not go with that for pages. */
interface Worker {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(of: { type: "window" }): Promise<readonly AgentWindow[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetched) => void): void;
  addEventListener(type: "notificationclick", listener: (event: Clicked) => void): void;
}
interface Clicked extends Lasting {
  /** Empty: not on a button of it. */
  readonly action: string;
  readonly notification: { readonly data: unknown; close(): void };
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
declare const self: Worker;
/** Written in when the agent is built (vite.config.ts): the files of this version, and a name that changes with any of them. */
declare const CORDBOARD_FILES: readonly string[];
declare const CORDBOARD_VERSION: string;

const prefix = "cordboard.agent.";
const cacheName = `${prefix}${CORDBOARD_VERSION}`;
const base = self.registration.scope;
/** Longer than a server that answers takes; somebody waits for the page. Milliseconds. */
const patienceMs = 8_000;
/** A balancer or proxy in front answers, the runtime behind it does not. */
const away = [502, 503, 504];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([base, ...CORDBOARD_FILES])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

self.addEventListener("message", ({ data }) => {
  if (data === "activate") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const way = wayOf(request, base);
  if (way === "kept") event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  if (way === "page") event.respondWith(newestPage(request));
});

self.addEventListener("notificationclick", (event) => {
  const { action, notification } = event;
  notification.close();
  const offerId = String(notification.data ?? "");
  const open = () => self.clients.openWindow(base);
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((windows) => passOnAnswer({ action, offerId }, windows, open)),
  );
});

async function newestPage(request: Request): Promise<Response> {
  const kept = async () => (await (await caches.open(cacheName)).match(base)) ?? Response.error();
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    return away.includes(answer.status) ? await kept() : answer;
  } catch {
    return kept();
  }
}

/** All but this version's files and those of the one before, of which a tab may still be open. */
async function dropOld(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}
