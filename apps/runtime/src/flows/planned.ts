import type { Connection } from "mongoose";
import type { Logger } from "pino";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import { nameOf, parseDocument } from "./flow-text.ts";
import { type FlowRecord, flowCollections, flowKey, type PlannedVersion } from "./model.ts";

/** How often a process looks for what is due: another one may have planned it. */
const LOOK_MS = 10_000;
const YEAR_MS = 366 * 86_400_000;

/** The version was put into service; `replaced` is what callers got until then. */
export interface Served {
  readonly companyId: string;
  readonly flowId: string;
  readonly name: string;
  readonly planned: PlannedVersion;
  readonly replaced: string | null;
}

export interface PlannedGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  /** After a flow's planned version went into service, in whichever process. */
  readonly onServed: (served: Served) => Promise<void>;
}

/** Throws `publishTimePast` and `publishTimeFar`; the time in UTC milliseconds. */
export function assertPlannable(at: number, now: number): void {
  if (at <= now) throw new UserError("publishTimePast");
  if (at > now + YEAR_MS) throw new UserError("publishTimeFar");
}

/**
 * Versions that go into service at a time. Such a version is checked, numbered and kept when it is planned, so that nothing can be wrong with it in
 * the night; the time only makes it the one that new calls get. At most one a flow: planning anew takes the place of what was planned.
 */
export function createPlanned({ connection, clock, onServed }: PlannedGiven) {
  const { flows, versions } = flowCollections(connection);
  const record = (companyId: string, flowId: string) => ({ _id: flowKey(companyId, flowId), companyId });

  async function serve(flow: FlowRecord, planned: PlannedVersion): Promise<void> {
    const { companyId, flowId } = flow;
    const version = await versions.findOne({ _id: planned.versionId, companyId, flowId });
    const name = version ? nameOf(parseDocument(version.text), flowId) : flow.name;
    // Whoever comes first; another process finds nothing planned any more. A version that is gone leaves what callers get as it is.
    const was = await flows.findOneAndUpdate(
      { ...record(companyId, flowId), "planned.versionId": planned.versionId, "planned.at": planned.at },
      {
        ...(version && { $set: { publishedId: version._id, servedAt: planned.at, name }, $inc: { served: 1 } }),
        $unset: { planned: true },
      },
      { returnDocument: "before" },
    );
    if (was && version) await onServed({ companyId, flowId, name, planned, replaced: was.publishedId });
  }

  return {
    async plan(companyId: string, flowId: string, planned: PlannedVersion): Promise<void> {
      const { matchedCount } = await flows.updateOne(record(companyId, flowId), { $set: { planned } });
      if (matchedCount === 0) throw new UserError("notFound", { what: "flow" });
    },
    /** Takes back what was planned, and says what it was; null when nothing was, or it has just gone into service. */
    async cancel(companyId: string, flowId: string): Promise<PlannedVersion | null> {
      const was = await flows.findOneAndUpdate(
        { ...record(companyId, flowId), planned: { $exists: true } },
        { $unset: { planned: true } },
        { returnDocument: "before" },
      );
      return was?.planned ?? null;
    },
    /** Puts everything into service whose time has come. Safe to call at once in several processes. */
    async serveDue(): Promise<void> {
      const due = await flows.find({ "planned.at": { $lte: clock.now() } }).toArray();
      for (const flow of due) if (flow.planned) await serve(flow, flow.planned);
    },
    /** The time of the next one; null: none is planned. */
    async nextAt(): Promise<number | null> {
      const [next] = await flows
        .find({ "planned.at": { $exists: true } })
        .sort({ "planned.at": 1 })
        .limit(1)
        .toArray();
      return next?.planned?.at ?? null;
    },
  };
}

export type Planned = ReturnType<typeof createPlanned>;

/** Looks for what is due: at each planned time, and every ten seconds. */
export function startPlanned(planned: Pick<Planned, "serveDue" | "nextAt">, clock: Clock, log: Pick<Logger, "warn">) {
  let closed = false;
  let cancel = () => {};
  let round: Promise<void> = Promise.resolve();
  const look = async () => {
    let next: number | null = null;
    try {
      await planned.serveDue();
      next = await planned.nextAt();
    } catch (error) {
      log.warn({ err: error }, "planned versions are looked at again later");
    }
    if (closed) return;
    const now = clock.now();
    const at = Math.min(now + LOOK_MS, Math.max(next ?? Number.POSITIVE_INFINITY, now + 1));
    cancel = clock.at(at, () => {
      round = look();
    });
  };
  round = look();
  return {
    async close(): Promise<void> {
      closed = true;
      cancel();
      await round;
    },
  };
}
