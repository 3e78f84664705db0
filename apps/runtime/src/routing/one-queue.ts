import type { Texts } from "@cordboard/api";
import { adopt, type FlowDocument, translateTemplate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

/** The id of the flow that serves a line which names a queue; nobody draws it. */
export const ONE_QUEUE_FLOW = "line-to-one-queue";

/** The flow of a line that leads straight to a queue: please wait, the queue's music, and a word for those whom nobody can answer. */
export function oneQueueFlow(queueId: string, languages: readonly string[]): Record<string, unknown> {
  const french = languages[0]?.startsWith("fr") ?? false;
  const named = ({ fr, en }: Texts) => (french ? fr : en);
  const prompt = (name: string, builtIn: string) => ({ name, texts: {}, builtIn });
  const node = (id: string, name: Texts, type: string, config: object) => ({
    ...{ id, name: named(name), type, typeVersion: 1, config },
  });
  const wait = {
    ...settingsToBeginWith("hunt", 1),
    queue: queueId,
    announcement: "pWait",
    // Whoever is in line is answered in the end, or is told at once that nobody is there.
    maxWaitMs: null,
    leaveWhenUnstaffed: true,
    // The queue's own limits hold here too.
    leaveWhenFull: true,
  };
  return {
    formatVersion: 1,
    id: ONE_QUEUE_FLOW,
    name: named({ fr: "Ligne vers une file", en: "Line to one queue" }),
    languages: [...languages],
    prompts: {
      pWait: prompt("Please wait", "pleaseWait"),
      pNobody: prompt("Nobody signed in", "noOneSignedIn"),
      pFull: prompt("Nobody available", "nobodyAvailable"),
    },
    entry: "nWait",
    nodes: [
      node("nWait", { fr: "Attente", en: "Wait" }, "hunt", wait),
      node("nNobody", { fr: "Personne", en: "Nobody there" }, "hangup", { prompt: "pNobody" }),
      node("nFull", { fr: "Personne de disponible", en: "Nobody available" }, "hangup", { prompt: "pFull" }),
    ],
    // Who has waited as long as the queue lets anybody wait leaves by `full` too.
    edges: [
      { from: "nWait", output: "unstaffed", to: "nNobody" },
      { from: "nWait", output: "full", to: "nFull" },
    ],
  };
}

/**
 * The same, made of a template: its question for a queue is answered by the queue, and callers are spoken to in the company's first language
 * that it speaks. `null` when the template asks for something else that has no default.
 */
export function oneQueueFrom(
  template: FlowDocument,
  queueId: string,
  languages: readonly string[],
): Record<string, unknown> | null {
  const questions = Object.entries(Object(template.parameters.properties));
  const [name] = questions.find(([, question]) => Object(question).format === "queue") ?? [];
  const inTheirs = translateTemplate(template, (languages[0] ?? "").slice(0, 2));
  const adoption = adopt(inTheirs, name === undefined ? {} : { [name]: queueId });
  if (!adoption.ok) return null;
  const { document } = adoption;
  const wanted = languages.filter((language) => document.languages.includes(language));
  return { ...document, id: ONE_QUEUE_FLOW, languages: [...new Set([...wanted, ...document.languages])] };
}

/** What a node of this type begins with: settings that a later release adds are there. */
export function settingsToBeginWith(type: string, typeVersion: number): object {
  const initial: unknown = registry.find(type, typeVersion)?.initial;
  return typeof initial === "object" && initial !== null ? initial : {};
}
