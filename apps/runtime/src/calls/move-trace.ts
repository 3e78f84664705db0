import type { CallCollections, CallDocument, StoredTraceEvent } from "./model.ts";

interface Waiting {
  readonly documents: readonly StoredTraceEvent[];
  readonly resolve: (safe: boolean) => void;
}

/** Trace lines that go in one write, about: enough to make it cheap, not so many that steps wait behind it. */
const AT_ONCE = 200;

/**
 * Copies the trace lines that calls have to their own collection: resolves with the last `seq` that is safe there, 0 when it could not be
 * done now. What comes while a write is under way leaves together with the next, so that the traces of many calls that end at once do not
 * keep the store from their steps. Doing it twice does no harm.
 */
export function traceMover({
  traceEvents,
}: Pick<CallCollections, "traceEvents">): (call: CallDocument) => Promise<number> {
  let waiting: Waiting[] = [];
  let busy = false;

  const drain = async () => {
    while (waiting.length > 0) {
      const batch = takeAbout(AT_ONCE, waiting);
      waiting = waiting.slice(batch.length);
      const safe = await insert(
        traceEvents,
        batch.flatMap(({ documents }) => documents),
      );
      for (const { resolve } of batch) resolve(safe);
    }
    busy = false;
  };

  return async (call) => {
    const last = call.traceTail.at(-1);
    if (!last) return 0;
    const { _id: callId, companyId } = call;
    const documents = call.traceTail.map((line) => ({ _id: `${callId}.${line.seq}`, callId, companyId, ...line }));
    const safe = await new Promise<boolean>((resolve) => {
      waiting.push({ documents, resolve });
      if (busy) return;
      busy = true;
      void drain();
    });
    return safe ? last.seq : 0;
  };
}

/** The first ones that make up `lines`, one at least. */
function takeAbout(lines: number, waiting: readonly Waiting[]): Waiting[] {
  let count = 0;
  const full = waiting.findIndex(({ documents }) => {
    count += documents.length;
    return count >= lines;
  });
  return waiting.slice(0, full < 0 ? waiting.length : full + 1);
}

async function insert(traceEvents: CallCollections["traceEvents"], documents: StoredTraceEvent[]): Promise<boolean> {
  try {
    await traceEvents.insertMany(documents, { ordered: false });
    return true;
  } catch (error) {
    // Some were there already: those that were not are now.
    return typeof error === "object" && error !== null && "code" in error && error.code === 11000;
  }
}
