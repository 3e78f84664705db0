import { createSignal, type Fiber, type Signal, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { snakeCaseKeys } from "../snake-case.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook } from "../types.ts";
import type { World } from "../world.ts";
import { type OpenSocket, openConnection } from "./connection.ts";
import { readMessage } from "./read-message.ts";
import {
  isHttpUrl,
  type MakeRequestor,
  type MessageType,
  namesItsHook,
  type RequestOptions,
  type Requestor,
  urlOf,
  wantsAck,
} from "./requestor.ts";
import { retryPolicyOf } from "./retry-policy.ts";

interface InFlight {
  readonly answer: Signal<unknown>;
  fail(error: SimulatedFailure): void;
  succeed(data: unknown): void;
}

interface Queued {
  readonly type: MessageType;
  readonly hook: Hook | string;
  readonly params: object | undefined;
  readonly options: RequestOptions;
  readonly answer: Signal<unknown> | undefined;
}

/**
 * The application's socket of one call.
 *
 * What must stay true, because applications depend on it (jambonz 0.9.8; seen in groups d, g, j, n):
 * 1. A lost socket is opened again after 0.5 s, later losses after 1, 2, 4, 6 … s; the waiting time never starts anew.
 * 2. After the fifth connection a loss is left alone until there is something to say.
 * 3. A new connection begins with `session:reconnect`, and all else waits for its ack; hooks go before status messages then.
 * 4. A close with 1000 ends everything that could be said.
 */
export function createWsRequestor(world: World, hook: Hook, make: MakeRequestor): Requestor {
  const { scheduler } = world;
  const policy = retryPolicyOf(hook.url);
  const inFlight = new Map<string, InFlight>();
  const queue: Queued[] = [];
  let socket: OpenSocket | undefined;
  let connections = 0;
  let connecting = false;
  let backoffMs = 500;
  let closedGracefully = false;
  let callSid: string | undefined;
  let sessionData: Record<string, unknown> | undefined;
  /** The message id of a `session:new` that is not acked; its ack may come as that of `session:reconnect`. */
  let firstMessageId: string | undefined;
  let reconnection: Signal<void> | undefined;

  const nextBackoff = (): number => {
    const current = backoffMs;
    backoffMs = backoffMs < 2000 ? backoffMs * 2 : backoffMs + 2000;
    return current;
  };

  const connect = (): Signal<void> => {
    const made = createSignal<void>();
    openConnection(world, hook, {
      onOpen: (opened) => {
        socket = opened;
        connecting = false;
        connections += 1;
        if (connections > 1) requestor.request("session:reconnect", hook.url, undefined);
        made.settle();
      },
      onMessage: receive,
      onClose: lost,
      onError: (error) => made.fail(error),
      onUpgradeRefused: (error) => {
        connecting = false;
        made.fail(error);
      },
    });
    return made;
  };

  const lost = (code: number): void => {
    socket = undefined;
    if (code === 1000) {
      closedGracefully = true;
      return;
    }
    if (connections === 0 || connections >= policy.attempts || closedGracefully) return;
    if (firstMessageId === undefined) abandonMessages();
    scheduler.after(nextBackoff(), () => {
      if (socket || connecting) return;
      connecting = true;
      connect().listen(() =>
        scheduler.soon(() => {
          connecting = false;
        }),
      );
    });
  };

  const abandonMessages = (): void => {
    if (firstMessageId === undefined) for (const message of inFlight.values()) message.fail(withoutMessage());
    inFlight.clear();
  };

  const receive = (text: string): void => {
    const message = readMessage(text);
    if (message.kind === "invalid") {
      requestor.request("jambonz:error", "/error", { msg: "InvalidMessage", details: message.details, content: text });
    } else if (message.kind === "ack") {
      firstMessageId = undefined;
      const waiting = inFlight.get(message.msgid);
      inFlight.delete(message.msgid);
      waiting?.succeed(message.data);
    } else {
      requestor.listeners.onCommand?.({
        command: message.command,
        callSid: message.callSid ?? callSid,
        queueCommand: message.queueCommand,
        data: message.data,
      });
    }
  };

  const sendQueued = (): void => {
    for (const { type, hook: target, params, options, answer } of queue.splice(0)) {
      if (answer) pipe(requestor.request(type, target, params, options), answer);
      else scheduler.soon(() => requestor.request(type, target, params, options));
    }
  };

  function* connectWithRetries(): Fiber<void> {
    connecting = true;
    for (let attempt = 1; ; attempt += 1) {
      try {
        yield* wait(connect());
        return;
      } catch (error) {
        if (!(error instanceof SimulatedFailure)) throw error;
        if (attempt > policy.attempts || !policy.shouldRetry(error)) {
          connecting = false;
          throw error;
        }
        yield* wait(scheduler.sleep(nextBackoff()));
      }
    }
  }

  function* put(
    type: MessageType,
    target: Hook | string,
    params: object | undefined,
    options: RequestOptions,
  ): Fiber<unknown> {
    const url = urlOf(target);
    if (closedGracefully) return undefined;
    if (type === "session:new") callSid = stringProperty(params, "callSid");
    if (type === "session:reconnect") reconnection = createSignal<void>();
    if (isHttpUrl(url)) {
      const plain = make(typeof target === "string" ? { url } : target);
      if (type === "session:redirect") {
        requestor.close();
        requestor.listeners.onHandover?.(plain);
      }
      return yield* wait(plain.request(type, target, params, options));
    }
    const enqueue = (): Signal<unknown> | undefined => {
      const answer = wantsAck(type) ? createSignal<unknown>() : undefined;
      queue.push({ type, hook: target, params, options, answer });
      return answer;
    };
    if (!socket) {
      if (connecting) {
        const answer = enqueue();
        return answer && (yield* wait(answer));
      }
      yield* connectWithRetries();
    }
    if (type !== "session:reconnect" && reconnection) {
      const answer = enqueue();
      return answer && (yield* wait(answer));
    }
    if (!socket) throw new SimulatedFailure("the socket is gone");
    const answer = transmit(socket, type, url, params, options);
    return answer && (yield* wait(answer));
  }

  /** Sends over an open socket; gives the signal of the ack where one is wanted. */
  const transmit = (
    open: OpenSocket,
    type: MessageType,
    url: string,
    params: object | undefined,
    options: RequestOptions,
  ): Signal<unknown> | undefined => {
    let data = params ? snakeCaseKeys(params) : {};
    if (type === "session:new" || type === "session:adulting") sessionData = data;
    if (type === "session:reconnect") data = sessionData ?? {};
    const msgid = world.config.ids.messageId();
    if (type === "session:new") firstMessageId = msgid;

    let replacesFirst = false;
    if (type === "session:reconnect" && firstMessageId !== undefined) {
      const waiting = inFlight.get(firstMessageId);
      inFlight.delete(firstMessageId);
      if (waiting) inFlight.set(msgid, waiting);
      firstMessageId = msgid;
      replacesFirst = true;
    }
    const text = JSON.stringify({
      type,
      msgid,
      call_sid: callSid,
      hook: namesItsHook(type) ? url : undefined,
      data,
      ...(options.b3 === undefined ? {} : { b3: options.b3 }),
    });
    if (!wantsAck(type) || replacesFirst) {
      open.send(text);
      scheduler.soon(sendQueued);
      return undefined;
    }
    const answer = awaitAck(msgid);
    open.send(text);
    scheduler.spawn(afterSending(type === "session:reconnect" ? reconnection : undefined));
    return answer;
  };

  const awaitAck = (msgid: string): Signal<unknown> => {
    const answer = createSignal<unknown>();
    const timer = scheduler.after(TIMINGS.ackTimeout, () => {
      const waiting = inFlight.get(msgid);
      inFlight.delete(msgid);
      waiting?.fail(withoutMessage());
    });
    inFlight.set(msgid, {
      answer,
      succeed: (data) => {
        timer.cancel();
        answer.settle(data);
        reconnection?.settle();
      },
      fail: (error) => {
        timer.cancel();
        reconnection?.fail(error);
        answer.fail(error);
      },
    });
    return answer;
  };

  function* afterSending(awaited: Signal<void> | undefined): Fiber<void> {
    if (awaited) {
      try {
        yield* wait(awaited);
      } catch (error) {
        if (!(error instanceof SimulatedFailure)) throw error;
        reconnection = undefined;
        for (const { answer } of queue.splice(0)) answer?.fail(error);
        requestor.listeners.onReconnectError?.();
        return;
      }
      reconnection = undefined;
    }
    sendQueued();
  }

  const requestor: Requestor = {
    kind: "ws",
    hook,
    get closedGracefully() {
      return closedGracefully;
    },
    listeners: {},
    request: (type, target, params, options = {}) => scheduler.spawn(put(type, target, params, options)),
    close: (code = 1000) => {
      closedGracefully = true;
      socket?.close(code);
      socket = undefined;
      abandonMessages();
    },
  };
  return requestor;
}

/** The server rejects with a bare text here, in which nobody downstream finds a message (seen: g1 "unknown", g2 no details). */
function withoutMessage(): SimulatedFailure {
  return new SimulatedFailure("");
}

function pipe(from: Signal<unknown>, to: Signal<unknown>): void {
  from.listen((outcome) => (outcome.ok ? to.settle(outcome.value) : to.fail(outcome.error)));
}

function stringProperty(value: object | undefined, name: string): string | undefined {
  const property = value && name in value ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
  return typeof property === "string" ? property : undefined;
}
