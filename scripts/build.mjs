// Builds what runs: the server programs (dist/server) and the web apps (dist/<app>), each only when its sources have changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { ensureInstalled } from "./ensure-installed.mjs";
import { checkNode, giveUp, say } from "./sentences.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Programs for Node, bundled into one file each; npm's packages stay outside. Name → entry. */
const programs = {
  cordboard: "apps/cli/src/main.ts",
  runtime: "apps/runtime/src/main.ts",
  store: "packages/embedded-mongo/src/main.ts",
  watchdog: "apps/runtime/src/watchdog/watchdog-thread.ts",
  lab: "apps/lab/src/server/main.ts",
};
/** Packages that look for files of their own stay outside; all others are read as a part of one file instead of some thousand files, at each start. */
const outside = ["@node-rs/argon2", "libsql", "pino", "socket.io"];
const webApps = ["agent", "designer", "lab"];

/** One hash of all sources that a build may read. @returns {string} */
function sourcesHash() {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0] ?? "");
  /** @param {string} folder */
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!["node_modules", "dist", "recordings", "test"].includes(entry.name)) walk(path);
      } else if (!/\.(test|spec)\.tsx?$|\.md$/.test(entry.name)) {
        const size = statSync(path).size;
        hash.update(relative(root, path)).update(size > 1_000_000 ? String(size) : readFileSync(path));
      }
    }
  };
  for (const folder of ["packages", "apps", "flows"]) walk(join(root, folder));
  for (const file of ["vite.config.ts", "package-lock.json", "scripts/build.mjs"])
    hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** Builds when needed. @param {{ force?: boolean }} [options] */
export async function build(options = {}) {
  const stamp = join(root, "dist", ".built");
  const wanted = sourcesHash();
  if (!options.force && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  // Whoever builds, tests too: what is built is what is shipped. Otherwise React's development build would get into it.
  process.env.NODE_ENV = "production";
  const vite = await import("vite");
  const jobs = [
    ...Object.entries(programs).map(([name, entry]) => ({ name, run: () => vite.build(serverBuild(name, entry)) })),
    ...webApps.map((app) => ({
      name: `${app} (web)`,
      run: async () => {
        process.env.CORDBOARD_WEB_APP = app;
        await vite.build({ configFile: join(root, "vite.config.ts"), logLevel: "warn" });
        compress(join(root, "dist", app, "assets"));
      },
    })),
  ];
  for (const [index, job] of jobs.entries()) {
    say(
      `Building ${index + 1}/${jobs.length}: ${job.name} …`,
      `Construction ${index + 1}/${jobs.length} : ${job.name} …`,
    );
    try {
      await job.run();
    } catch (error) {
      giveUp(
        `The build of ${job.name} failed: ${error?.message ?? error}`,
        `La construction de ${job.name} a échoué : ${error?.message ?? error}`,
      );
    }
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Puts a brotli and a gzip file beside each that gets smaller by it: the runtime sends those. @param {string} folder */
function compress(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const file = join(folder, name);
    const plain = readFileSync(file);
    if (plain.length < 1_000) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(plain));
    writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
  }
}

/** @param {string} name @param {string} entry @returns {import("vite").InlineConfig} */
function serverBuild(name, entry) {
  return {
    configFile: false,
    root,
    logLevel: "warn",
    ssr: { noExternal: true, external: outside },
    build: {
      ssr: join(root, entry),
      outDir: join(root, "dist", "server"),
      emptyOutDir: false,
      target: "node20",
      sourcemap: true,
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.js`, chunkFileNames: `${name}-[name].js`, format: "es" } },
    },
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  checkNode();
  ensureInstalled(root);
  await build({ force: process.argv.includes("--force") });
}
