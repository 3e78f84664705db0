import type { AnyBulkWriteOperation } from "mongodb";
import { changes } from "../../apps/runtime/src/calls/call-saver.ts";
import { type CallDocument, callCollections } from "../../apps/runtime/src/calls/model.ts";
import { connectStore, type Store } from "../../apps/runtime/src/store/store.ts";
import { processorSeconds } from "../measure/processor-time.ts";
import { answerCommands } from "../measure/worker.ts";
import { type CallCore, createCallCore, type SteppedCall } from "./call-core.ts";

/** How much was done in how long, and what it cost. */
export interface Work {
  readonly done: number;
  readonly seconds: number;
  /** Processor time of this process, and of the store's. */
  readonly ownSeconds: number;
  readonly storeSeconds: number;
}

export type StepsCommands = {
  readonly connect: { given: { uri: string; database: string; storePid: number; promptsFolder: string }; answer: null };
  /** Calls alive in all, afterwards. */
  readonly begin: { given: { calls: number }; answer: null };
  /** Steps as fast as they go, `parallel` at a time, over all calls in turn. */
  readonly steps: { given: { parallel: number; count: number }; answer: Work };
  /** Steps at a rate, whether or not the earlier ones are done; latencies in ms from when each was due. */
  readonly paced: { given: { perSecond: number; seconds: number }; answer: { latencies: Float64Array } };
  /** Updates of the same size, in bulk writes by the driver and nothing else, `inFlight` at a time. */
  readonly raw: { given: { batch: number; inFlight: number; count: number }; answer: Work };
  /** One such update at a time, with a pause after each: ms each. What a hook has to wait for at least. */
  readonly alone: { given: { count: number }; answer: { latencies: Float64Array } };
  /** Compares every call with the store; the number of steps that are durable. */
  readonly check: { given: object; answer: { steps: number } };
};

/** Steps after which a call's trace has grown enough to be moved, about. */
const TRACE_PERIOD = 14;

let store: Store;
let core: CallCore;
let storePid = 0;
const calls: SteppedCall[] = [];
let turn = 0;

const nextCall = (): SteppedCall => {
  const call = calls[turn++ % calls.length];
  if (!call) throw new Error("no calls yet");
  return call;
};

async function measured(count: number, work: () => Promise<void>): Promise<Work> {
  const [began, own, others] = [performance.now(), process.cpuUsage(), processorSeconds(storePid)];
  await work();
  const used = process.cpuUsage(own);
  return {
    done: count,
    seconds: (performance.now() - began) / 1_000,
    ownSeconds: (used.user + used.system) / 1e6,
    storeSeconds: processorSeconds(storePid) - others,
  };
}

/** `parallel` workers that take the next piece until `count` are done. */
async function inParallel(parallel: number, count: number, one: () => Promise<void>): Promise<void> {
  let left = count;
  const run = async () => {
    while (left-- > 0) await one();
  };
  await Promise.all(Array.from({ length: parallel }, run));
}

async function paced(perSecond: number, seconds: number): Promise<{ latencies: Float64Array }> {
  const count = Math.round(perSecond * seconds);
  const latencies = new Float64Array(count);
  const began = performance.now();
  const running: Promise<void>[] = [];
  const due = (index: number) => began + (index / perSecond) * 1_000;
  await new Promise<void>((resolve) => {
    let index = 0;
    const tick = () => {
      for (; index < count && due(index) <= performance.now(); index += 1) {
        const at = index;
        running.push(
          nextCall()
            .step()
            .then(() => {
              latencies[at] = performance.now() - due(at);
            }),
        );
      }
      if (index < count) setTimeout(tick, 1);
      else resolve();
    };
    tick();
  });
  await Promise.all(running);
  return { latencies };
}

interface RawCall {
  readonly _id: string;
  rev: number;
}

/** What one step writes, measured on a real one: trace lines are set instead of added, so that documents keep their size. */
async function sameSizeUpdate(): Promise<Record<string, unknown>> {
  const [call] = calls;
  const live = call && [...core.calls.live.values()].find(({ document }) => document.callSid === call.callSid);
  if (!call || !live) throw new Error("no calls yet");
  const before = live.document;
  await call.step();
  const update = changes(before, live.document);
  return { ...update?.$set, traceLines: live.document.traceTail.slice(-2) };
}

