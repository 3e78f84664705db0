import type { OperatorFigures, QueueFigures } from "@cordboard/api";
import type { HalfDay } from "./half-day.ts";
import { type TraceLine, tracesOf } from "./traces-of.ts";

const BUSY = ["ringing", "dialling", "talking", "wrapUp"];

/**
 * The figures counted by hand, as docs/figures.md says them, from nothing but the lines of the traces and what the operators' agents showed:
 * none of the product's own counting is used.
 */
export interface ByHand {
  readonly results: Readonly<Record<string, number>>;
  /** Each visit of a queue, those of one call in their order. */
  readonly visits: readonly VisitByHand[];
  readonly total: QueueFigures;
  readonly queues: Readonly<Record<string, QueueFigures>>;
  readonly slots: Readonly<Record<string, Pick<QueueFigures, "offered" | "answered" | "left" | "abandoned">>>;
  readonly operators: Readonly<Record<string, OperatorFigures>>;
}

/** `wait` in ms. */
export interface VisitByHand {
  readonly callId: string;
  readonly queueId: string;
  readonly how: "waiting" | "answered" | "abandoned" | "shortAbandoned" | "left";
  readonly wait: number;
}

interface Visit extends VisitByHand {
  readonly joined: number;
  readonly talk: number;
  readonly wrapUp: number;
  /** How long each time that the caller was on hold. */
  readonly held: readonly number[];
}

interface Stretch {
  readonly operatorId: string;
  readonly state: string;
  readonly from: number;
  readonly until: number;
  readonly callId: string | null;
  readonly pause: { readonly reason: string; readonly label: string | null } | null;
}

