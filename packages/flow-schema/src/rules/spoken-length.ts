import type { TimedPhase } from "../finding.ts";
import type { FlowDocument } from "../flow-document.ts";
import type { Phase } from "../way-out.ts";

/** A calm voice reads about fifteen characters a second. */
const MS_PER_CHARACTER = 65;
const SHORTEST_MS = 1_000;
/** What is recorded, or ships with the product, where no text tells its length. */
const UNKNOWN_MS = 3_000;
/** Until the other one hangs up, where two people talk. */
const TALK_MS = 60_000;

/** How long a prompt of the flow lasts, estimated from the longest of its texts; milliseconds. */
function spokenLength(document: FlowDocument, promptId: string): number {
  const prompt = Object.hasOwn(document.prompts, promptId) ? document.prompts[promptId] : undefined;
  const characters = Math.max(0, ...Object.values(prompt?.texts ?? {}).map((text) => text.length));
  return characters === 0 ? UNKNOWN_MS : Math.max(SHORTEST_MS, characters * MS_PER_CHARACTER);
}

/** How long a phase lasts in a flow, milliseconds. */
function phaseMs(document: FlowDocument, phase: Phase): number {
  if ("says" in phase) return phase.builtIn ? UNKNOWN_MS : spokenLength(document, phase.says);
  if ("silentMs" in phase) return phase.silentMs;
  if ("musicMs" in phase) return phase.musicMs;
  if ("speaksMs" in phase) return phase.speaksMs;
  return "talks" in phase ? TALK_MS : 0;
}

export function timed(document: FlowDocument, phases: readonly Phase[]): readonly TimedPhase[] {
  return phases.map((phase) => ({ ...phase, ms: phaseMs(document, phase) }));
}

export function totalMs(document: FlowDocument, phases: readonly Phase[]): number {
  return phases.reduce((sum, phase) => sum + phaseMs(document, phase), 0);
}
