import { createSimulatorCore } from "../core/create-simulator-core.ts";
import type { CoreConfig, Input, Output } from "../core/types.ts";
import { createAlarm, exactNow } from "./exact-clock.ts";
import { createMouths, type Mouths } from "./mouths.ts";
import { createSockets } from "./sockets.ts";
import { answerFetch } from "./web-requests.ts";

/** How long `close` waits for the application to answer a socket's close, in ms. */
const CLOSE_GRACE_MS = 500;

export interface RunCoreOptions {
  readonly config: CoreConfig;
  readonly webhookSecret?: string;
  /** What concerns telephones and REST; sockets, time and web requests are carried out here. */
  onOutput(output: Extract<Output, { kind: "sip" | "hears" | "restAnswer" }>): void;
  /** Sees every input after the core has taken it. */
  taken?(input: Input): void;
  /** Sees every output before it is carried out. */
  log?(output: Output): void;
}

export interface RunningCore {
  feed(input: Input): void;
  readonly speak: Mouths["speak"];
  readonly calls: ReturnType<typeof createSimulatorCore>["calls"];
  /** Nothing is done any more; all sockets close with 1001. */
  close(): Promise<void>;
}

/** Runs the core against the real world: the clock, `ws` sockets, HTTP. */
export function runCore({ config, webhookSecret, onOutput, taken, log }: RunCoreOptions): RunningCore {
  const core = createSimulatorCore(config, exactNow());
  const stopping = new AbortController();
  const waiting: Input[] = [];
  let running = true;
  let busy = false;

  /** One input after the other: what an output causes at once waits until the outputs before it are carried out. */
  const feed = (input: Input): void => {
    waiting.push(input);
    if (busy || !running) return;
    busy = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        for (const output of core.handle(next, exactNow())) carryOut(output);
        taken?.(next);
      }
    } finally {
      busy = false;
    }
    alarm.set(core.wakeAt());
  };
  const alarm = createAlarm(() => feed({ kind: "time" }));
  const mouths = createMouths();
  const sockets = createSockets(feed, mouths);

  const carryOut = (output: Output): void => {
    log?.(output);
    switch (output.kind) {
      case "connect":
        sockets.connect(output);
        break;
      case "send":
        sockets.send(output.socket, output.text);
        break;
      case "close":
        sockets.close(output.socket, output.code);
        break;
      case "abandon":
        sockets.abandon(output.socket);
        break;
      case "stream":
        sockets.stream(output);
        break;
      case "fetch":
        answerFetch(output, { webhookSecret, signal: stopping.signal }).then(feed);
        break;
      default:
        onOutput(output);
    }
  };

  return {
    feed,
    speak: mouths.speak,
    calls: core.calls,
    close: async () => {
      running = false;
      alarm.set(undefined);
      stopping.abort();
      await sockets.closeAll(CLOSE_GRACE_MS);
    },
  };
}
