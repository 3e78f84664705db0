import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/**
 * Serves one file of a built web app, with a content security policy that allows nothing from elsewhere. `framed`: a page that stands for a
 * business application, which operators' agents may show inside themselves; the others may not be framed.
 */
export async function serveFolder(
  folder: string,
  path: string,
  response: ServerResponse,
  { framed = false } = {},
): Promise<void> {
  const ancestors = framed ? "http: https:" : "'none'";
  try {
    // Throws over a bad percent sign.
    const file = normalize(join(folder, decodeURIComponent(path) || "index.html"));
    if (!file.startsWith(normalize(folder) + sep)) throw new Error("outside the folder");
    const body = await readFile(file);
    const hashed = /-[\w-]{8,}\.\w+$/.test(file);
    response
      .writeHead(200, {
        "content-type": types[extname(file)] ?? "application/octet-stream",
        "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
        "content-security-policy": `default-src 'self'; frame-ancestors ${ancestors}; base-uri 'none'; form-action 'self'`,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      })
      .end(body);
  } catch {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not here. The lab is at /lab/.");
  }
}
