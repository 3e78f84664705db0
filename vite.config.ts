import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The one Vite configuration. It builds each web app on its own (no shared chunks: an app is what its users load, nothing more);
 * which one, `CORDBOARD_WEB_APP` says. The programs for Node are built by scripts/build.mjs.
 */
const app = process.env.CORDBOARD_WEB_APP ?? "agent";

export default defineConfig({
  root: join(import.meta.dirname, "apps", app),
  base: `/${app}/`,
  plugins: [react()],
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
  },
});
