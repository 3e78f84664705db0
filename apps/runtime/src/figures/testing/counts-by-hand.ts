import type { HalfDay } from "./half-day.ts";
import { type TraceLine, tracesOf } from "./traces-of.ts";

type Counts = Readonly<Record<string, number>>;

/** What reports count beside visits and operators' times, by hand: from the lines of the traces, and what operators' agents showed. */
export interface CountsByHand {
  /** By queue: what became of the callbacks that were promised in it. */
  readonly promises: Readonly<Record<string, Counts>>;
  /** Messages that were left after waiting in a queue. */
  readonly messages: Counts;
  readonly allMessages: number;
  /** By operator: callers passed on. */
  readonly passedOn: Counts;
  /** By `operator|kind|to` or `flow|number|to`: made and reached. */
  readonly transfers: Readonly<Record<string, { readonly made: number; readonly reached: number }>>;
  /** By `flow|version|node|output`. */
  readonly choices: Counts;
  /** By `flow|version|node`. */
  readonly exits: Counts;
  /** By `queue|outcome`. */
  readonly outcomes: Counts;
}

interface Promised {
  readonly at: number;
  readonly number: string;
  readonly queueId: string;
}

const more = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** `attempts`: how often a number is rung before a callback is given up. */
export function countsByHand(day: HalfDay, { attempts }: { readonly attempts: number }): CountsByHand {
  const messages: Record<string, number> = {};
  const passedOn: Record<string, number> = {};
  const choices: Record<string, number> = {};
  const exits: Record<string, number> = {};
  const transfers: Record<string, { made: number; reached: number }> = {};
  const outcomes: Record<string, number> = {};
  const promised: Promised[] = [];
  /** What speaks for or against a promise: when, to which number, in which queue. */
  const ends: (Promised & { readonly how: "kept" | "failed" | "calledIn" })[] = [];
  const noted = new Map<string, Set<string>>();
  for (const { callId, outcome } of notedBy(day.views))
    noted.set(callId, (noted.get(callId) ?? new Set()).add(outcome));
  let allMessages = 0;

  for (const { call, lines } of tracesOf(day)) {
    let flow = `${call.flowId}|${call.flowVersionId}`;
    let node = "";
    let queueId: string | null = null;
    let inLine = false;
    let answeredBy: string | null = null;
    let talked = false;
    let wasPassedOn = false;
    let recordingSince: number | null = null;
    const leaves = () => {
      allMessages += 1;
      if (queueId !== null) more(messages, queueId);
    };
    for (const [at, line] of lines.entries()) {
      const { kind, details } = line;
      const [before, after] = [lines[at - 1], lines.slice(at + 1)];
      if (kind === "moved") {
        if (before?.kind === "input.digits" && before.nodeId === line.nodeId)
          more(choices, `${flow}|${line.nodeId}|${details.output}`);
        if (details.to) node = String(details.to);
      }
      if (kind === "joinsQueue") [queueId, inLine] = [String(details.queueId), true];
      if (kind === "leavesQueue") inLine = false;
      if (kind === "dial.answered") {
        talked = true;
        if (inLine) answeredBy = queueId;
        inLine = false;
        if (call.direction === "inbound" && answeredBy !== null && answeredBy === queueId && !call.hidden)
          ends.push({ at: line.at, number: String(call.from), queueId: answeredBy, how: "calledIn" });
      }
      if (kind === "promisesCallback" && after[0]?.details.result === "promised")
        promised.push({ at: line.at, number: e164(String(details.number)), queueId: String(details.queueId) });
      if (kind === "records") recordingSince = line.at;
      if (kind === "dropsMessage") recordingSince = null;
      if (kind === "keepsMessage") {
        recordingSince = null;
        leaves();
      }
      if (kind === "passedOn") {
        wasPassedOn = true;
        more(passedOn, String(details.operatorId));
        const next = after.findIndex((later) => later.kind === "passedOn");
        const then = next === -1 ? after : after.slice(0, next);
        transfer(`operator|${details.kind}|${details.to}`, then);
        [flow, node] = [details.kind === "flow" ? `${details.to}|` : "pass-on|", ""];
      }
      if (kind === "rings" && call.direction === "inbound" && !details.offerId && !wasPassedOn) {
        const end = after.findIndex((later) => later.kind === "dial.ended");
        transfer(`flow|number|${details.target}`, end === -1 ? after : after.slice(0, end));
      }
    }
    const end = lines.find(({ kind }) => kind === "ended");
    if (end && recordingSince !== null) {
      const done = lines.findLast(({ kind }) => kind === "record.done");
      const inIt = done !== undefined && done.at >= recordingSince ? done.details.durationMs : end.at - recordingSince;
      if (Number(inIt) >= 1_500) leaves();
    }
    if (call.direction === "inbound" && end?.details.by === "caller" && !talked) more(exits, `${flow}|${node}`);
    if (call.direction === "outbound") {
      const [began] = lines;
      queueId = String(began?.details.queueId);
      const of = { number: String(call.to), queueId };
      const answered = lines.find(({ kind }) => kind === "dial.answered");
      if (answered) ends.push({ ...of, at: answered.at, how: "kept" });
      else if (end && lines.some(({ kind }) => kind === "dial.ended")) ends.push({ ...of, at: end.at, how: "failed" });
    }
    for (const outcome of noted.get(call._id) ?? []) more(outcomes, `${answeredBy ?? queueId}|${outcome}`);
  }

  function transfer(key: string, then: readonly TraceLine[]): void {
    transfers[key] ??= { made: 0, reached: 0 };
    transfers[key].made += 1;
    if (then.some(({ kind }) => kind === "dial.answered")) transfers[key].reached += 1;
  }

  return {
    ...{ messages, allMessages, passedOn, transfers, choices, exits, outcomes },
    promises: promisesOf(promised, ends, attempts),
  };
}

/** What came of each promise first: it was kept, its caller called in, or its number was rung in vain as often as was stated. */
function promisesOf(
  promised: readonly Promised[],
  ends: readonly (Promised & { readonly how: "kept" | "failed" | "calledIn" })[],
  attempts: number,
): Record<string, Counts> {
  const queues: Record<string, Record<string, number>> = {};
  for (const { at, number, queueId } of promised) {
    const ofThis = (one: Promised) => one.number === number && one.queueId === queueId && one.at > at;
    const again = promised.filter(ofThis).reduce((first, one) => Math.min(first, one.at), Number.POSITIVE_INFINITY);
    const theirs = ends.filter((one) => ofThis(one) && one.at < again).sort((a, b) => a.at - b.at);
    let failed = 0;
    const last = theirs.find(({ how }) => {
      if (how === "failed") failed += 1;
      return how !== "failed" || failed === attempts;
    });
    const figure = { kept: "promisesKept", failed: "promisesGivenUp", calledIn: "promisesCalledIn" };
    queues[queueId] ??= {};
    more(queues[queueId], "promised");
    more(queues[queueId], last ? figure[last.how] : "promisesOpen");
  }
  return queues;
}

/** What operators' agents showed last as what they had noted, of each conversation. */
function notedBy(views: HalfDay["views"]): Iterable<{ readonly callId: string; readonly outcome: string }> {
  const last = new Map<string, { readonly callId: string; readonly outcome: string }>();
  for (const { call } of views)
    if (call?.outcome) last.set(call.offerId ?? call.callId, { callId: call.callId, outcome: call.outcome });
  return last.values();
}

const e164 = (number: string): string => (number.startsWith("0") ? `+33${number.slice(1)}` : number);
