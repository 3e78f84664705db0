import { existsSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";
import type { RequestHandler } from "express";

/** How a browser may be sent a file, the smallest first, with the ending of the file that the build has made so. */
const encodings = [
  { name: "br", ending: ".br" },
  { name: "gzip", ending: ".gz" },
] as const;

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * Sends the file beside the asked one that was compressed when the app was built, where there is one: smaller than what is made while a
 * browser waits, and made once. Goes before `express.static` for `folder`, which sends it.
 */
export function compressedFiles(folder: string): RequestHandler {
  const known = new Set<string>();
  return (request, response, next) => {
    const type = types[extname(request.path)];
    if (type === undefined || (request.method !== "GET" && request.method !== "HEAD")) return next();
    response.vary("Accept-Encoding");
    const encoding = encodings.find(({ name }) => request.acceptsEncodings(name) === name);
    if (encoding === undefined) return next();
    const file = normalize(join(folder, `${request.path}${encoding.ending}`));
    if (!file.startsWith(normalize(folder) + sep)) return next();
    if (!known.has(file) && !existsSync(file)) return next();
    known.add(file);
    request.url = request.url.replace(request.path, `${request.path}${encoding.ending}`);
    response.setHeader("Content-Encoding", encoding.name);
    response.setHeader("Content-Type", type);
    next();
  };
}
