import type { ServerMessage } from "@cordboard/api";
import type { Link, LinkListener } from "../session/open-link.ts";
import { type SharedLink, shareLink } from "../session/shared-link.ts";
import type { TabNews } from "../session/tab-message.ts";

/** A browser with tabs of one operator: its locks and its channel in memory, its time moved by hand. A server at the other end. */
export function aBrowser({ locks: hasLocks = true }: { locks?: boolean } = {}) {
  const tabs: Tab[] = [];
  const locks = createLocks();
  const waiting: { readonly tab: Tab; readonly done: () => void }[] = [];
  const connections = new Map<string, LinkListener>();
  const server = {
    refreshes: 0,
    say: (message: ServerMessage) => {
      for (const listener of [...connections.values()]) listener.onMessage(message);
    },
    up: () => {
      for (const listener of [...connections.values()]) listener.onUp();
    },
  };
  const post = (message: unknown, from?: Tab) => {
    for (const tab of tabs) if (tab !== from && !tab.gone) tab.receive(message);
  };

  interface Tab {
    readonly id: string;
    readonly link: SharedLink;
    readonly opened: Link;
    readonly heard: ServerMessage[];
    readonly news: TabNews[];
    gone: boolean;
    receive(message: unknown): void;
    /** The `seq` of the view that it shows. */
    shown(): number | null;
    up(): boolean | null;
    close(): void;
    /** Gone without a word: the browser frees what it held. */
    crash(): void;
    /** It does nothing any more, and keeps what it holds. */
    freeze(): void;
    thaw(): void;
  }

  function tab(): Tab {
    const id = `tab${tabs.length + 1}`;
    const heard: ServerMessage[] = [];
    const news: TabNews[] = [];
    let up: boolean | null = null;
    let frozen: (() => void)[] | null = null;
    let listen: (message: unknown) => void = () => {};
    /** What happens to a tab that is stopped happens when it goes on. */
    const unlessFrozen = (work: () => void) => {
      if (made.gone) return;
      if (frozen) frozen.push(work);
      else work();
    };
    const owner = { run: unlessFrozen };
    const link = shareLink(
      (listener) => {
        connections.set(id, listener);
        return {
          refresh: () => {
            server.refreshes += 1;
          },
          close: () => void (connections.get(id) === listener && connections.delete(id)),
        };
      },
      {
        locks: hasLocks ? locks.of(owner) : null,
        channel: {
          post: (message) => post(message, made),
          onMessage: (given) => {
            listen = given;
          },
        },
        tabId: id,
        wait: () => new Promise((resolve) => waiting.push({ tab: made, done: () => unlessFrozen(resolve) })),
      },
    );
    link.onNews((one) => news.push(one));
    const made: Tab = {
      id,
      link,
      opened: {} as Link,
      heard,
      news,
      gone: false,
      receive: (message) => unlessFrozen(() => listen(message)),
      shown: () => heard.flatMap((message) => (message.type === "view" ? [message.view.seq] : [])).at(-1) ?? null,
      up: () => up,
      close() {
        unlessFrozen(() => {
          made.opened.close();
          made.gone = true;
        });
      },
      crash() {
        made.gone = true;
        connections.delete(id);
        locks.release(owner);
      },
      freeze() {
        frozen ??= [];
      },
      thaw() {
        const held = frozen ?? [];
        frozen = null;
        for (const work of held) work();
      },
    };
    tabs.push(made);
    Object.assign(made, {
      opened: link.openLink({
        onMessage: (message) => void heard.push(message),
        onStrange: () => {},
        onUp: () => {
          up = true;
        },
        onDown: () => {
          up = false;
        },
        onRefused: () => {},
      }),
    });
    return made;
  }

  return {
    tab,
    server,
    channel: { post },
    alive: () => tabs.filter(({ gone }) => !gone),
    connected: () => [...connections.keys()],
    /** Lets everything happen that needs no time. */
    async settle() {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    },
    /** Everything that is waited for has been waited for, and what comes of it too. */
    async pass() {
      for (let round = 0; round < 4; round += 1) {
        for (const { done } of waiting.splice(0)) done();
        await this.settle();
      }
    },
  };
}

interface Owner {
  /** Does it in the owner's tab: later, when that stands still. */
  run(work: () => void): void;
}
interface Request {
  readonly owner: Owner;
  readonly hold: () => unknown;
  readonly settle: (failure: Error | null) => void;
}

/** The Web Locks of one browser: one name, as the agent uses it. */
function createLocks() {
  let held: Request | null = null;
  const line: Request[] = [];
  const grant = () => {
    if (held !== null) return;
    const next = line.shift();
    if (next === undefined) return;
    held = next;
    next.owner.run(() => {
      void Promise.resolve(next.hold()).then(() => {
        if (held !== next) return;
        held = null;
        next.settle(null);
        grant();
      });
    });
  };
  const aborted = () => new DOMException("aborted", "AbortError");
  return {
    of: (owner: Owner): Pick<LockManager, "request"> =>
      ({
        request: (_name: string, options: LockOptions, hold: (lock: Lock | null) => unknown) =>
          new Promise<void>((resolve, reject) => {
            const settle = (failure: Error | null) => owner.run(() => (failure ? reject(failure) : resolve()));
            const request: Request = { owner, hold: () => hold(null), settle };
            if (options.steal) {
              held?.settle(aborted());
              held = null;
              line.unshift(request);
            } else line.push(request);
            options.signal?.addEventListener("abort", () => {
              const place = line.indexOf(request);
              if (place < 0) return;
              line.splice(place, 1);
              settle(aborted());
            });
            grant();
          }),
      }) as Pick<LockManager, "request">,
    /** What a tab that is gone held and waited for. */
    release(owner: Owner) {
      for (const request of line.splice(0)) if (request.owner !== owner) line.push(request);
      if (held?.owner !== owner) return;
      held = null;
      grant();
    },
  };
}
