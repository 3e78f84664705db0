const lockName = "cordboard.agent.front";

/** Whether an operator has one of this browser's tabs before them: then no notification need call them. */
export interface InFront {
  here(): boolean;
  anywhere(): Promise<boolean>;
  /** Calls back when this tab comes to the front. */
  onCome(listener: () => void): void;
}

/**
 * A tab holds a lock for as long as it is in front. A lock and not a message: that of a tab that crashed is let go of by the browser, so nobody is
 * taken for present who is not.
 */
export function watchInFront(locks: LockManager | undefined, page: Window): InFront {
  const { document } = page;
  const here = () => document.visibilityState === "visible" && document.hasFocus();
  const listeners = new Set<() => void>();
  let leave: (() => void) | null = null;
  const look = () => {
    if (!here()) {
      leave?.();
      leave = null;
      return;
    }
    if (leave !== null) return;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    void locks?.request(lockName, { mode: "shared" }, () => left).catch(() => undefined);
    for (const listener of listeners) listener();
  };
  for (const happening of ["focus", "blur", "pageshow", "pagehide"]) page.addEventListener(happening, look);
  document.addEventListener("visibilitychange", look);
  look();
  return {
    here,
    anywhere: async () => here() || ((await locks?.query())?.held ?? []).some(({ name }) => name === lockName),
    onCome: (listener) => void listeners.add(listener),
  };
}
