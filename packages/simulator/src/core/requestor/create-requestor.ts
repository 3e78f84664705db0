import type { Hook } from "../types.ts";
import type { World } from "../world.ts";
import { createHttpRequestor } from "./http-requestor.ts";
import { isHttpUrl, type Requestor } from "./requestor.ts";
import { createWsRequestor } from "./ws-requestor.ts";

/** The way to an application: plain requests for `http:` addresses, one socket for `ws:`. Nothing is opened before it is needed. */
export function createRequestor(world: World, hook: Hook): Requestor {
  const make = (other: Hook): Requestor => createRequestor(world, other);
  return isHttpUrl(hook.url) ? createHttpRequestor(world, hook, make) : createWsRequestor(world, hook, make);
}
