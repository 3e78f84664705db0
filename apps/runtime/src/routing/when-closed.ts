import type { LibraryPrompt, QueueFields, Texts } from "@cordboard/api";
import { settingsToBeginWith } from "./one-queue.ts";

type Opening = NonNullable<QueueFields["opening"]>;

/** The part of a flow document that is looked at here; the rest is taken along. */
interface Drawing {
  readonly languages: readonly string[];
  readonly prompts: Readonly<Record<string, unknown>>;
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly config: unknown }[];
  readonly edges: readonly { readonly from: string; readonly output: string; readonly to: string }[];
}

const GREETING = "pQueueClosed";
const BOX = "nQueueClosedBox";
const WORD = "nQueueClosedWord";

/**
 * The flow of a line that leads straight to a queue, with what the queue's settings say of the time when it is closed: its greeting, and the box where
 * callers may leave a message. The flow's own way, where it has one, stays; so does everything where the settings say nothing.
 */
export function withClosedWay<Document extends object>(
  document: Document,
  {
    opening,
    greeting,
  }: { readonly opening: Opening; readonly greeting: Pick<LibraryPrompt, "name" | "texts" | "audio"> | null },
): Document {
  if (!isDrawing(document) || (opening.boxId === null && greeting === null)) return document;
  const drawn = new Set(document.edges.filter(({ output }) => output === "closed").map(({ from }) => from));
  const waits = document.nodes.filter(({ id, type }) => type === "hunt" && !drawn.has(id));
  if (waits.length === 0) return document;
  const french = document.languages[0]?.startsWith("fr") ?? false;
  const node = (id: string, { fr, en }: Texts, type: string, config: object) => ({
    ...{ id, name: french ? fr : en, type, typeVersion: 1, config },
  });
  const said = greeting === null ? null : GREETING;
  const word = node(WORD, { fr: "File fermée", en: "Queue closed" }, "hangup", {
    prompt: opening.boxId === null ? said : null,
  });
  const box = node(BOX, { fr: "Message, file fermée", en: "Message, queue closed" }, "voicemail", {
    ...settingsToBeginWith("voicemail", 1),
    ...{ box: opening.boxId, greeting: said, ...(said === null && { greetingFor: "closed" }) },
  });
  const [first, ...after] = opening.boxId === null ? [word] : [box, word];
  return {
    ...document,
    prompts: { ...document.prompts, ...(greeting && { [GREETING]: asFlowPrompt(greeting) }) },
    nodes: [...document.nodes, first, ...after],
    edges: [
      ...document.edges,
      ...waits.map(({ id }) => ({ from: id, output: "closed", to: first?.id })),
      ...(opening.boxId === null ? [] : ["empty", "unavailable"].map((output) => ({ from: BOX, output, to: WORD }))),
    ],
  };
}

function isDrawing(document: object): document is Drawing {
  return "nodes" in document && "edges" in document && "prompts" in document && "languages" in document;
}

function asFlowPrompt({ name, texts, audio }: Pick<LibraryPrompt, "name" | "texts" | "audio">): object {
  const recorded = Object.entries(audio).map(([language, { sha256 }]) => [language, `sha256:${sha256}`] as const);
  return { name, texts, ...(recorded.length > 0 && { audio: Object.fromEntries(recorded) }) };
}
