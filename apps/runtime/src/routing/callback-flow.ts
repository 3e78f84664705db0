import type { Texts } from "@cordboard/api";
import type { CalledParty } from "../ports/index.ts";

/** The id of the flow of the calls that make callbacks; nobody draws it. */
export const CALLBACK_FLOW = "callback-to-number";

/** How long the number rings. */
const NUMBER_RING_MS = 40_000;

/**
 * What an operator hears who has picked up for a callback: music while the number rings, the person; or why nobody answered, and the end.
 */
export function callbackFlow(languages: readonly string[]): Record<string, unknown> {
  return flowThatCalls(languages, {
    ...{ id: CALLBACK_FLOW, name: { fr: "Rappel", en: "Callback" } },
    target: { kind: "number", number: "{{ call.dialledNumber }}" },
  });
}

/** A flow that calls somebody for whoever is on the line, and says why where nobody answered. */
export function flowThatCalls(
  languages: readonly string[],
  {
    id,
    name,
    target,
  }: { readonly id: string; readonly name: Texts; readonly target: Exclude<CalledParty, { kind: "nobody" }> },
): Record<string, unknown> {
  const french = languages[0]?.startsWith("fr") ?? false;
  const named = ({ fr, en }: Texts) => (french ? fr : en);
  const prompt = (name: string, builtIn: string) => ({ name, texts: {}, builtIn });
  const node = (id: string, name: Texts, type: string, config: object) => ({
    ...{ id, name: named(name), type, typeVersion: 1, config },
  });
  return {
    formatVersion: 1,
    id,
    name: named(name),
    languages: [...languages],
    prompts: {
      pBusy: prompt("Busy", "numberBusy"),
      pSilent: prompt("No answer", "nobodyAnswers"),
      pUnreachable: prompt("Unreachable", "numberUnreachable"),
    },
    entry: "nCall",
    nodes: [
      node("nCall", { fr: "Appel du numéro", en: "Call the number" }, "transfer", {
        target,
        ringMs: NUMBER_RING_MS,
        music: null,
      }),
      node("nBusy", { fr: "Occupé", en: "Busy" }, "hangup", { prompt: "pBusy" }),
      node("nSilent", { fr: "Pas de réponse", en: "No answer" }, "hangup", { prompt: "pSilent" }),
      node("nUnreachable", { fr: "Injoignable", en: "Unreachable" }, "hangup", { prompt: "pUnreachable" }),
    ],
    edges: [
      { from: "nCall", output: "busy", to: "nBusy" },
      { from: "nCall", output: "noAnswer", to: "nSilent" },
      { from: "nCall", output: "unreachable", to: "nUnreachable" },
    ],
  };
}