const rawCalls: RawCall[] = [];

async function raw(batch: number, inFlight: number, count: number): Promise<Work> {
  const collection = store.connection.collection<CallDocument>("rawCalls");
  const update = await sameSizeUpdate();
  if (rawCalls.length === 0) {
    // The same indexes as the calls have: raw is without the product, not without its data model.
    await collection.createIndex({ callSid: 1 }, { unique: true });
    const unrecorded = { unrecorded: true };
    await collection.createIndex(
      { companyId: 1, startedAt: -1, _id: -1 },
      { partialFilterExpression: unrecorded, name: "unrecordedByStart" },
    );
    await collection.createIndex({ owner: 1 }, { partialFilterExpression: { status: "live" }, name: "liveByOwner" });
    await collection.createIndex({ endedAt: 1 }, { partialFilterExpression: unrecorded, name: "unrecordedByEnd" });
    const documents = [...core.calls.live.values()].slice(0, batch * inFlight).map(({ document }) => document);
    await collection.insertMany(documents);
    rawCalls.push(...documents.map(({ _id, rev }) => ({ _id, rev })));
  }
  const groups = Array.from({ length: inFlight }, (_, group) => rawCalls.slice(group * batch, (group + 1) * batch));
  const rounds = Math.ceil(count / (batch * inFlight));
  return measured(rounds * batch * inFlight, async () => {
    await Promise.all(
      groups.map(async (group) => {
        for (let round = 0; round < rounds; round += 1) {
          const operations = group.map((call): AnyBulkWriteOperation<CallDocument> => {
            const filter = { _id: call._id, rev: call.rev, ownerEpoch: 1 };
            call.rev += 1;
            return { updateOne: { filter, update: { $set: { ...update, rev: call.rev } } } };
          });
          const { matchedCount } = await collection.bulkWrite(operations, { ordered: false });
          if (matchedCount !== group.length) throw new Error(`${matchedCount} of ${group.length} raw writes landed`);
        }
      }),
    );
  });
}

async function alone(count: number): Promise<{ latencies: Float64Array }> {
  const collection = store.connection.collection<CallDocument>("rawCalls");
  const update = await sameSizeUpdate();
  const latencies = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const call = rawCalls[index % rawCalls.length];
    if (!call) throw new Error("no raw writes yet");
    const began = performance.now();
    const filter = { _id: call._id, rev: call.rev, ownerEpoch: 1 };
    call.rev += 1;
    await collection.bulkWrite([{ updateOne: { filter, update: { $set: { ...update, rev: call.rev } } } }]);
    latencies[index] = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { latencies };
}

async function check(): Promise<{ steps: number }> {
  // Whatever changed beside the steps is written within 150 ms.
  await new Promise((resolve) => setTimeout(resolve, 400));
  const found = await callCollections(store.connection)
    .calls.find({}, { projection: { rev: 1 } })
    .toArray();
  const revs = new Map(found.map(({ _id, rev }) => [_id, rev]));
  for (const [id, { document }] of core.calls.live) {
    if (revs.get(id) !== document.rev) throw new Error(`${id}: ${document.rev} here, ${revs.get(id)} in the store`);
  }
  return { steps: found.reduce((total, { rev }) => total + rev, 0) };
}

answerCommands<StepsCommands>({
  async connect({ uri, database, storePid: pid, promptsFolder }) {
    storePid = pid;
    store = await connectStore(uri, { patienceMs: 5_000, databaseName: database });
    core = await createCallCore(store, promptsFolder);
    return null;
  },
  async begin({ calls: wanted }) {
    await inParallel(64, wanted - calls.length, async () => {
      const call = await core.begin();
      // Calls that are at the same point of their lives would all move their traces in the same moment.
      for (let steps = calls.length % TRACE_PERIOD; steps > 0; steps -= 1) await call.step();
      calls.push(call);
    });
    return null;
  },
  steps: ({ parallel, count }) => measured(count, () => inParallel(parallel, count, () => nextCall().step())),
  paced: ({ perSecond, seconds }) => paced(perSecond, seconds),
  raw: ({ batch, inFlight, count }) => raw(batch, inFlight, count),
  alone: ({ count }) => alone(count),
  check,
});
