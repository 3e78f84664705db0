import type { Filter } from "mongodb";
import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import { callRecordCollection, otherNumber, type StoredCallRecord } from "../call-records/index.ts";
import { callCollections } from "../calls/model.ts";
import { answersOfCalls, scriptRunCollection } from "../script-runs/index.ts";
import { AT_ONCE, type Holder } from "./holder.ts";
import { isOf, type Person } from "./person.ts";

/**
 * The calls of a person. What was said and keyed goes (trace, place in line, the call's document); the record stays as that of a hidden caller,
 * because the figures of the day count it.
 */
export function callsHolder(connection: Connection): Holder {
  const { calls, traceEvents } = callCollections(connection);
  const { callNotes, shifts, waitingCalls } = callCentreCollections(connection);
  const records = callRecordCollection(connection);

  const scriptRuns = scriptRunCollection(connection);

  /** By the last digits, which all forms share, and then by the whole. */
  const ofPerson = ({ companyId, forms }: Person): Filter<StoredCallRecord> => ({
    companyId,
    callerGrams: { $in: [...new Set([...forms].map((form) => (form.length <= 4 ? form : form.slice(-4))))] },
    callerDigits: { $in: [...forms] },
  });

  /** What has left the call's document, and what is in it still. */
  async function traceOf(companyId: string, callId: string): Promise<object[]> {
    const moved = await traceEvents.find({ companyId, callId }).sort({ seq: 1 }).toArray();
    const call = await calls.findOne({ _id: callId, companyId }, { projection: { traceTail: 1 } });
    const last = moved.at(-1)?.seq ?? 0;
    const tail = (call?.traceTail ?? []).filter(({ seq }) => seq > last);
    return [...moved, ...tail].map(({ at, kind, nodeId, details }) => ({ at: iso(at), kind, nodeId, details }));
  }

  return {
    what: "calls",
    count: (person) => records.countDocuments(ofPerson(person)),
    async underWay(person) {
      const running = await calls
        .find(
          { companyId: person.companyId, unrecorded: true },
          { projection: { from: 1, to: 1, direction: 1, status: 1 } },
        )
        .toArray();
      return running.filter((call) => isOf(person, otherNumber(call))).length;
    },
    async export(person) {
      const found = await records.find(ofPerson(person)).sort({ startedAt: 1 }).toArray();
      const { companyId } = person;
      const ids = found.map(({ _id }) => _id);
      const answers = await answersOfCalls(connection, companyId, ids, (operatorId) => operatorId);
      return Promise.all(
        found.map(
          async ({ _id, companyId: _, callerDigits, callerGrams, callerNameKey, callerNameBeginnings, ...call }) => {
            const trace = await traceOf(companyId, _id);
            return {
              callId: _id,
              ...call,
              startedAt: iso(call.startedAt),
              endedAt: iso(call.endedAt),
              trace,
              scripts: answers.get(_id) ?? [],
            };
          },
        ),
      );
    },
    async erase(person) {
      const { companyId } = person;
      let erased = 0;
      for (;;) {
        const found = await records.find(ofPerson(person)).limit(AT_ONCE).toArray();
        if (found.length === 0) return erased;
        const ids = found.map(({ _id }) => _id);
        const ofThem = { companyId, callId: { $in: ids } };
        await traceEvents.deleteMany(ofThem);
        await waitingCalls.deleteMany({ ...ofThem, live: false });
        await shifts.updateMany(
          { companyId, live: false, "desk.call.callId": { $in: ids } },
          { $set: { "desk.call": null } },
        );
        // What operators wrote of a conversation is about the person too.
        await callNotes.updateMany(ofThem, { $set: { note: "" } });
        await scriptRuns.deleteMany(ofThem);
        await calls.deleteMany({ _id: { $in: ids }, companyId, unrecorded: false });
        // The record last: who dies in between finds the call again.
        for (const record of found)
          await records.updateOne({ _id: record._id, companyId }, { $set: anonymous(record) });
        erased += found.length;
      }
    },
  };
}

/** The record of a hidden caller: of an outbound call, who was called is gone too. */
function anonymous({ direction, rung, from, to }: StoredCallRecord): Partial<StoredCallRecord> {
  const outbound = direction === "outbound";
  return {
    from: outbound ? from : null,
    to: outbound ? "" : to,
    hidden: true,
    callerName: null,
    callerDigits: null,
    callerGrams: [],
    callerNameKey: null,
    callerNameBeginnings: [],
    answers: [],
    rung: outbound ? rung.map((telephone) => ({ ...telephone, target: null })) : rung,
  };
}

const iso = (at: number | null) => at && new Date(at).toISOString();
