import type { Texts } from "@cordboard/api";
import { REFUSE_KEY } from "../calls/recording-plan.ts";
import type { CalledParty } from "../ports/index.ts";
import { settingsToBeginWith } from "./one-queue.ts";

/** The id of the flow of the calls that make callbacks; nobody draws it. */
export const CALLBACK_FLOW = "callback-to-number";

/** How long the number rings. */
const NUMBER_RING_MS = 40_000;

export interface CallbackRoute {
  readonly first?: "operator" | "party";
  readonly telephoneId: string;
  readonly queueId: string | null;
  readonly tellsOfRecording?: boolean;
}

/** How long the operator's telephone rings for a person who has picked up. */
const TELEPHONE_RING_MS = 25_000;

/** What is heard in a call that makes a callback, by whoever is rung first. */
export function flowOfCallback(languages: readonly string[], route: CallbackRoute) {
  const { first, telephoneId, queueId, tellsOfRecording = false } = route;
  return first === "party" && queueId !== null
    ? callerFirstFlow(languages, { telephoneId, queueId, tellsOfRecording })
    : callbackFlow(languages);
}

/**
 * The person first: they hear who calls and why, and music while the telephone of the operator who has accepted rings. Where that is not
 * answered, they wait first in line; where nobody is there any more, they hear that they are called again: their promise is still open.
 */
function callerFirstFlow(
  languages: readonly string[],
  { telephoneId, queueId, tellsOfRecording }: { telephoneId: string; queueId: string; tellsOfRecording: boolean },
): Record<string, unknown> {
  const french = languages[0]?.startsWith("fr") ?? false;
  const named = ({ fr, en }: Texts) => (french ? fr : en);
  const node = (id: string, caption: Texts, type: string, config: object) => ({
    ...{ id, name: named(caption), type, typeVersion: 1, config },
  });
  const wait = { ...settingsToBeginWith("hunt", 1), queue: queueId, maxWaitMs: null, leaveWhenUnstaffed: true };
  return {
    formatVersion: 1,
    id: CALLBACK_FLOW,
    name: named({ fr: "Rappel", en: "Callback" }),
    languages: [...languages],
    prompts: {
      pHello: { name: "Hello", texts: {}, builtIn: "callbackHello" },
      pAgain: { name: "Called again", texts: {}, builtIn: "callbackAgain" },
    },
    entry: "nHello",
    nodes: [
      node("nHello", { fr: "Accueil", en: "Greeting" }, "play", { prompt: "pHello", bargeIn: false }),
      ...(tellsOfRecording ? [recordingNotice(french)] : []),
      node("nCall", { fr: "Téléphone de l’opérateur", en: "The operator’s telephone" }, "transfer", {
        ...{ target: { kind: "telephone", telephoneId }, ringMs: TELEPHONE_RING_MS, music: null },
      }),
      node("nWait", { fr: "En tête de file", en: "First in line" }, "hunt", wait),
      node("nAgain", { fr: "On rappellera", en: "To be called again" }, "hangup", { prompt: "pAgain" }),
    ],
    edges: [
      ...afterHello(tellsOfRecording),
      { from: "nCall", output: "busy", to: "nWait" },
      { from: "nCall", output: "noAnswer", to: "nWait" },
      { from: "nCall", output: "unreachable", to: "nWait" },
      { from: "nWait", output: "unstaffed", to: "nAgain" },
    ],
  };
}

/** The step in which whoever was rung first hears that the conversation may be recorded, and may refuse. */
export function recordingNotice(french: boolean): Record<string, unknown> {
  const config = { record: true, notice: true, noticePrompt: null, refuseKey: REFUSE_KEY, refusedPrompt: null };
  const name = french ? "Annonce de l’enregistrement" : "Told of the recording";
  return { id: "nNotice", name, type: "record", typeVersion: 1, config };
}

/** From the greeting of whoever was rung first to the operator's telephone. */
export function afterHello(tellsOfRecording: boolean): readonly object[] {
  if (!tellsOfRecording) return [{ from: "nHello", output: "done", to: "nCall" }];
  return [
    { from: "nHello", output: "done", to: "nNotice" },
    { from: "nNotice", output: "done", to: "nCall" },
    { from: "nNotice", output: "refused", to: "nCall" },
  ];
}

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
  }: {
    readonly id: string;
    readonly name: Texts;
    readonly target: Exclude<CalledParty, { kind: "nobody" | "conversation" | "alarm" }>;
  },
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
