import type { OperatorTime } from "./operator-time.ts";

/** What a supervisor says was so. */
export interface Correction {
  readonly operatorId: string;
  readonly from: number;
  readonly until: number;
  readonly as: "available" | "paused" | "absent";
  readonly label: string | null;
}

type Stretch = Pick<OperatorTime, "from" | "until">;

/** Calls and what belongs to them were so, whatever anybody says: a correction is about the time between them. */
const ofCalls: ReadonlySet<OperatorTime["state"]> = new Set(["ringing", "dialling", "talking", "wrapUp", "handedOver"]);

/**
 * What operators did as it counts: the stretches that the call centre saw, with the corrections over them, of which the later ones come last and hold.
 * Pure.
 */
export function corrected(times: readonly OperatorTime[], corrections: readonly Correction[]): OperatorTime[] {
  let all = [...times];
  for (const correction of corrections) {
    const { operatorId, as, label } = correction;
    const theirs = all.filter((time) => time.operatorId === operatorId);
    const calls = theirs.filter(({ state }) => ofCalls.has(state));
    const kept = all.flatMap((time) =>
      time.operatorId !== operatorId || ofCalls.has(time.state)
        ? [time]
        : without(time, [correction]).map((part) => withoutEnd({ ...time, ...part }, time)),
    );
    const said =
      as === "absent" ? [] : without(correction, calls).map((part) => stretchOf(part, operatorId, as, label));
    all = [...kept, ...said];
  }
  return all;
}

/** A stretch that goes on does so in its last part only. */
function withoutEnd(part: OperatorTime, whole: OperatorTime): OperatorTime {
  if (whole.goesOn !== true || part.until === whole.until) return part;
  const { goesOn, ...over } = part;
  return over;
}

function stretchOf({ from, until }: Stretch, operatorId: string, as: "available" | "paused", label: string | null) {
  const isPause = as === "paused";
  return {
    ...{ operatorId, shiftId: "corrected", state: as, from, until, callId: null, queueId: null },
    ...{ pauseReason: isPause ? ("asked" as const) : null, pauseLabel: isPause ? label : null },
  };
}

/** What is left of a stretch when others are cut out of it. */
function without({ from, until }: Stretch, others: readonly Stretch[]): Stretch[] {
  let parts: Stretch[] = [{ from, until }];
  for (const other of others) {
    parts = parts.flatMap((part) =>
      other.until <= part.from || other.from >= part.until
        ? [part]
        : [
            { from: part.from, until: other.from },
            { from: other.until, until: part.until },
          ].filter((rest) => rest.until > rest.from),
    );
  }
  return parts;
}
