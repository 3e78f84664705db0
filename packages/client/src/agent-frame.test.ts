import { expect, test } from "vitest";
import { agentFrame } from "./agent-frame.ts";

/** A page with an agent in a frame, which answers when it is told to. */
function aPage() {
  const posted: { message: { id: string }; origin: string }[] = [];
  const contentWindow = {
    postMessage: (message: { id: string }, origin: string) => void posted.push({ message, origin }),
  } as unknown as Window;
  let hear: ((event: MessageEvent) => void) | null = null;
  const news: string[] = [];
  const frame = agentFrame(
    { contentWindow },
    {
      url: "https://calls.example.com/agent",
      onNews: ({ type }) => void news.push(type),
      page: {
        addEventListener: (_, listener) => {
          hear = listener;
        },
        removeEventListener: () => {
          hear = null;
        },
      },
    },
  );
  const say = (data: unknown, part: { source?: unknown; origin?: string } = {}) =>
    hear?.({ source: contentWindow, origin: "https://calls.example.com", data, ...part } as MessageEvent);
  return { frame, posted, news, say, listens: () => hear !== null };
}

test("a number is dialled, and the answer is told by its id", async () => {
  const { frame, posted, say } = aPage();
  const first = frame.dial("06 12 34 56 78");
  const second = frame.dial("112");
  expect(posted.map(({ message, origin }) => [message, origin])).toEqual([
    [{ cordboard: 1, id: "page-1", type: "dial", number: "06 12 34 56 78" }, "https://calls.example.com"],
    [{ cordboard: 1, id: "page-2", type: "dial", number: "112" }, "https://calls.example.com"],
  ]);
  say({ cordboard: 1, type: "refused", id: "page-2", code: "dialEmergency", message: "Not so." });
  say({ cordboard: 1, type: "done", id: "page-1" });
  expect(await first).toEqual({ ok: true });
  expect(await second).toEqual({ ok: false, code: "dialEmergency", message: "Not so." });
});

test("only the agent is believed: its window, its origin, its form", () => {
  const { news, say } = aPage();
  const ready = { cordboard: 1, type: "ready", signedIn: true };
  say(ready, { source: {} });
  say(ready, { origin: "https://evil.example" });
  say({ type: "ready" });
  say("ready");
  expect(news).toEqual([]);
  say(ready);
  expect(news).toEqual(["ready"]);
});

test("what waits when it is closed is answered", async () => {
  const { frame, listens } = aPage();
  const waits = frame.setState({ state: "paused", reason: null });
  frame.close();
  expect(await waits).toMatchObject({ ok: false, code: "closed" });
  expect(listens()).toBe(false);
});