export function byHand(day: HalfDay, { from, until }: { readonly from: number; readonly until: number }): ByHand {
  const stretches = stretchesOf(day);
  const wrapUps = new Map<string | null, Stretch[]>();
  for (const one of stretches)
    if (one.state === "wrapUp") wrapUps.set(one.callId, [...(wrapUps.get(one.callId) ?? []), one]);
  const results: Record<string, number> = {};
  const visits: Visit[] = [];
  const talks: { readonly operatorId: string; readonly at: number; readonly end: number }[] = [];
  const holds: { readonly operatorId: string; readonly ms: number }[] = [];
  const rings: { readonly operatorId: string; readonly from: number; readonly until: number }[] = [];
  for (const { call, lines } of tracesOf(day)) {
    const mine: Visit[] = [];
    const overs = ["ended", "caller.gone"];
    const isOver =
      (...kinds: string[]) =>
      (one: TraceLine) =>
        [...kinds, ...overs].includes(one.kind);
    /** Who talked when in this call, with the visit that it came of: a wrap-up belongs to the last of its operator that began before. */
    const talkedTo: { readonly operatorId: string; readonly at: number; readonly visit: number | null }[] = [];
    let talkedOutside = false;
    const placed = lines.find(({ kind }) => kind === "ringsTelephone");
    for (const [at, line] of lines.entries()) {
      const after = lines.slice(at + 1);
      const accepted = () =>
        String(lines.slice(0, at).findLast(({ kind }) => kind === "offer.accepted")?.details.operatorId);
      if (line.kind === "ringsTelephone" || (line.kind === "rings" && line.details.offerId)) {
        const ended = after.find(isOver("dial.answered", "dial.ended", "telephone.missed"));
        const operatorId = line === placed ? String(line.details.operatorId) : accepted();
        rings.push({ operatorId, from: line.at, until: ended?.at ?? day.now });
      }
      if (line.kind === "dial.answered") {
        const rang = lines.slice(0, at).findLast(({ kind }) => kind === "rings");
        const over = after.find(isOver("dial.ended"))?.at ?? day.now;
        if (placed) talks.push({ operatorId: String(placed.details.operatorId), at: line.at, end: over });
        else if (rang?.details.offerId) {
          talks.push({ operatorId: accepted(), at: line.at, end: over });
          talkedTo.push({ operatorId: accepted(), at: line.at, visit: mine.length - 1 });
        } else talkedOutside = true;
      }
      if (line.kind === "holds") {
        const ms = (after.find(isOver("takesBack", "dial.ended"))?.at ?? day.now) - line.at;
        const talk = talkedTo.at(-1);
        const [operatorId, visit] = [talk?.operatorId ?? "", talk?.visit ?? -1];
        holds.push({ operatorId, ms });
        const held = mine[visit];
        if (held) mine[visit] = { ...held, held: [...held.held, ms] };
      }
      if (line.kind !== "joinsQueue") continue;
      const end = after.find(isOver("dial.answered", "leavesQueue"));
      const wait = (end?.at ?? day.now) - line.at;
      const said = {
        callId: call._id,
        queueId: String(line.details.queueId),
        joined: line.at,
        wait,
        talk: 0,
        wrapUp: 0,
        held: [],
      };
      if (end === undefined) mine.push({ ...said, how: "waiting" });
      else if (end.kind === "leavesQueue") mine.push({ ...said, how: "left" });
      else if (end.kind !== "dial.answered") mine.push({ ...said, how: wait < 5_000 ? "shortAbandoned" : "abandoned" });
      else {
        const over = lines.find((one) => one.seq > end.seq && isOver("dial.ended")(one));
        mine.push({ ...said, how: "answered", talk: (over?.at ?? day.now) - end.at });
      }
    }
    for (const { operatorId, from: since, until: ready } of wrapUps.get(call._id) ?? []) {
      const of = talkedTo.findLast((talk) => talk.operatorId === operatorId && talk.at <= since)?.visit ?? -1;
      const visit = mine[of];
      if (visit) mine[of] = { ...visit, wrapUp: visit.wrapUp + ready - since };
    }
    visits.push(...mine);
    const ended = lines.find(({ kind }) => kind === "ended");
    if (ended) {
      const result = resultOf({ lines, ended, placed: placed !== undefined, talkedOutside, visits: mine });
      results[result] = (results[result] ?? 0) + 1;
    }
  }
  const slots: Record<string, { offered: number; answered: number; left: number; abandoned: number }> = {};
  for (const { joined, how } of visits) {
    const slot = new Date(joined - (joined % 900_000)).toISOString();
    slots[slot] ??= { offered: 0, answered: 0, left: 0, abandoned: 0 };
    slots[slot].offered += 1;
    if (how === "answered" || how === "left" || how === "abandoned") slots[slot][how] += 1;
  }
  const operatorIds = [...new Set(stretches.map(({ operatorId }) => operatorId))];
  return {
    results,
    visits: visits.map(({ callId, queueId, how, wait }) => ({ callId, queueId, how, wait })),
    total: sumUp(visits),
    queues: Object.fromEntries(
      [...new Set(visits.map(({ queueId }) => queueId))].map((queueId) => [
        queueId,
        sumUp(visits.filter((visit) => visit.queueId === queueId)),
      ]),
    ),
    slots,
    operators: Object.fromEntries(
      operatorIds.map((operatorId) => {
        const offers = day.offers.filter((offer) => offer.operatorId === operatorId);
        const talked = talks.filter((talk) => talk.operatorId === operatorId);
        const ms = (...states: string[]) =>
          stretches
            .filter((one) => one.operatorId === operatorId && states.includes(one.state))
            .reduce((sum, one) => sum + Math.min(one.until, until) - Math.max(one.from, from), 0);
        const signedInMs = ms("available", "offered", ...BUSY, "paused");
        const pauses: Record<string, { reason: string; label: string | null; ms: number }> = {};
        for (const one of stretches.filter((time) => time.operatorId === operatorId && time.pause !== null)) {
          const { reason = "", label = null } = one.pause ?? {};
          pauses[`${reason}${label}`] ??= { reason, label, ms: 0 };
          (pauses[`${reason}${label}`] as { ms: number }).ms += one.until - one.from;
        }
        const talkMs = talked.reduce((sum, talk) => sum + talk.end - talk.at, 0);
        return [
          operatorId,
          {
            offered: offers.length,
            accepted: offers.filter(({ state }) => state === "accepted").length,
            refused: offers.filter(({ state }) => state === "refused").length,
            missed: offers.filter(({ state }) => state === "expired").length,
            calls: talked.length,
            talkMs,
            averageTalkMs: talked.length === 0 ? null : Math.round(talkMs / talked.length),
            ...heldOf(holds.filter((hold) => hold.operatorId === operatorId).map((hold) => hold.ms)),
            wrapUpMs: ms("wrapUp"),
            ringMs: rings
              .filter((ring) => ring.operatorId === operatorId)
              .reduce((sum, ring) => sum + ring.until - ring.from, 0),
            signedInMs,
            availableMs: ms("available", "offered"),
            pausedMs: ms("paused"),
            pauses: Object.values(pauses).sort((a, b) => b.ms - a.ms),
            occupancy: ms(...BUSY) / (signedInMs - ms("paused")),
          },
        ];
      }),
    ),
  };
}

