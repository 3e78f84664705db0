import express, { type RequestHandler, Router } from "express";
import { compressedFiles } from "./compressed-files.ts";

/** A built web app: `path` is where it is served (`/agent`), `folder` where its files lie. */
export interface WebRoot {
  readonly path: string;
  readonly folder: string;
}

/**
 * Serves built web apps. Files with a hash in their name (`assets/`) may be kept for ever, the page itself is asked for again each time
 * (ETag); an address inside the app that is no file gets the app's page. The bare address of the server leads to the first app.
 */
export function webRoots(roots: readonly WebRoot[]): RequestHandler {
  const router = Router();
  for (const { path, folder } of roots) {
    router.use(
      path,
      compressedFiles(folder),
      express.static(folder, {
        dotfiles: "ignore",
        setHeaders: (response, file) => {
          const hashed = /[\\/]assets[\\/][^\\/]+$/.test(file);
          response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
        },
      }),
    );
    router.get([path, `${path.replace(/\/$/, "")}/*rest`], (request, response, next) => {
      const isFile = /\.\w+$/.test(request.path);
      if (isFile || !request.accepts("html")) return next();
      response.setHeader("Cache-Control", "no-cache");
      response.sendFile("index.html", { root: folder, dotfiles: "allow" }, (failure) => failure && next());
    });
  }
  const [first] = roots;
  // Other programs' pages load it: it is for everybody, and asked for again each time.
  if (first) {
    router.get("/click-to-call.js", (_request, response, next) => {
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      response.setHeader("Cache-Control", "public, max-age=300");
      const sent = { root: first.folder, dotfiles: "allow", cacheControl: false } as const;
      response.sendFile("click-to-call.js", sent, (failure) => failure && next());
    });
  }
  if (first && first.path !== "/") router.get("/", (_request, response) => response.redirect(`${first.path}/`));
  return router;
}
