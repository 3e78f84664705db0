import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Response, Router } from "express";
import { UserError } from "../errors/index.ts";
import type { MediaPart, MediaShelf } from "./media-shelf.ts";
import { wavPart } from "./wav-tail.ts";

/** `/media/<sha256>.wav` and `/media/<secret>/<sha256>.wav`, with ranges, and parts of them. Fetched by jambonz and by pages of other origins (the lab). */
export function mediaRoutes(shelf: MediaShelf): Router {
  const router = Router();
  router.get("/:file", async (request, response) => {
    const file = await shelf.find(hashOf(request.params.file));
    await send(response, file, "public, max-age=31536000, immutable");
  });
  router.get("/:secret/:file", async (request, response) => {
    const file = await shelf.findPrivate(request.params.secret, hashOf(request.params.file));
    await send(response, file, "private, no-store");
  });
  return router;
}

const hashOf = (file: string) => (file.endsWith(".wav") ? file.slice(0, -4) : "");

async function send(response: Response, file: MediaPart | null, cacheControl: string): Promise<void> {
  if (!file) throw new UserError("notFound", { what: "audio" });
  if (file.fromMs > 0 || file.untilMs !== null) {
    const whole = await readFile(join(file.root, file.name));
    response.set(headersOf(cacheControl)).send(wavPart(whole, file.fromMs, file.untilMs ?? undefined));
    return;
  }
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
