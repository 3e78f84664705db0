import type { Texts } from "@cordboard/api";
import type { CallOrder } from "../ports/index.ts";
import { alarmFlow } from "./alarm-flow.ts";
import { afterHello, flowThatCalls, recordingNotice } from "./callback-flow.ts";
import { testCallFlow } from "./test-call-flow.ts";

/** The id of the flow of the calls that operators dial; nobody draws it. */
export const DIALLED_FLOW = "dialled-call";

/** The id of the flow of the calls by which supervisors come into conversations. */
export const LISTENING_FLOW = "listening";

const name: Texts = { fr: "Appel composé", en: "Dialled call" };

/** How long the operator's telephone rings for whoever has picked up first. */
const TELEPHONE_RING_MS = 30_000;

/**
 * What is heard in a call that an operator dialled. The operator first: music while the other side rings, or why nobody answered. The other
 * side first: who picks up hears that they are being put through, and music, while the operator's telephone rings.
 */
export function dialledFlow(
  languages: readonly string[],
  {
    party,
    first,
    telephoneId,
    tellsOfRecording = false,
  }: Pick<CallOrder, "party" | "first" | "telephoneId"> & { readonly tellsOfRecording?: boolean },
): Record<string, unknown> {
  if (party?.kind === "conversation") return listeningFlow(languages);
  if (party?.kind === "alarm") return alarmFlow(languages, party);
  if (party?.kind === "nobody") return party.trial ? testCallFlow(languages) : telephoneTest(languages);
  if (first === "party") return partyFirst(languages, telephoneId, tellsOfRecording);
  const target =
    party?.kind === "telephone" ? party : ({ kind: "number", number: "{{ call.dialledNumber }}" } as const);
  return flowThatCalls(languages, { id: DIALLED_FLOW, name, target });
}

function partyFirst(
  languages: readonly string[],
  telephoneId: string,
  tellsOfRecording: boolean,
): Record<string, unknown> {
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
      ...(tellsOfRecording ? [recordingNotice(french)] : []),
      node("nCall", { fr: "Téléphone de l’opérateur", en: "The operator’s telephone" }, "transfer", {
        ...{ target: { kind: "telephone", telephoneId }, ringMs: TELEPHONE_RING_MS, music: null },
      }),
      node("nNobody", { fr: "Personne", en: "Nobody" }, "hangup", { prompt: "pNobody" }),
    ],
    edges: [
      ...afterHello(tellsOfRecording),
      { from: "nCall", output: "busy", to: "nNobody" },
      { from: "nCall", output: "noAnswer", to: "nNobody" },
      { from: "nCall", output: "unreachable", to: "nNobody" },
    ],
  };
}

/** By its name the call of a supervisor is known. It is never begun: who picks up comes into the conversation of another call. */
function listeningFlow(languages: readonly string[]): Record<string, unknown> {
  const name = languages[0]?.startsWith("fr") ? "Écoute d’une conversation" : "Listening to a conversation";
  return {
    formatVersion: 1,
    id: LISTENING_FLOW,
    name,
    languages: [...languages],
    prompts: {},
    entry: "nListens",
    nodes: [{ id: "nListens", name, type: "hangup", typeVersion: 1, config: { prompt: null } }],
    edges: [],
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