/** The first that holds, as docs/figures.md has them in order. */
function resultOf(told: {
  readonly lines: readonly TraceLine[];
  readonly ended: TraceLine;
  readonly placed: boolean;
  readonly talkedOutside: boolean;
  readonly visits: readonly Visit[];
}): string {
  const { lines, ended, placed, talkedOutside, visits } = told;
  const has = (kind: string) => lines.some((line) => line.kind === kind);
  if (visits.some(({ how }) => how === "answered") || (placed && has("dial.answered"))) return "answered";
  if (talkedOutside) return "transferred";
  if (placed) return "unreached";
  if (lines.some(({ details }) => details.result === "promised" || details.result === "already")) return "callback";
  const lastRecords = lines.findLast(({ kind }) => kind === "records");
  const over = lastRecords && lines.find(({ seq, kind }) => seq > lastRecords.seq && SETTLES.includes(kind));
  const said = over?.kind === "record.done" ? over.details.durationMs : ended.at - (lastRecords?.at ?? 0);
  if (has("keepsMessage") || (over && over.kind !== "dropsMessage" && Number(said) >= 1_500)) return "voicemail";
  return visits.at(-1)?.how ?? (ended.details.by === "us" ? "finished" : "hungUp");
}

const SETTLES = ["record.done", "dropsMessage", "ended"];

/** From what the agents were shown, one view after the other. */
function stretchesOf({ views, now }: HalfDay): Stretch[] {
  const found: Stretch[] = [];
  for (const operatorId of new Set(views.map((view) => view.operatorId))) {
    const shown = views.filter((view) => view.operatorId === operatorId);
    for (const [at, view] of shown.entries()) {
      const next = shown.slice(at + 1).find(({ state, since }) => since !== view.since || state !== view.state);
      const before = shown[at - 1];
      const again = before?.state === view.state && before.since === view.since;
      if (view.state === "offline" || again) continue;
      const { state, since: from } = view;
      const callId = view.call?.callId ?? view.offer?.callId ?? null;
      found.push({ operatorId, state, from, until: next?.since ?? now, callId, pause: view.pause });
    }
  }
  return found;
}

function sumUp(visits: readonly Visit[]): QueueFigures {
  const count = (how: Visit["how"]) => visits.filter((visit) => visit.how === how).length;
  const over = visits.filter(({ how }) => ["answered", "abandoned", "left"].includes(how));
  const answered = visits.filter(({ how }) => how === "answered");
  const inTime = answered.filter(({ wait }) => wait <= 20_000).length;
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : Math.round(values.reduce((a, b) => a + b, 0) / values.length);
  return {
    offered: visits.length,
    answered: answered.length,
    abandoned: count("abandoned"),
    shortAbandoned: count("shortAbandoned"),
    left: count("left"),
    waiting: count("waiting"),
    answeredInTime: inTime,
    serviceLevel: over.length === 0 ? null : inTime / over.length,
    averageAnswerMs: mean(answered.map(({ wait }) => wait)),
    averageWaitMs: mean(over.map(({ wait }) => wait)),
    longestWaitMs: visits.length === 0 ? null : Math.max(...visits.map(({ wait }) => wait)),
    talkMs: answered.reduce((sum, { talk }) => sum + talk, 0),
    averageTalkMs: mean(answered.map(({ talk }) => talk)),
    ...heldOf(answered.flatMap(({ held }) => held)),
    wrapUpMs: answered.reduce((sum, { wrapUp }) => sum + wrapUp, 0),
    averageWrapUpMs: mean(answered.map(({ wrapUp }) => wrapUp)),
  };
}

/** Nothing is said of it where nobody was on hold. */
function heldOf(held: readonly number[]): { readonly holds?: number; readonly heldMs?: number } {
  return held.length === 0 ? {} : { holds: held.length, heldMs: held.reduce((sum, ms) => sum + ms, 0) };
}
