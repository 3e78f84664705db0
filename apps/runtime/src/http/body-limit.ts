import type { RequestHandler } from "express";
import { UserError } from "../errors/index.ts";

/**
 * Refuses a body by the size that its sender gives it, before any of it is read. One that says nothing is read as far as it may go; the
 * parsers then read the rest off before they refuse it.
 */
export function sizeSaid(limit: number): RequestHandler {
  return (request, _response, next) => {
    if (Number(request.headers["content-length"] ?? 0) > limit)
      throw new UserError("tooLarge", { limit: bytesText(limit) });
    next();
  };
}

export function bytesText(bytes: number): string {
  return bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes / 1000} kB`;
}
