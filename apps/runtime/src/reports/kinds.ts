import type { ReportColumn, ReportName } from "@cordboard/api";
import { answers } from "./answer-sums.ts";
import { emptyRow, type ReportKind, type RowSums } from "./report-kind.ts";
import type { Sums } from "./sums.ts";
import { add, addTally, type Tally } from "./tally.ts";
import { percentiles, within } from "./waits.ts";

const rowOf = (rows: Map<string, RowSums>, id: string): RowSums => {
  const known = rows.get(id) ?? emptyRow();
  rows.set(id, known);
  return known;
};

const count = (id: string): ReportColumn => ({ id, kind: "count" });
const ms = (id: string): ReportColumn => ({ id, kind: "ms" });
const share = (id: string): ReportColumn => ({ id, kind: "share" });
const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const mean = (sum: number, of: number) => (of === 0 ? null : Math.round(sum / of));

const queues: ReportKind = {
  reads: "queues",
  rows: (sums, { goalOf }) =>
    new Map(
      Object.entries(sums.queues).map(([queueId, { sums, longestMs, answeredIn }]) => {
        const own = { sums: { ...sums }, longestMs, answeredIn };
        add(own.sums, "answeredInTime", within(answeredIn, goalOf(queueId)));
        return [queueId, own];
      }),
    ),
  columns: () => [
    ...["offered", "answered", "handedOver", "abandoned", "shortAbandoned", "left", "waiting", "overflowed"].map(count),
    ...[count("answeredInTime"), share("serviceLevel"), share("abandonedShare")],
    ...["averageAnswerMs", "medianAnswerMs", "answer90Ms", "answer95Ms", "averageWaitMs", "averageAbandonMs"].map(ms),
    ...["longestWaitMs", "talkMs", "averageTalkMs", "wrapUpMs", "averageWrapUpMs"].map(ms),
    ...[count("holds"), ms("heldMs")],
    ...["promised", "promisesKept", "promisesGivenUp", "promisesCalledIn", "promisesCancelled", "promisesOpen"].map(
      count,
    ),
    count("messages"),
  ],
  figures: ({ sums, longestMs, answeredIn }) => {
    const of = (name: string) => sums[name] ?? 0;
    const [medianAnswerMs = null, answer90Ms = null, answer95Ms = null] = percentiles(answeredIn, [0.5, 0.9, 0.95]);
    const served = of("answered") + of("abandoned") + of("left");
    return {
      ...only(sums, ["offered", "answered", "handedOver", "abandoned", "shortAbandoned"]),
      ...only(sums, ["left", "waiting", "overflowed"]),
      answeredInTime: of("answeredInTime"),
      serviceLevel: ratio(of("answeredInTime"), served),
      abandonedShare: ratio(of("abandoned"), served),
      averageAnswerMs: mean(of("answerMs"), of("answered")),
      ...{ medianAnswerMs, answer90Ms, answer95Ms },
      averageWaitMs: mean(of("waitMs"), served),
      averageAbandonMs: mean(of("abandonMs"), of("abandoned")),
      longestWaitMs: of("offered") === 0 ? null : longestMs,
      talkMs: of("talkMs"),
      averageTalkMs: mean(of("talkMs"), of("answered") - of("handedOver")),
      wrapUpMs: of("wrapUpMs"),
      averageWrapUpMs: mean(of("wrapUpMs"), of("answered")),
      ...only(sums, ["holds", "heldMs"]),
      ...only(sums, ["promised", "promisesKept", "promisesGivenUp", "promisesCalledIn", "promisesCancelled"]),
      ...only(sums, ["promisesOpen", "messages"]),
    };
  },
};

const PAUSE = "pause.";

