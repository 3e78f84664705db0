import { type MemoryCollections, memoryCentreStore } from "./memory-centre-store.ts";

/**
 * Where the stretches that were kept of a shift do not follow one another from its beginning to its present state without a gap or an
 * overlap. What the last commit left to be carried out is carried out first, as whoever takes the lease does.
 */
export async function shiftTimeGaps(kept: MemoryCollections): Promise<readonly string[]> {
  for (const { pending } of kept.leases.values()) await memoryCentreStore(kept).apply(pending);
  return [...kept.shifts.values()].flatMap((shift) => {
    const times = [...kept.shiftTimes.values()].filter(({ shiftId }) => shiftId === shift._id);
    const inOrder = times.sort((a, b) => a.from - b.from);
    const joints = [shift.signedInAt, ...inOrder.flatMap(({ from, until }) => [from, until]), shift.since];
    const gap = joints.findIndex((at, index) => index % 2 === 0 && at !== joints[index + 1]);
    return gap < 0 ? [] : [`${shift._id}: ${joints.join(" ")}`];
  });
}
