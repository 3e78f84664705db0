import type { EverydayFlow, Queue, Schedule } from "@cordboard/api";
import {
  type EverydayValue,
  type FlowDocument,
  type NodeTypeRegistry,
  readFlow,
  withEveryday,
} from "@cordboard/flow-schema";
import { scheduleState } from "@cordboard/schedule";
import { clockAt } from "@cordboard/ui/pages";

/** What is asked for: the company's things as they are set up today. */
export interface TestedWorld {
  readonly schedules: readonly Pick<Schedule, "scheduleId" | "name" | "timeZone" | "week" | "holidays" | "forced">[];
  readonly queues: readonly Pick<Queue, "queueId" | "name" | "opening">[];
  readonly companyZone: string;
  readonly at: number;
}

/** What a schedule would say of a moment. */
export interface SaidHours {
  readonly scheduleId: string;
  readonly name: string;
  readonly state: "open" | "closed" | "holiday";
  /** The day apart that it is, where it is one. */
  readonly holiday: string | null;
  readonly until: number | null;
  readonly timeZone: string;
  /** Somebody has opened or closed it by hand, until then at least. */
  readonly byHand: boolean;
}

/** A node that asks a schedule, or waits in a queue that has one. */
export interface AskedHours {
  readonly node: { readonly flowId: string; readonly nodeId: string; readonly name: string; readonly type: string };
  readonly queue: string | null;
  readonly said: SaidHours;
}

/** What a schedule says of the moment, by the code that serves calls; null: there is no such schedule. */
export function saidBy(scheduleId: string, { schedules, companyZone, at }: TestedWorld): SaidHours | null {
  const schedule = schedules.find((one) => one.scheduleId === scheduleId);
  if (!schedule) return null;
  const { forced, name } = schedule;
  const held = forced && { state: forced.state, until: forced.until === null ? null : Date.parse(forced.until) };
  const timeZone = schedule.timeZone ?? companyZone;
  const { state, until } = scheduleState({ ...schedule, forced: held }, companyZone, at);
  const { date } = clockAt(at, timeZone);
  const byHand = held !== null && (held.until === null || held.until > at);
  const holiday = byHand ? null : (schedule.holidays.find((one) => one.date === date)?.name ?? null);
  return { scheduleId, name, state, holiday, until, timeZone, byHand };
}

/** What the schedule of a queue says of the moment; null: it has none. */
export function saidByQueue(queueId: string, world: TestedWorld): SaidHours | null {
  const scheduleId = world.queues.find((queue) => queue.queueId === queueId)?.opening?.scheduleId ?? null;
  return scheduleId === null ? null : saidBy(scheduleId, world);
}

/** The flow as calls run it today: with its everyday settings. Null: it cannot be read. */
export function flowAsRun(
  document: unknown,
  registry: NodeTypeRegistry,
  everyday: Pick<EverydayFlow, "settings" | "refused"> | undefined,
): FlowDocument | null {
  const read = readFlow(document);
  if (!read.ok) return null;
  if (!everyday || everyday.refused !== null) return read.document;
  const values: Record<string, Record<string, EverydayValue>> = {};
  for (const { nodeId, setting, value } of everyday.settings) {
    // Others do not change which hours are asked.
    if (value?.kind !== "schedule" && value?.kind !== "queue") continue;
    const id = typeof value.value === "string" ? value.value : null;
    values[nodeId] = { ...values[nodeId], [setting]: { kind: value.kind, value: id } };
  }
  return withEveryday(read.document, registry, values).document;
}

/** The nodes of a flow that ask for hours, in the order in which callers may come to them, and what they would be told. */
export function hoursAt(document: FlowDocument, registry: NodeTypeRegistry, world: TestedWorld): readonly AskedHours[] {
  return inOrder(document).flatMap((node) => {
    const references = registry.find(node.type, node.typeVersion)?.references(node.config) ?? [];
    const about = { flowId: document.id, nodeId: node.id, name: node.name, type: node.type };
    return references.flatMap(({ kind, id }): AskedHours[] => {
      const said = kind === "schedule" ? saidBy(id, world) : kind === "queue" ? saidByQueue(id, world) : null;
      const queue = kind === "queue" ? (world.queues.find((one) => one.queueId === id)?.name ?? null) : null;
      return said ? [{ node: about, queue, said }] : [];
    });
  });
}

/** From the entry on, nearest first; what no caller reaches is left out. */
function inOrder({ entry, nodes, edges }: FlowDocument): FlowDocument["nodes"] {
  const order = [entry];
  for (const id of order) {
    for (const { from, to } of edges) if (from === id && !order.includes(to)) order.push(to);
  }
  return order.flatMap((id) => nodes.find((node) => node.id === id) ?? []);
}
