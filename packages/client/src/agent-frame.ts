import type { FrameCommand, FrameNews } from "@cordboard/api";

/** What came of a command. */
export type FrameAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface AgentFrame {
  setState(wish: { state: "available" } | { state: "paused"; reason: string | null }): Promise<FrameAnswer>;
  /** Calls a number for the operator, by the rules of a click in the agent. */
  dial(number: string): Promise<FrameAnswer>;
  /** Has everything said again that holds now. */
  tell(): Promise<FrameAnswer>;
  /** Hears and says nothing more; commands that wait are answered as `closed`. */
  close(): void;
}

/** The window that the page itself is, as far as it is needed. */
interface Page {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

export interface AgentFrameOptions {
  /** Where the agent is served: its origin is the only one that is believed, and told anything. */
  readonly url: string;
  readonly onNews?: (news: FrameNews) => void;
  /** Left out: this page. */
  readonly page?: Page;
}

type WithoutId<Command> = Command extends unknown ? Omit<Command, "cordboard" | "id"> : never;

/** The operator's agent in a frame of this page: hears what it says, and asks of it what a press of a button would. */
export function agentFrame(
  frame: Pick<HTMLIFrameElement, "contentWindow">,
  { url, onNews, page = window }: AgentFrameOptions,
): AgentFrame {
  const { origin } = new URL(url);
  const waiting = new Map<string, (answer: FrameAnswer) => void>();
  let asked = 0;

  function hear({ source, origin: from, data }: MessageEvent): void {
    if (source !== frame.contentWindow || from !== origin) return;
    if (typeof data !== "object" || data === null || Reflect.get(data, "cordboard") !== 1) return;
    // The agent's own word, by its origin: its form is the contract's.
    const news = data as FrameNews;
    if (news.type === "done" || news.type === "refused") {
      const answer = waiting.get(news.id);
      waiting.delete(news.id);
      answer?.(news.type === "done" ? { ok: true } : { ok: false, code: news.code, message: news.message });
    }
    onNews?.(news);
  }

  function ask(command: WithoutId<FrameCommand>): Promise<FrameAnswer> {
    asked += 1;
    const id = `page-${asked}`;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      frame.contentWindow?.postMessage({ cordboard: 1, id, ...command }, origin);
    });
  }

  page.addEventListener("message", hear);
  return {
    setState: (wish) => ask({ type: "setState", ...wish }),
    dial: (number) => ask({ type: "dial", number }),
    tell: () => ask({ type: "tell" }),
    close() {
      page.removeEventListener("message", hear);
      for (const answer of waiting.values()) answer({ ok: false, code: "closed", message: "The frame was closed." });
      waiting.clear();
    },
  };
}
