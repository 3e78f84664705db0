import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * The one Vite configuration. It builds each web app on its own (no shared chunks: an app is what its users load, nothing more);
 * which one, `CORDBOARD_WEB_APP` says. The programs for Node are built by scripts/build.mjs.
 */
const app = process.env.CORDBOARD_WEB_APP ?? "agent";
const folder = join(import.meta.dirname, "apps", app);
/** The app's service worker, where it has one: served as `sw.js` beside the page, because it answers for nothing above its own address. */
const worker = join(folder, "src/offline/service-worker.ts");
const hasWorker = existsSync(worker);

/** Writes into the service worker what was built: its files, and a name that changes with any of them. */
function listFiles(): Plugin {
  return {
    name: "cordboard-service-worker",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const built = bundle["sw.js"];
        if (built?.type !== "chunk") return;
        // It is a classic script: one that imports is registered by no browser, and nobody is told.
        if (built.imports.length > 0) this.error(`sw.js shares code with the page: ${built.imports.join(", ")}`);
        const files = Object.keys(bundle).filter((name) => name.startsWith("assets/") && !name.endsWith(".map"));
        const version = createHash("sha256");
        for (const name of files.sort()) version.update(name);
        const page = bundle["index.html"];
        if (page?.type === "asset") version.update(page.source);
        built.code = built.code
          .replaceAll("CORDBOARD_FILES", JSON.stringify(files))
          .replaceAll("CORDBOARD_VERSION", JSON.stringify(version.digest("hex").slice(0, 16)));
      },
    },
  };
}

export default defineConfig({
  root: folder,
  base: `/${app}/`,
  plugins: [react(), ...(hasWorker ? [listFiles()] : [])],
  // For `npm run dev -w apps/designer`: the page from here, everything else from a runtime that runs already.
  server: {
    proxy: Object.fromEntries(
      ["/api", "/media"].map((path) => [path, { target: process.env.CORDBOARD_SERVER ?? "http://127.0.0.1:4700" }]),
    ),
  },
  build: {
    outDir: join(import.meta.dirname, "dist", app),
    emptyOutDir: true,
    target: "es2022",
    // Inlined assets would be data: URLs, which the content security policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    ...(hasWorker && {
      rollupOptions: {
        input: { index: join(folder, "index.html"), sw: worker },
        output: {
          entryFileNames: ({ name }: { name: string }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        },
      },
    }),
  },
});
