/** Whether the server has a newer agent than this page. It is loaded when somebody says so: never under a call. */
export interface Updates {
  isReady(): boolean;
  subscribe(listener: () => void): () => void;
  /** Looks now; for when the server may have been upgraded. */
  look(): void;
}

const everyMs = 30 * 60_000;

/** The little of the browser's service worker container that is needed here. */
export type WorkerContainer = Pick<ServiceWorkerContainer, "register" | "controller">;

/**
 * Registers the service worker and watches for newer ones. `undefined`: this browser has none (the page did not come over a secure connection); the agent
 * works all the same. `every` calls back again and again.
 */
export function watchUpdates(
  workers: WorkerContainer | undefined,
  address: string,
  every: (ms: number, work: () => void) => void,
): Updates {
  const listeners = new Set<() => void>();
  let ready = false;
  let look = () => {};
  const found = () => {
    ready = true;
    for (const listener of listeners) listener();
  };
  const watch = (registration: ServiceWorkerRegistration) => {
    // This page is of the newest version, for it comes from the server: the worker of that version may begin.
    registration.waiting?.postMessage("activate");
    const hadOne = workers?.controller !== null;
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        // The very first worker is no update: it is of this page's version.
        if (installing.state === "installed" && hadOne) found();
      });
    });
    look = () => void registration.update().catch(() => undefined);
    every(everyMs, look);
  };
  workers?.register(address).then(watch, () => undefined);
  return {
    isReady: () => ready,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    look: () => look(),
  };
}
