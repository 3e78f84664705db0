import type { Texts } from "@cordboard/api";
import { COME_BACK_NODE, NUMBER_VARIABLE, PASS_ON_FLOW, PASS_ON_NODE } from "../calls/passings.ts";
import type { PassOnTarget } from "../ports/index.ts";
import { settingsToBeginWith } from "./one-queue.ts";

/** How long a number that a caller is passed on to rings. */
const NUMBER_RING_MS = 30_000;

/**
 * What a caller goes through whom an operator passes on: the place in line, or the telephone, that the operator wished; and, where nobody
 * takes them there, the line that they came from. The limits of the queues hold: a line that is full, and a wait that is as long as the queue lets
 * anybody wait, lead back, and out of the line that they came from with a word. Whom a place is for, and where in line it is, goes along with the call (calls/passings.ts).
 */
export function passOnFlow(
  to: Exclude<PassOnTarget, { kind: "flow" }>,
  /** The queue of the conversation that is passed on. */
  queueId: string,
  languages: readonly string[],
): Record<string, unknown> {
  const french = languages[0]?.startsWith("fr") ?? false;
  const named = ({ fr, en }: Texts) => (french ? fr : en);
  const node = (id: string, name: Texts, type: string, config: object) => ({
    ...{ id, name: named(name), type, typeVersion: 1, config },
  });
  const waitIn = (queue: string, leaveWhenUnstaffed: boolean) => ({
    ...settingsToBeginWith("hunt", 1),
    ...{ queue, maxWaitMs: null, leaveWhenUnstaffed, leaveWhenFull: true },
  });
  const ring = (target: object) => ({ target, ringMs: NUMBER_RING_MS, music: null });
  const flowOf = (nodes: readonly [{ readonly id: string }, ...object[]], edges: readonly object[]) => ({
    formatVersion: 1,
    id: PASS_ON_FLOW,
    name: named({ fr: "Appel transféré", en: "Call passed on" }),
    languages: [...languages],
    variables: { [NUMBER_VARIABLE]: { type: "string" } },
    prompts: {
      pNobody: { name: "Nobody available", texts: {}, builtIn: "nobodyAvailable" },
    },
    entry: nodes[0].id,
    ...{ nodes, edges },
  });
  const there = { fr: "Transfert", en: "Passed on" };
  const back = node(COME_BACK_NODE, { fr: "Retour", en: "Comes back" }, "hunt", waitIn(queueId, false));
  const nobody = node("nNobody", { fr: "Personne de disponible", en: "Nobody available" }, "hangup", {
    prompt: "pNobody",
  });
  const outOfLine = { from: COME_BACK_NODE, output: "full", to: nobody.id };
  if (to.kind === "back") return flowOf([back, nobody], [outOfLine]);
  const target = {
    operator: () => node(PASS_ON_NODE, there, "hunt", waitIn(queueId, true)),
    queue: () => node(PASS_ON_NODE, there, "hunt", waitIn(to.kind === "queue" ? to.queueId : queueId, true)),
    number: () => node(PASS_ON_NODE, there, "transfer", ring({ kind: "number", number: `{{ ${NUMBER_VARIABLE} }}` })),
    switchboard: () => node(PASS_ON_NODE, there, "transfer", ring({ kind: "switchboard" })),
  }[to.kind]();
  const unanswered = target.type === "hunt" ? ["unstaffed", "full"] : ["busy", "noAnswer", "unreachable"];
  const toBack = unanswered.map((output) => ({ from: PASS_ON_NODE, output, to: COME_BACK_NODE }));
  return flowOf([target, back, nobody], [...toBack, outOfLine]);
}
