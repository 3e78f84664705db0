import type { RequestHandler } from "express";
import { UserError } from "../errors/index.ts";

/** How many uploads are in memory at once: of the largest that is taken, 160 MB. */
const atOnce = 8;
/** How many may wait unread: more are told to come back. */
const mostWaiting = 100;

/**
 * Lets an upload be read when there is room for it: until then its bytes stay in the network, not in memory. The place is free again when
 * the request is over, whichever way.
 */
export function uploadTurns(): RequestHandler {
  const waiting: (() => void)[] = [];
  let reading = 0;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else reading -= 1;
  };
  return (_request, response, next) => {
    if (reading < atOnce) {
      reading += 1;
      response.once("close", leave);
      return next();
    }
    if (waiting.length >= mostWaiting) throw new UserError("tooManyRequests", { retryAfterSeconds: 5 });
    const begin = () => {
      response.off("close", giveUp);
      response.once("close", leave);
      next();
    };
    const giveUp = () => void waiting.splice(waiting.indexOf(begin), 1);
    response.once("close", giveUp);
    waiting.push(begin);
  };
}
