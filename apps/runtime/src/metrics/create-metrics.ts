import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { CallDocument } from "../calls/model.ts";

export interface Metrics {
  /** What should not happen between jambonz and this process (malformed, hookLost, unauthorized …), by name. */
  readonly telephonyEvent: (what: string) => void;
  /** A call that this process held to its end. */
  readonly callEnded: (by: NonNullable<CallDocument["endedBy"]>) => void;
  /** Everything that is counted, as Prometheus reads it. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Counts what the person who runs the server wants to see from outside; nothing of it names a caller. `callsHeld` is asked at each look. */
export function createMetrics(callsHeld: () => number): Metrics {
  const register = new Registry();
  const registers = [register];
  const telephonyEvents = new Counter({
    name: "cordboard_telephony_events_total",
    help: "What should not happen on jambonz' sockets: malformed, hookLost, unauthorized, handlerThrew ...",
    labelNames: ["what"],
    registers,
  });
  const callsEnded = new Counter({
    name: "cordboard_calls_ended_total",
    help: "Calls that ended here, by who ended them; lost: the socket and REST were both gone.",
    labelNames: ["by"],
    registers,
  });
  // Said from the start: an alarm on a series that is not there yet never rings.
  for (const by of ["caller", "us", "network", "lost"]) callsEnded.inc({ by }, 0);
  new Gauge({
    name: "cordboard_calls_held",
    help: "Calls that this process holds now.",
    registers,
    collect() {
      this.set(callsHeld());
    },
  });
  collectDefaultMetrics({ register });
  return {
    telephonyEvent: (what) => telephonyEvents.inc({ what }),
    callEnded: (by) => callsEnded.inc({ by }),
    page: async () => ({ type: register.contentType, text: await register.metrics() }),
  };
}
