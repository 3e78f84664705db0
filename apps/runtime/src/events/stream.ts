import { type EventType, eventKinds, eventTypes, isAllowed, isGranted, type KeyScope, resources } from "@cordboard/api";
import type { Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Handlers, Streamed } from "../http/handlers.ts";
import { type Bus, type Clock, eventsChannel } from "../ports/index.ts";
import type { EventLog } from "./event-log.ts";
import { toEvent } from "./wire.ts";

/** So often something is sent when nothing happens, and it is looked whether the reader may still read: proxies close what is silent. */
const HEARTBEAT_MS = 15_000;
const AT_ONCE = 200;
/** More readers of one company than this in one process are refused: each holds a connection. */
const MOST_READERS = 50;

interface StreamGiven {
  readonly log: EventLog;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** A company's events for one reader, from the log: so who comes back with the number of the last one has missed nothing. */
export function createEventStream({ log, bus, clock }: StreamGiven): Pick<Handlers, "events.stream"> {
  const readers = new Map<string, number>();

  async function* follow(
    companyId: string,
    start: { readonly cursor: number; readonly gap: Gap | null },
    wanted: ReadonlySet<EventType>,
    asked: { readonly signal: AbortSignal; readonly stillAllowed: () => Promise<boolean> },
  ): AsyncGenerator<string> {
    const { signal } = asked;
    const bell = createBell(clock);
    const stop = bus.subscribe(eventsChannel(companyId), bell.ring);
    signal.addEventListener("abort", bell.ring, { once: true });
    readers.set(companyId, (readers.get(companyId) ?? 0) + 1);
    try {
      yield "retry: 2000\n\n";
      if (start.gap) yield `event: gap\ndata: ${JSON.stringify(start.gap)}\n\n`;
      let { cursor } = start;
      while (!signal.aborted) {
        const found = await log.read(companyId, cursor, AT_ONCE);
        for (const event of found) {
          cursor = event.seq;
          if (!wanted.has(event.type)) continue;
          yield `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(toEvent(event))}\n\n`;
        }
        if (found.length === AT_ONCE) continue;
        if ((await bell.wait(HEARTBEAT_MS)) === "rang") continue;
        if (!(await asked.stillAllowed())) return;
        // With the number, so that a reader of rare types does not go through all the others again.
        yield `id: ${cursor}\n: still here\n\n`;
      }
    } finally {
      stop();
      bell.close();
      readers.set(companyId, (readers.get(companyId) ?? 1) - 1);
    }
  }

  return {
    async "events.stream"({ scope, input, signal, lastEventId, stillAllowed }): Promise<Streamed> {
      const { companyId } = scope;
      const wanted = wantedTypes(scope, input.query?.types);
      if ((readers.get(companyId) ?? 0) >= MOST_READERS)
        throw new UserError("tooManyRequests", { retryAfterSeconds: 10 });
      const written = lastEventId ?? input.query?.lastEventId;
      const bounds = await log.bounds(companyId);
      const pieces = follow(companyId, startOf(written, bounds), wanted, { signal, stillAllowed });
      return { contentType: "text/event-stream; charset=utf-8", pieces };
    },
  };
}

/** Numbers of events that the reader had not seen and that are kept no more. */
interface Gap {
  readonly from: number;
  readonly to: number;
}

function startOf(written: string | undefined, { first, last }: { first: number; last: number }) {
  const seen = written === undefined || !/^\d{1,15}$/.test(written) ? null : Number(written);
  // Nothing was said, or a number that nobody gave out: from now on.
  if (seen === null || seen > last) return { cursor: last, gap: null };
  if (seen === 0 || seen >= first - 1) return { cursor: seen, gap: null };
  return { cursor: first - 1, gap: { from: seen + 1, to: first - 1 } };
}

/** What was asked for, as far as the reader may be told; `scopeMissing` when that is nothing. */
function wantedTypes(scope: Scope, written: string | undefined): ReadonlySet<EventType> {
  const asked = written?.split(",");
  const unknown = asked?.find((name) => !eventTypes.some((type) => type === name));
  if (unknown !== undefined) {
    const problem = {
      fr: `nomme « ${unknown} », qu’aucun événement ne porte`,
      en: `names “${unknown}”, which is no event`,
    };
    throw new UserError("requestInvalid", { where: "/query/types", problem });
  }
  const types = eventTypes.filter((type) => type !== "webhook.trial" && (asked?.includes(type) ?? true));
  const allowed = types.filter((type) => mayRead(scope, eventKinds[type].scope));
  const [lacking] = types;
  if (allowed.length === 0) {
    if (!scope.key) throw new UserError("notAllowed");
    throw new UserError("scopeMissing", { scope: lacking ? eventKinds[lacking].scope : "calls:read" });
  }
  return new Set(allowed);
}

function mayRead({ role, key }: Scope, wanted: KeyScope | "any"): boolean {
  const resource = resources.find((name) => wanted.startsWith(`${name}:`));
  if (!resource) return true;
  if (key) return isGranted(key.scopes, "read", resource);
  return role === "system" || isAllowed(role, "read", resource);
}

/** Waits until somebody rings, or time is over. A ring while nobody waits is not lost. */
function createBell(clock: Clock) {
  let rung = false;
  let wake: (() => void) | null = null;
  let closed = false;
  const ring = () => {
    rung = true;
    wake?.();
  };
  return {
    ring,
    async wait(ms: number): Promise<"rang" | "over"> {
      if (!rung && !closed) {
        await new Promise<void>((resolve) => {
          const cancel = clock.at(clock.now() + ms, resolve);
          wake = () => {
            cancel();
            resolve();
          };
        });
      }
      wake = null;
      const how = rung ? "rang" : "over";
      rung = false;
      return how;
    },
    close() {
      closed = true;
      wake?.();
    },
  };
}
