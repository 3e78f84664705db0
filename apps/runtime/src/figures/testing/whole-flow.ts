import type { CompiledFlow } from "@cordboard/engine";
import { settingsToBeginWith } from "../../routing/one-queue.ts";
import { compiledDocument } from "../../testing/compiled-document.ts";

/** The number that key 4 puts callers through to. */
export const OUTSIDE = "+33199000004";

/**
 * A flow with something of everything that reports count: a menu that leads to two queues, a voicemail box and a number; a key in line that asks
 * to be called back; a message for whom nobody answered in time.
 */
export function wholeFlow(first: string, second: string): CompiledFlow {
  const node = (id: string, type: string, config: object) => ({
    ...{ id, name: id, type, typeVersion: 1 },
    config: { ...settingsToBeginWith(type, 1), ...config },
  });
  const hunt = (queue: string, maxWaitMs: number) => ({ queue, holdMusic: ["pMusic"], maxWaitMs, leaveKey: "*" });
  const choice = (digit: string, id: string) => ({ id, digit, label: id });
  const to = (from: string, edges: Readonly<Record<string, string>>) =>
    Object.entries(edges).map(([output, target]) => ({ from, output, to: target }));
  const promise = { schedule: null, keepPlace: true, variable: "number" };
  const promised = { promised: "bye", already: "bye", full: "message", noNumber: "bye" };
  const line = { ended: "bye", unstaffed: "message" };
  return compiledDocument({
    formatVersion: 1,
    id: "whole",
    name: "Whole",
    languages: ["en-GB"],
    variables: { number: { type: "string" } },
    prompts: {
      pMenu: { texts: { "en-GB": "Press one" }, builtIn: "demoMenu" },
      pMusic: { texts: { "en-GB": "music" }, builtIn: "holdMusic" },
    },
    entry: "menu",
    nodes: [
      node("menu", "menu", {
        ...{ prompt: "pMenu", attempts: 2, patienceMs: 6_000 },
        choices: [choice("1", "sales"), choice("2", "help"), choice("3", "box"), choice("4", "outside")],
      }),
      node("first", "hunt", hunt(first, 60_000)),
      node("second", "hunt", hunt(second, 180_000)),
      node("promiseFirst", "callback", { ...promise, queue: first }),
      node("promiseSecond", "callback", { ...promise, queue: second }),
      node("message", "voicemail", { box: "box_1", minMs: 1_500, silenceMs: 4_000, attempts: 2, review: false }),
      node("outside", "transfer", { target: { kind: "number", number: OUTSIDE }, ringMs: 20_000, music: null }),
      node("bye", "hangup", { prompt: null }),
    ],
    edges: [
      ...to("menu", { sales: "first", help: "second", box: "message", outside: "outside" }),
      ...to("menu", { noInput: "bye", noMatch: "bye" }),
      ...to("first", { ...line, timeout: "second", key: "promiseFirst" }),
      ...to("second", { ...line, timeout: "message", key: "promiseSecond" }),
      ...to("promiseFirst", promised),
      ...to("promiseSecond", promised),
      ...to("message", { sent: "bye", empty: "bye", unavailable: "bye" }),
      ...to("outside", { ended: "bye", busy: "message", noAnswer: "message", unreachable: "message" }),
    ],
  });
}
