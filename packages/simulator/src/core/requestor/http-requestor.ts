import { type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { snakeCaseKeys } from "../snake-case.ts";
import type { Hook } from "../types.ts";
import type { World } from "../world.ts";
import {
  basicAuthorization,
  isAbsoluteUrl,
  isWebSocketUrl,
  type MakeRequestor,
  type MessageType,
  originOf,
  type Requestor,
  urlOf,
} from "./requestor.ts";

/** Hooks as plain HTTP requests with JSON bodies; the shell signs them. Anything but 200, 202 and 204 is a failure. */
export function createHttpRequestor(world: World, hook: Hook, make: MakeRequestor): Requestor {
  function* send(
    type: MessageType,
    target: Hook | string,
    params: object | undefined,
    b3: string | undefined,
  ): Fiber<unknown> {
    const url = urlOf(target);
    if (type === "jambonz:error") return undefined;
    if (isWebSocketUrl(url)) {
      const next = make(typeof target === "string" ? { url } : target);
      if (type === "session:redirect") requestor.listeners.onHandover?.(next);
      return yield* wait(next.request("session:new", target, params, b3 === undefined ? {} : { b3 }));
    }
    const method = typeof target === "object" && target.method?.toUpperCase() === "GET" ? "GET" : "POST";
    const answer = yield* wait(
      world.fetch({
        purpose: type === "call:status" ? "status" : "hook",
        method,
        url: isAbsoluteUrl(url) ? url : `${originOf(hook.url)}${url}`,
        headers: {
          "user-agent": "jambonz",
          ...basicAuthorization(typeof target === "object" && target.username ? target : hook),
          ...(b3 === undefined ? {} : { b3 }),
          ...(method === "POST" ? { "content-type": "application/json" } : {}),
        },
        ...(method === "POST" && params ? { body: JSON.stringify(snakeCaseKeys(params)) } : {}),
      }),
    );
    if (answer.kind !== "hookAnswered") throw new SimulatedFailure("a hook was answered with audio");
    if (![200, 202, 204].includes(answer.status)) {
      throw new SimulatedFailure("Unexpected HTTP Response", { status: answer.status });
    }
    return parseJson(answer.body);
  }

  const requestor: Requestor = {
    kind: "http",
    hook,
    closedGracefully: false,
    listeners: {},
    request: (type, target, params, options = {}) => world.scheduler.spawn(send(type, target, params, options.b3)),
    close: () => {},
  };
  return requestor;
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return "";
  try {
    return JSON.parse(text);
  } catch {
    throw new SimulatedFailure("the hook's answer is not JSON");
  }
}
