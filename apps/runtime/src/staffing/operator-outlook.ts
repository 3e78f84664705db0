import type { OperatorFigures, OperatorOutlook, QueueOutlook } from "@cordboard/api";

const HOUR_MS = 3_600_000;
const QUARTERS_OF_AN_HOUR = 4;

export interface OperatorsGiven {
  /** Those who are signed in, with the queues that they have ticked. */
  readonly operators: readonly {
    readonly operatorId: string;
    readonly name: string;
    readonly queueIds: readonly string[];
  }[];
  readonly lastHour: ReadonlyMap<string, OperatorFigures>;
  /** The same hour of past weeks, one for each that has any call. */
  readonly weeks: readonly ReadonlyMap<string, OperatorFigures>[];
  readonly queues: readonly Pick<QueueOutlook, "queueId" | "handleMs" | "slots" | "weeks">[];
}

type Busyness = OperatorOutlook["lastHour"];

/** What operators have had in the last hour, usually have in it, and face in the coming one. Pure. */
export function operatorOutlooks({ operators, lastHour, weeks, queues }: OperatorsGiven): OperatorOutlook[] {
  const ticked = new Map<string, number>();
  for (const { queueIds } of operators)
    for (const queueId of queueIds) ticked.set(queueId, (ticked.get(queueId) ?? 0) + 1);
  return operators.map(({ operatorId, name, queueIds }) => {
    const then = weeks.flatMap((week) => {
      const figures = week.get(operatorId);
      return figures && figures.signedInMs > 0 ? [figures] : [];
    });
    const theirs = queues.filter(({ queueId, weeks: known }) => known > 0 && queueIds.includes(queueId));
    return {
      ...{ operatorId, name, lastHour: meanOf([lastHour.get(operatorId)]) },
      usual: then.length === 0 ? null : meanOf(then),
      coming: theirs.length === 0 ? null : facedIn(theirs, ticked),
    };
  });
}

function meanOf(hours: readonly (OperatorFigures | undefined)[]): Busyness {
  const seen = hours.flatMap((figures) => figures ?? []);
  const shares = seen.flatMap(({ occupancy }) => occupancy ?? []);
  const mean = (values: readonly number[], of: number) => values.reduce((sum, value) => sum + value, 0) / of;
  return {
    calls: mean(
      seen.map(({ calls }) => calls),
      Math.max(1, seen.length),
    ),
    busy: shares.length === 0 ? null : mean(shares, shares.length),
  };
}

function facedIn(queues: OperatorsGiven["queues"], ticked: ReadonlyMap<string, number>): Busyness {
  let calls = 0;
  let busyMs = 0;
  for (const { queueId, handleMs, slots } of queues) {
    const expected = slots.slice(0, QUARTERS_OF_AN_HOUR).reduce((sum, slot) => sum + slot.calls, 0);
    const share = expected / Math.max(1, ticked.get(queueId) ?? 1);
    calls += share;
    busyMs += share * handleMs;
  }
  return { calls, busy: busyMs / HOUR_MS };
}
