import type { ServerMessage } from "@cordboard/api";
import type { Link, LinkListener, OpenLink } from "./open-link.ts";
import { isTabMessage, type TabMessage, type TabNews } from "./tab-message.ts";

/** What tabs of one browser have in common; all of it works without a server. */
export interface TabPorts {
  /** `null`: this browser has no locks (the page did not come over a secure connection), and every tab connects by itself. */
  readonly locks: Pick<LockManager, "request"> | null;
  readonly channel: {
    post(message: TabMessage): void;
    onMessage(listener: (message: unknown) => void): void;
  };
  readonly tabId: string;
  readonly wait: (ms: number) => Promise<void>;
}

export interface SharedLink {
  /** Of all tabs that have opened theirs, one holds the connection. */
  readonly openLink: OpenLink;
  /** True in the tab that holds the connection. */
  leads(): boolean;
  onLead(listener: () => void): void;
  /** Whether the tab that leads is still alive is looked at, and made good: for a tab that comes to the front. */
  check(): void;
  tell(news: TabNews): void;
  onNews(listener: (news: TabNews) => void): void;
}

const lockName = "cordboard.agent.link";
/** A tab that leads and says nothing for so long, when it is asked, is stuck: it loses the lead. Milliseconds. */
const patienceMs = 3_000;

/**
 * One live connection for all tabs of a browser. The tab that holds the lock leads: it is connected and passes on what the server says. When it
 * closes or crashes the browser gives the lock to the next tab, which connects at once. The call never depends on any of it.
 */
export function shareLink(openOwn: OpenLink, { locks, channel, tabId, wait }: TabPorts): SharedLink {
  let leading = false;
  let member: Member | null = null;
  /** Counts what was heard of the tab that leads. */
  let heard = 0;
  const leadListeners = new Set<() => void>();
  const newsListeners = new Set<(news: TabNews) => void>();
  const setLeading = (now: boolean) => {
    leading = now;
    for (const listener of leadListeners) listener();
  };
  channel.onMessage((message) => {
    if (!isTabMessage(message)) return;
    if (message.kind === "news") for (const listener of newsListeners) listener(message.news);
    else if (member?.own) member.own.answer(message);
    else if (message.kind !== "hello" && message.kind !== "refresh") {
      heard += 1;
      if (member) follow(member.listener, message, tabId);
    }
  });

  /** Asks the tab that leads; when nothing comes of it, takes the lead. */
  async function ask(of: Member, question: TabMessage): Promise<void> {
    const before = heard;
    channel.post(question);
    await wait(patienceMs);
    if (member === of && of.own === null && heard === before) of.compete({ steal: true });
  }

  const openLink: OpenLink = (listener) => {
    if (locks === null) {
      setLeading(true);
      return openOwn(listener);
    }
    const me = new Member(listener, openOwn, locks, channel.post, setLeading);
    member?.close();
    member = me;
    me.compete({ steal: false });
    void ask(me, { v: 1, kind: "hello", from: tabId });
    return {
      refresh: () => {
        if (me.own) me.own.link.refresh();
        else if (member === me) void ask(me, { v: 1, kind: "refresh" });
      },
      close: () => {
        me.close();
        if (member === me) member = null;
      },
    };
  };

  return {
    openLink,
    leads: () => leading,
    onLead: (listener) => void leadListeners.add(listener),
    check: () => {
      if (member && member.own === null) void ask(member, { v: 1, kind: "hello", from: tabId });
    },
    tell: (news) => channel.post({ v: 1, kind: "news", news }),
    onNews: (listener) => void newsListeners.add(listener),
  };
}

/** One opened link: it waits for the lead, has it, or is closed. */
class Member {
  own: Leader | null = null;
  readonly listener: LinkListener;
  readonly #openOwn: OpenLink;
  readonly #locks: Pick<LockManager, "request">;
  readonly #post: (message: TabMessage) => void;
  readonly #setLeading: (now: boolean) => void;
  /** Ends the request for the lock that stands now: leaves the line, or lets go of the lock. */
  #attempt = new AbortController();
  #closed = false;

  constructor(
    listener: LinkListener,
    openOwn: OpenLink,
    locks: Pick<LockManager, "request">,
    post: (message: TabMessage) => void,
    setLeading: (now: boolean) => void,
  ) {
    this.listener = listener;
    this.#openOwn = openOwn;
    this.#locks = locks;
    this.#post = post;
    this.#setLeading = setLeading;
  }

  compete({ steal }: { readonly steal: boolean }): void {
    this.#attempt.abort();
    const attempt = new AbortController();
    this.#attempt = attempt;
    const hold = () => this.#lead(attempt.signal);
    const asked = steal
      ? this.#locks.request(lockName, { steal: true }, hold)
      : this.#locks.request(lockName, { signal: attempt.signal }, hold);
    void asked
      .catch(() => undefined)
      .then(() => {
        if (this.#attempt !== attempt || this.#closed) return;
        // The lead was taken from here: this tab had not answered. It waits in line again.
        this.#drop();
        this.compete({ steal: false });
      });
  }

  close(): void {
    this.#closed = true;
    this.#drop();
    this.#attempt.abort();
  }

  #lead(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.own = new Leader(this.listener, this.#openOwn, this.#post);
    this.#setLeading(true);
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }

  #drop(): void {
    if (this.own === null) return;
    this.own.link.close();
    this.own = null;
    this.#setLeading(false);
  }
}

/** The tab that is connected: hears the server, and repeats everything to the others. */
class Leader {
  readonly link: Link;
  readonly #post: (message: TabMessage) => void;
  #up: boolean | null = null;
  /** The last of what the server only says when it changes. */
  readonly #kept = new Map<ServerMessage["type"], ServerMessage>();

  constructor(listener: LinkListener, openOwn: OpenLink, post: (message: TabMessage) => void) {
    this.#post = post;
    this.link = openOwn({
      onMessage: (message) => {
        if (message.type === "voicemail" || message.type === "callbacks") this.#kept.set(message.type, message);
        post({ v: 1, kind: "message", message });
        listener.onMessage(message);
      },
      // The view that is asked for then comes to all tabs.
      onStrange: () => listener.onStrange(),
      onUp: () => this.#isUp(true, () => listener.onUp()),
      onDown: () => this.#isUp(false, () => listener.onDown()),
      onRefused: () => {
        post({ v: 1, kind: "refused" });
        listener.onRefused();
      },
    });
  }

  answer(message: TabMessage): void {
    if (message.kind === "refresh") this.link.refresh();
    if (message.kind !== "hello") return;
    this.#post({ v: 1, kind: "state", to: message.from, up: this.#up, kept: [...this.#kept.values()] });
    this.link.refresh();
  }

  #isUp(up: boolean, tell: () => void): void {
    this.#up = up;
    this.#post({ v: 1, kind: "link", up });
    tell();
  }
}

function follow(listener: LinkListener, message: TabMessage, tabId: string): void {
  const isUp = (up: boolean | null) => {
    if (up === true) listener.onUp();
    else if (up === false) listener.onDown();
  };
  if (message.kind === "message") listener.onMessage(message.message);
  else if (message.kind === "link") isUp(message.up);
  else if (message.kind === "refused") listener.onRefused();
  else if (message.kind === "state" && message.to === tabId) {
    isUp(message.up);
    for (const kept of message.kept) listener.onMessage(kept);
  }
}
