import type { Connection } from "mongoose";
import { systemScope } from "../access/index.ts";
import { type AuditDocument, auditCollection } from "../audit/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import type { Callbacks } from "../callbacks/index.ts";
import { UserError } from "../errors/index.ts";
import type { Holder } from "./holder.ts";
import { mentions } from "./mentions.ts";
import { isOf, type Person } from "./person.ts";

/** Callbacks that were promised to a person: an open promise is taken back first; one that is being made just now is left alone. */
export function callbacksHolder(connection: Connection, callbacks: Pick<Callbacks, "cancel">): Holder {
  const { waitingCalls } = callCentreCollections(connection);

  async function found(person: Person, live?: boolean) {
    const wanted = { companyId: person.companyId, isCallback: true, ...(live !== undefined && { live }) };
    const all = await waitingCalls
      .find(wanted, {
        projection: { number: 1, live: 1, joinedAt: 1, closedAt: 1, queueIds: 1, state: 1, leftReason: 1 },
      })
      .toArray();
    return all.filter(({ number }) => isOf(person, number));
  }
  const idOf = (_id: string) => _id.replace(/\.\d+$/, "");

  return {
    what: "callbacks",
    count: async (person) => (await found(person)).length,
    underWay: async (person) => (await found(person, true)).filter(({ state }) => state !== "waiting").length,
    export: async (person) =>
      (await found(person)).map(({ _id, number, joinedAt, closedAt, queueIds, state, leftReason }) => ({
        ...{ callbackId: idOf(_id), number, queueIds, state, leftReason },
        ...{ promisedAt: new Date(joinedAt).toISOString(), overAt: closedAt && new Date(closedAt).toISOString() },
      })),
    async erase(person) {
      const { companyId } = person;
      for (const { _id } of await found(person, true)) {
        try {
          await callbacks.cancel(systemScope(companyId), idOf(_id));
        } catch (error) {
          // Being made just now, or over by itself: what is over is found below, and the rest by asking again.
          if (!(error instanceof UserError)) throw error;
        }
      }
      const ids = (await found(person, false)).map(({ _id }) => _id);
      if (ids.length > 0) await waitingCalls.deleteMany({ _id: { $in: ids }, companyId, live: false });
      return ids.length;
    },
  };
}

/** What changes of these may name a caller. */
const ABOUT_CALLERS = ["callbacks", "contacts", "doNotCall", "calls", "messages", "recordings"] as const;

/** What the audit log tells of a person: that something of theirs was changed stays, and what it was goes. */
export function changesHolder(connection: Connection): Holder {
  const audit = auditCollection(connection);

  async function found(person: Person): Promise<AuditDocument[]> {
    const found: AuditDocument[] = [];
    const entries = audit.find({ companyId: person.companyId, resource: { $in: [...ABOUT_CALLERS] } });
    for await (const entry of entries) {
      const { targetName, before, after } = entry;
      if (mentions(person, [targetName, before, after].filter((one) => one !== null).join("\n"))) found.push(entry);
    }
    return found;
  }

  return {
    what: "changes",
    count: async (person) => (await found(person)).length,
    underWay: async () => 0,
    export: async (person) =>
      (await found(person)).map(({ at, action, by, targetName, before, after }) => ({
        ...{ at: new Date(at).toISOString(), action, by: by.name, number: targetName },
        ...{ before: before && JSON.parse(before), after: after && JSON.parse(after) },
      })),
    async erase(person) {
      const ids = (await found(person)).map(({ _id }) => _id);
      const { companyId } = person;
      if (ids.length > 0) {
        await audit.updateMany(
          { _id: { $in: ids }, companyId },
          { $set: { targetName: null, before: null, after: null } },
        );
      }
      return ids.length;
    },
  };
}
