import type { Connection } from "mongoose";
import { callCentreCollections, callOn, LONG_MS } from "../call-centre/index.ts";
import type { OperatorTime } from "./operator-time.ts";

/** What operators did between two moments, from what the call centre keeps: stretches that are over, and those that go on. */
export function createTimesStore(connection: Connection) {
  const { shifts, shiftTimes } = callCentreCollections(connection);
  return {
    /**
     * Every stretch of the company, or of one operator, that has to do with the time from `from` to `until`; those that go on end `now`.
     */
    async during(
      companyId: string,
      from: number,
      until: number,
      now: number,
      operatorId?: string,
    ): Promise<OperatorTime[]> {
      const whose = operatorId === undefined ? { companyId } : { companyId, operatorId };
      // The shifts first: a stretch that ends meanwhile is then there twice, and not missed.
      const open = await shifts.find({ ...whose, live: true }).toArray();
      const [short, long] = await Promise.all([
        shiftTimes.find({ ...whose, from: { $gte: from - LONG_MS, $lt: until }, until: { $gt: from } }).toArray(),
        shiftTimes.find({ ...whose, long: true, until: { $gt: from } }).toArray(),
      ]);
      const over = new Map([...short, ...long].map((time) => [time._id, time]));
      const known = new Set([...over.values()].map((time) => `${time.shiftId} ${time.from}`));
      const going = open
        .filter((shift) => !known.has(`${shift._id} ${shift.since}`))
        .map((shift) => ({
          operatorId: shift.operatorId,
          shiftId: shift._id,
          state: shift.state,
          from: shift.since,
          until: Math.max(now, shift.since),
          pauseReason: shift.pauseReason,
          pauseLabel: shift.pauseLabel,
          callId: shift.current && callOn(shift.current),
          queueId: shift.current?.queueId ?? null,
          goesOn: true,
        }));
      return [...over.values(), ...going].filter((time) => time.from < until && time.until > from);
    },
  };
}
