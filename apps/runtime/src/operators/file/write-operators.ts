import type { Scope } from "../../access/index.ts";
import type { operatorCollection } from "../model.ts";
import type { OperatorFilesGiven } from "./operator-files-given.ts";
import type { OperatorWorld, PlannedOperator } from "./plan-operators.ts";

/** A row, and the hash of its password where it gets one. */
interface ReadyOperator {
  readonly row: PlannedOperator;
  readonly passwordHash: string | null;
}

interface Writing extends Pick<OperatorFilesGiven, "clock" | "makeId" | "sessions" | "setServing"> {
  readonly collection: ReturnType<typeof operatorCollection>;
}

/**
 * Writes what a preview showed. Everything was checked before, so that only what somebody else did in the same moment can refuse a row: then what
 * was written already is taken back, the newest first, and the refusal is thrown on.
 */
export async function writeOperators(
  scope: Scope,
  ready: readonly ReadyOperator[],
  { queues, language }: OperatorWorld,
  { collection, clock, makeId, sessions, setServing }: Writing,
): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  const ids = new Map<PlannedOperator, string>();
  try {
    for (const { row, passwordHash } of ready) {
      const { before, code, telephoneId } = row;
      const { password: _, ...named } = row.fields;
      const fields = {
        ...named,
        ...(passwordHash !== null && { passwordHash }),
        ...(telephoneId !== undefined && { lastTelephoneId: telephoneId }),
      };
      if (before === null) {
        const id = makeId("op");
        const { name = code, ...rest } = fields;
        const blank = { language, enabled: true, skills: [], autoAcceptMs: null, passwordHash: "" };
        const habits = { lastTelephoneId: null, lastQueueIds: null, createdAt: clock.now() };
        await collection(scope).insert(id, { ...blank, ...habits, code, codeKey: code.toLowerCase(), name, ...rest });
        undo.push(() => collection(scope).remove(id));
        ids.set(row, id);
      } else {
        const { operatorId, rev } = before;
        ids.set(row, operatorId);
        if (Object.keys(fields).length === 0) continue;
        const { _id, companyId, rev: _rev, ...old } = await collection(scope).get(operatorId);
        const { rev: next } = await collection(scope).change(operatorId, rev, fields);
        undo.push(() => collection(scope).change(operatorId, next, old));
      }
    }
    for (const { queueId } of queues) {
      const serves = (row: PlannedOperator) => row.queueIds?.includes(queueId);
      const told = ready.flatMap(({ row }) => (row.queueIds === undefined ? [] : [row]));
      const joining = told.filter(serves).flatMap((row) => ids.get(row) ?? []);
      const leaving = new Set(told.filter((row) => !serves(row)).flatMap((row) => ids.get(row) ?? []));
      let old: readonly string[] = [];
      await setServing(scope, queueId, (operatorIds) => {
        old = operatorIds;
        return [...new Set([...operatorIds.filter((id) => !leaving.has(id)), ...joining])];
      });
      undo.push(() => setServing(scope, queueId, () => old));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw error;
  }
  for (const { row, passwordHash } of ready) {
    const signsOut = passwordHash !== null || row.fields.enabled === false;
    if (row.before !== null && signsOut) await sessions.endAllOf(scope.companyId, row.before.operatorId);
  }
}
