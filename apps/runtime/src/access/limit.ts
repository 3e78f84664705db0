import { UserError } from "../errors/index.ts";
import type { Scope } from "./scope.ts";

/**
 * A supervisor may be limited to some queues (decision record 67). What belongs to several queues (a call that was passed on) is seen by the
 * supervisors of each; what belongs to none (a call that an operator dialled) only by those who supervise the whole company.
 */

type Limited = Pick<Scope, "queues">;
type Serving = ReadonlyMap<string, { readonly operatorIds: readonly string[] }>;

/** Whether something of these queues is within what this scope may see and do. */
export function reaches({ queues }: Limited, queueIds: readonly (string | null | undefined)[]): boolean {
  return !queues || queueIds.some((id) => typeof id === "string" && queues.has(id));
}

/** Throws `beyondYourQueues` unless the queue is one that this scope supervises. */
export function demandQueue(scope: Limited, queueId: string | null): void {
  if (!reaches(scope, [queueId])) throw new UserError("beyondYourQueues");
}

/** Whether an operator serves a queue that this scope supervises. */
export function reachesOperator({ queues }: Limited, operatorId: string, serving: Serving): boolean {
  return !queues || [...queues].some((queueId) => serving.get(queueId)?.operatorIds.includes(operatorId));
}

/** Throws `beyondYourQueues` unless the operator serves a queue that this scope supervises. */
export function demandOperator(scope: Limited, operatorId: string, serving: Serving): void {
  if (!reachesOperator(scope, operatorId, serving)) throw new UserError("beyondYourQueues");
}

/** Throws `beyondYourQueues` for what only those may do who supervise the whole company. */
export function demandWholeCompany({ queues }: Limited): void {
  if (queues) throw new UserError("beyondYourQueues");
}
