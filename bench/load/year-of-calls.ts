import { callCentreCollections } from "../../apps/runtime/src/call-centre/index.ts";
import { callRecordCollection, type StoredCallRecord } from "../../apps/runtime/src/call-records/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AT_ONCE = 1_000;
const SHARE_ANSWERED = 0.8;

export interface Year {
  readonly companyId: string;
  readonly queueIds: readonly string[];
  readonly operatorIds: readonly string[];
  /** The beginning of the first day, UTC ms. */
  readonly from: number;
  readonly days: number;
  readonly records: number;
}

/** A sequence of numbers from 0 to 1 that is the same each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writes the records of so many calls, from eight to eight on each day, and what operators did: a stretch of talk and of wrap-up for each conversation. */
export async function writeYear(connection: Parameters<typeof callRecordCollection>[0], year: Year): Promise<void> {
  const stored = callRecordCollection(connection);
  const { shiftTimes } = callCentreCollections(connection);
  // Of the records' indexes those that reports read by: the others are what the list of calls is searched by.
  await stored.createIndex({ companyId: 1, startedAt: -1, _id: -1 });
  await stored.createIndex({ companyId: 1, endedAt: 1, _id: 1 });
  for (const { calls, times } of callsOfYear(year)) {
    await stored.insertMany(calls, { ordered: false });
    await shiftTimes.insertMany(times, { ordered: false });
  }
}

/** The same, some at a time, day after day. */
export function* callsOfYear({ companyId, queueIds, operatorIds, from, days, records }: Year) {
  const random = chance(7);
  const some = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  for (let done = 0; done < records; done += AT_ONCE) {
    const count = Math.min(AT_ONCE, records - done);
    const calls = Array.from({ length: count }, (_, at) => {
      const number = done + at;
      const day = Math.floor((number / records) * days);
      const startedAt = from + day * DAY_MS + 7 * HOUR_MS + Math.floor(random() * 12 * HOUR_MS);
      return callOf(number, startedAt);
    });
    const times = calls.flatMap(({ _id: callId, rung }) =>
      rung.flatMap(({ operatorId, queueId, answeredAt, endedAt }) => {
        const [begun, over] = [answeredAt ?? 0, endedAt ?? 0];
        const common = {
          rev: 1 as const,
          companyId,
          operatorId: operatorId ?? "",
          shiftId: "shift_1",
          callId,
          queueId,
        };
        const none = { pauseReason: null, pauseLabel: null, long: false };
        return [
          { _id: `${callId}.t`, ...common, ...none, state: "talking" as const, from: begun, until: over },
          { _id: `${callId}.w`, ...common, ...none, state: "wrapUp" as const, from: over, until: over + 30_000 },
        ];
      }),
    );
    yield { calls, times };
  }

  function callOf(number: number, startedAt: number): StoredCallRecord {
    const queueId = some(queueIds);
    const answered = random() < SHARE_ANSWERED;
    const joinedAt = startedAt + 15_000;
    const leftAt = joinedAt + Math.floor(random() * random() * 240_000);
    const endedAt = leftAt + (answered ? 30_000 + Math.floor(random() * 400_000) : 0);
    const operatorId = some(operatorIds);
    const line = number % 8;
    return {
      ...{ _id: `call_${number.toString(16).padStart(32, "0")}`, companyId, direction: "inbound", hidden: false },
      ...{ from: `+336${String(10_000_000 + (number % 80_000_000))}`, callerName: null, to: "+33143670903" },
      ...{ lineId: `line_${line}`, lineName: `Line ${line}`, flowId: `flow-${line}`, flowVersionId: `ver_${line}` },
      ...{ startedAt, answeredAt: startedAt, endedAt, endedBy: "caller", nodesVisited: 3 },
      result: answered ? "answered" : "abandoned",
      visits: [
        {
          ...{ queueId, queueName: queueId, nodeId: "hunt", joinedAt, leftAt },
          outcome: answered ? "answered" : "abandoned",
        },
      ],
      rung: answered
        ? [
            {
              ...{ offerId: `offer_${number}`, operatorId, operatorName: operatorId, queueId, target: "tel_1" },
              ...{ rangAt: leftAt - 4_000, answeredAt: leftAt, endedAt, outcome: "answered" },
            },
          ]
        : [],
      choices: [{ at: startedAt + 8_000, nodeId: "menu", output: String(number % 5) }],
      ...(!answered && { exit: { nodeId: "hunt" } }),
      ...{ queueIds: [queueId], operatorIds: answered ? [operatorId] : [] },
      ...{ outcomes: answered && number % 3 === 0 ? ["sold"] : [], callerDigits: null, callerGrams: [] },
    };
  }
}
