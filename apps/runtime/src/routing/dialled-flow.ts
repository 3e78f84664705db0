import type { Texts } from "@cordboard/api";
import type { CallOrder } from "../ports/index.ts";
import { flowThatCalls } from "./callback-flow.ts";
import { testCallFlow } from "./test-call-flow.ts";

/** The id of the flow of the calls that operators dial; nobody draws it. */
export const DIALLED_FLOW = "dialled-call";

const name: Texts = { fr: "Appel composé", en: "Dialled call" };

/** How long the operator's telephone rings for whoever has picked up first. */
const TELEPHONE_RING_MS = 30_000;

/**
 * What is heard in a call that an operator dialled. The operator first: music while the other side rings, or why nobody answered. The other
 * side first: who picks up hears that they are being put through, and music, while the operator's telephone rings.
 */
export function dialledFlow(
  languages: readonly string[],
  { party, first, telephoneId }: Pick<CallOrder, "party" | "first" | "telephoneId">,
): Record<string, unknown> {
  if (party?.kind === "nobody") return party.trial ? testCallFlow(languages) : telephoneTest(languages);
  if (first === "party") return partyFirst(languages, telephoneId);
  const target =
    party?.kind === "telephone" ? party : ({ kind: "number", number: "{{ call.dialledNumber }}" } as const);
  return flowThatCalls(languages, { id: DIALLED_FLOW, name, target });
}

function partyFirst(languages: readonly string[], telephoneId: string): Record<string, unknown> {
  const french = languages[0]?.startsWith("fr") ?? false;
  const named = ({ fr, en }: Texts) => (french ? fr : en);
  const node = (id: string, caption: Texts, type: string, config: object) => ({
    ...{ id, name: named(caption), type, typeVersion: 1, config },
  });
  return {
    formatVersion: 1,
    id: DIALLED_FLOW,
    name: named(name),
    languages: [...languages],
    prompts: {
      pConnecting: { name: "Connecting", texts: {}, builtIn: "transferring" },
      pNobody: { name: "Nobody", texts: {}, builtIn: "nobodyAvailable" },
    },
    entry: "nHello",
    nodes: [
      node("nHello", { fr: "Mise en relation", en: "Putting through" }, "play", {
        ...{ prompt: "pConnecting", bargeIn: false },
      }),
      node("nCall", { fr: "Téléphone de l’opérateur", en: "The operator’s telephone" }, "transfer", {
        ...{ target: { kind: "telephone", telephoneId }, ringMs: TELEPHONE_RING_MS, music: null },
      }),
      node("nNobody", { fr: "Personne", en: "Nobody" }, "hangup", { prompt: "pNobody" }),
    ],
    edges: [
      { from: "nHello", output: "done", to: "nCall" },
      { from: "nCall", output: "busy", to: "nNobody" },
      { from: "nCall", output: "noAnswer", to: "nNobody" },
      { from: "nCall", output: "unreachable", to: "nNobody" },
    ],
  };
}

/** Who picks up hears that their telephone works. */
function telephoneTest(languages: readonly string[]): Record<string, unknown> {
  const works = languages[0]?.startsWith("fr") ? "Téléphone essayé" : "Telephone tried";
  return {
    formatVersion: 1,
    id: DIALLED_FLOW,
    name: works,
    languages: [...languages],
    prompts: { pWorks: { name: "It works", texts: {}, builtIn: "telephoneWorks" } },
    entry: "nWorks",
    nodes: [{ id: "nWorks", name: works, type: "hangup", typeVersion: 1, config: { prompt: "pWorks" } }],
  };
}