const operators: ReportKind = {
  reads: "operators",
  rows: (sums) =>
    new Map(Object.entries(sums.operators).map(([operatorId, tally]) => [operatorId, { ...emptyRow(), sums: tally }])),
  columns: ({ sums }) => [
    ...["offered", "accepted", "refused", "missed", "calls", "handedOver", "passedOn", "holds"].map(count),
    ...[
      "talkMs",
      "averageTalkMs",
      "heldMs",
      "ringMs",
      "wrapUpMs",
      "signedInMs",
      "availableMs",
      "busyMs",
      "pausedMs",
    ].map(ms),
    share("occupancy"),
    ...pausesOf(sums).map((id): ReportColumn => ({ ...ms(id), name: id.slice(PAUSE.length) })),
  ],
  figures: ({ sums }, of) => {
    const pausedMs = pausesOf(sums).reduce((all, id) => all + (sums[id] ?? 0), 0);
    const signedInMs = sums.signedInMs ?? 0;
    return {
      ...only(sums, ["offered", "accepted", "refused", "missed", "calls", "handedOver", "passedOn", "talkMs"]),
      averageTalkMs: mean(sums.talkMs ?? 0, (sums.calls ?? 0) - (sums.handedOver ?? 0)),
      ...only(sums, ["holds", "heldMs", "ringMs", "wrapUpMs", "signedInMs", "availableMs", "busyMs"]),
      pausedMs,
      occupancy: ratio(sums.busyMs ?? 0, signedInMs - pausedMs),
      ...only(sums, pausesOf(of.sums)),
    };
  },
};

/** The longest first. */
const pausesOf = (sums: Tally): string[] =>
  Object.keys(sums)
    .filter((id) => id.startsWith(PAUSE))
    .sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0) || a.localeCompare(b));

/** Every result that a call can have: with `running`, each call is in one of them. */
const results = [
  ...["answered", "transferred", "callback", "voicemail", "abandoned", "shortAbandoned", "left"],
  ...["finished", "hungUp", "notServed", "unreached", "failed", "lost"],
];

const calls = (idOf: (key: readonly string[]) => string | null): ReportKind => ({
  reads: "calls",
  rows: (sums) => {
    const rows = new Map<string, RowSums>();
    for (const [key, tally] of Object.entries(sums.calls)) {
      const id = idOf(key.split("|"));
      if (id !== null) addTally(rowOf(rows, id).sums, tally);
    }
    return rows;
  },
  columns: () => [
    ...["calls", "running", ...results].map(count),
    ...["averageDurationMs", "averageWaitMs", "talkMs"].map(ms),
    count("messages"),
  ],
  figures: ({ sums }) => ({
    ...only(sums, ["calls", "running", ...results]),
    averageDurationMs: mean(sums.durationMs ?? 0, sums.calls ?? 0),
    averageWaitMs: mean(sums.waitMs ?? 0, sums.calls ?? 0),
    ...only(sums, ["talkMs", "messages"]),
  }),
});

const counts = (tallyOf: (sums: Sums) => Tally): ReportKind => ({
  reads: "counts",
  rows: (sums) =>
    new Map(Object.entries(tallyOf(sums)).map(([id, times]) => [id, { ...emptyRow(), sums: { count: times } }])),
  columns: () => [count("count"), share("share")],
  figures: ({ sums }, of) => ({ ...only(sums, ["count"]), share: ratio(sums.count ?? 0, of.sums.count ?? 0) }),
});

const transfers: ReportKind = {
  reads: "counts",
  rows: (sums) => new Map(Object.entries(sums.transfers).map(([id, tally]) => [id, { ...emptyRow(), sums: tally }])),
  columns: () => [count("made"), count("reached"), share("reachedShare")],
  figures: ({ sums }) => ({
    ...only(sums, ["made", "reached"]),
    reachedShare: ratio(sums.reached ?? 0, sums.made ?? 0),
  }),
};

export const reportKinds: Readonly<Record<ReportName, ReportKind>> = {
  queues,
  operators,
  // A call that came to no line of the company's, or was placed for a callback, has none.
  lines: calls(([lineId = ""]) => lineId),
  flows: calls(([, , flowId = ""]) => flowId),
  versions: calls(([, , flowId = "", versionId = ""]) => `${flowId}|${versionId}`),
  outcomes: counts(({ outcomes }) => outcomes),
  transfers,
  choices: counts(({ choices }) => choices),
  exits: counts(({ exits }) => exits),
  answers,
};

function only(sums: Tally, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, sums[name] ?? 0]));
}
