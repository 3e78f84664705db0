import { type Details, type FoundPath, fill, type PathMove, type Sentence, type TimedPhase } from "../finding.ts";
import type { Circumstance, Phase } from "../way-out.ts";
import type { Exit, FlowGraph, GraphNode } from "./flow-graph.ts";
import en from "./path-words.en.json" with { type: "json" };
import fr from "./path-words.fr.json" with { type: "json" };
import { timed } from "./spoken-length.ts";

/** A step of a walk: the node that was left, by which way, and the step before. Walks share their beginnings. */
export interface Step {
  readonly place: number;
  readonly exit: Exit;
  readonly before: Step | null;
  /** How many steps there are, with this one. */
  readonly length: number;
}

/** One step more of a walk. */
export function stepOn(before: Step | null, place: number, exit: Exit): Step {
  return { place, exit, before, length: (before?.length ?? 0) + 1 };
}

type Word = keyof typeof en;

/** Nobody reads on in a longer one: so many things from its beginning, and so many from its end. */
const MOST_FIRST = 4;
const MOST_LAST = 3;
/** A pause that nobody notices is not told. */
const SHORTEST_MS = 1_000;

/** What a path comes to, in a sentence: `time` and `node` (the last one) are filled in. */
export interface Outcome {
  readonly word: Word;
  readonly details?: Details;
}

interface LastStay {
  readonly place: number;
  readonly phases: readonly Phase[];
  readonly needs?: Circumstance;
  /** The output by which it leaves to nowhere. */
  readonly output?: string;
}

export interface PathMaker {
  /** The path along these steps and then in the last node. `slow`: as slowly as each node allows. */
  make(steps: Step | null, last: LastStay, outcome: Outcome, options?: { readonly slow?: boolean }): FoundPath;
}

/** `closedAt`: a moment at which a schedule is closed, where that is known. */
export function createPathMaker(graph: FlowGraph, closedAt: ReadonlyMap<string, string> = new Map()): PathMaker {
  const { document, nodes } = graph;

  /** Ways share their moves: a node that a hundred ways lead through is told once. */
  const known = { quick: new Map<Exit, Told>(), slow: new Map<Exit, Told>() };

  function told(place: number, output: string | null, phases: readonly Phase[], needs: Circumstance | undefined): Told {
    const node = nodes[place];
    const move = { node: node?.node.id ?? "", output, phases: timed(document, phases), needs: needs ?? null };
    return { move, ms: lengthOf(move.phases), parts: partsOf(move, node) };
  }

  function toldOf({ place, exit }: Step, pace: keyof typeof known): Told {
    const before = known[pace].get(exit);
    if (before) return before;
    const { way, output } = exit;
    const phases = (pace === "slow" ? way?.slowest : undefined) ?? way?.phases ?? [];
    const made = told(place, output, phases, way?.needs);
    known[pace].set(exit, made);
    return made;
  }

  return {
    make(steps, last, outcome, { slow = false } = {}) {
      const all: Told[] = [told(last.place, last.output ?? null, last.phases, last.needs)];
      for (let at = steps; at !== null; at = at.before) all.push(toldOf(at, slow ? "slow" : "quick"));
      all.reverse();
      const moves = all.map(({ move }) => move);
      const startAt = startOf(moves, closedAt);
      const name = nodes[last.place]?.node.name ?? "";
      return { startAt, moves, sentence: sentenceOf(all, name, startAt, outcome) };
    },
  };
}

/** A move, how long it lasts, and what there is to say of it. */
interface Told {
  readonly move: PathMove;
  readonly ms: number;
  readonly parts: readonly Sentence[];
}

function startOf(moves: readonly PathMove[], closedAt: ReadonlyMap<string, string>): string | null {
  if (closedAt.size === 0) return null;
  const closed = moves.find(({ needs }) => needs !== null && "schedule" in needs && needs.is === "closed")?.needs;
  return (closed && "schedule" in closed ? closedAt.get(closed.schedule) : undefined) ?? null;
}

const both = (word: Word, details: Details = {}): Sentence => ({
  fr: fill(fr[word], details, "fr"),
  en: fill(en[word], details, "en"),
});

function sentenceOf(all: readonly Told[], last: string, startAt: string | null, { word, details }: Outcome): Sentence {
  const parts = [...(startAt === null ? [] : [both(weekdayOf(startAt))]), ...shownOf(all)];
  if (parts.length === 0) parts.push(both("atOnce"));
  const time = timeText(all.reduce((sum, { ms }) => sum + ms, 0));
  const end = both(word, { node: last, time, ...details });
  const joined = (language: keyof Sentence) => parts.map((part) => part[language]).join(", ");
  return { fr: `${capital(joined("fr"))} : ${end.fr}.`, en: `${capital(joined("en"))}: ${end.en}.` };
}

/** The first things that happen and the last ones; what is in between, in a long way, is left out. */
function shownOf(all: readonly Told[]): readonly Sentence[] {
  const first: Sentence[] = [];
  let from = 0;
  while (from < all.length && first.length < MOST_FIRST) first.push(...(all[from++]?.parts ?? []));
  const last: Sentence[] = [];
  let to = all.length;
  while (to > from && last.length < MOST_LAST) last.unshift(...(all[--to]?.parts ?? []));
  const between = all.slice(from, to).some(({ parts }) => parts.length > 0);
  return [...first, ...(between ? [{ fr: "…", en: "…" }] : []), ...last];
}

function partsOf({ output, phases, needs }: PathMove, node: GraphNode | undefined): readonly Sentence[] {
  const name = node?.node.name ?? "";
  const circumstance = needs === null ? null : wordOf(needs);
  if (circumstance !== null) return [both(circumstance, { node: name }), ...doings(phases)];
  const chooses = output !== null && phases.length === 0 && (node?.outputs.length ?? 0) > 1;
  return chooses ? [both("leaves", { node: name, output })] : doings(phases);
}

/** What the caller does in a node, each kind of thing that follows on itself once. */
function doings(phases: readonly TimedPhase[]): readonly Sentence[] {
  const parts: Sentence[] = [];
  let silent = 0;
  const told = () => {
    if (silent >= SHORTEST_MS) parts.push(both("silent", { time: timeText(silent) }));
    silent = 0;
  };
  for (const phase of phases) {
    if ("silentMs" in phase) silent += phase.ms;
    else if ("says" in phase) continue;
    else {
      told();
      if ("keys" in phase) parts.push(both("presses", { keys: phase.keys }));
      else if ("musicMs" in phase) parts.push(both("waits", { time: timeText(phase.ms) }));
      else parts.push(both("speaksMs" in phase ? "speaks" : "talks"));
    }
  }
  told();
  return parts;
}

function wordOf(needs: Circumstance): Word | null {
  if ("schedule" in needs) return needs.is;
  if ("queue" in needs) return needs.is;
  if ("rung" in needs)
    return ({ answers: null, busy: "busy", silent: "noAnswer", unreachable: "unreachable" } as const)[needs.is];
  if ("system" in needs) return needs.system === "answers" ? null : "system";
  return "contacts" in needs ? "unknownCaller" : null;
}

/** The day of a moment as it is written, at the place of the company. */
function weekdayOf(iso: string): Word {
  const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
  return days[new Date(`${iso.slice(0, 10)}T12:00:00Z`).getUTCDay()] ?? "monday";
}

function lengthOf(phases: readonly TimedPhase[]): number {
  return phases.reduce((sum, { ms }) => sum + ms, 0);
}

/** `34 s`, `5 min 30 s`: the same in both languages. */
export function timeText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
