import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Response, Router } from "express";
import { UserError } from "../errors/index.ts";
import type { MediaFile, MediaShelf } from "./media-shelf.ts";
import { wavTail } from "./wav-tail.ts";

/** `/media/<sha256>.wav` and `/media/<secret>/<sha256>.wav`, with ranges. Fetched by jambonz and by pages of other origins (the lab). */
export function mediaRoutes(shelf: MediaShelf): Router {
  const router = Router();
  router.get("/:file", async (request, response) => {
    const file = await shelf.find(hashOf(request.params.file));
    send(response, file, "public, max-age=31536000, immutable");
  });
  router.get("/:secret/:file", async (request, response) => {
    const file = await shelf.findPrivate(request.params.secret, hashOf(request.params.file));
    if (!file || file.fromMs === 0) return send(response, file, "private, no-store");
    response.set(headersOf("private, no-store")).send(wavTail(await readFile(join(file.root, file.name)), file.fromMs));
  });
  return router;
}

const hashOf = (file: string) => (file.endsWith(".wav") ? file.slice(0, -4) : "");

function send(response: Response, file: MediaFile | null, cacheControl: string): void {
  if (!file) throw new UserError("notFound", { what: "audio" });
  response.sendFile(file.name, {
    root: file.root,
    dotfiles: "allow",
    cacheControl: false,
    headers: headersOf(cacheControl),
  });
}

const headersOf = (cacheControl: string) => ({
  "Cache-Control": cacheControl,
  "Content-Type": "audio/wav",
  "Cross-Origin-Resource-Policy": "cross-origin",
});
