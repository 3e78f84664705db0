// Finds a Chromium for the browser tests: the one the environment names, one on the path, or the one in an npm package.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { say } from "./sentences.mjs";

const packaged = "@sparticuz/chromium@138.0.2";

/** @param {string} path */
function runs(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

/**
 * Debian's headless shell beside its Chromium, where it is installed: the same pages for a sixth less of the processor, for it draws no window
 * around them. It shows no notifications.
 * @param {string} chromium the whole browser
 * @returns {string | null}
 */
export function shellBeside(chromium) {
  const shell = join(dirname(chromium), "chromium-headless-shell");
  return basename(chromium) === "chromium" && existsSync(shell) && runs(shell) ? shell : null;
}

/**
 * @param {string} root the checkout; the packaged browser is kept under its .cache
 * @returns {Promise<{ ok: true, path: string } | { ok: false, sentence: string }>}
 */
export async function ensureChromium(root) {
  const named = process.env.CORDBOARD_CHROMIUM ?? process.env.CHROMIUM_PATH;
  if (named) {
    return runs(named)
      ? { ok: true, path: named }
      : {
          ok: false,
          sentence: `The browser named by CORDBOARD_CHROMIUM or CHROMIUM_PATH does not start: ${named}. Mend the path or unset it.`,
        };
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (existsSync(path) && runs(path)) return { ok: true, path };
    }
  }
  say(
    "No Chromium here: fetching one from npm (66 MB, once) …",
    "Pas de Chromium ici : téléchargement depuis npm (66 Mo, une fois) …",
  );
  const folder = join(root, ".cache", "chromium");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm ? [process.execPath, [npm]] : ["npm", []];
  spawnSync(
    command,
    [...prefix, "install", packaged, "--no-audit", "--no-fund", "--loglevel=error", "--engine-strict=false"],
    { cwd: folder, stdio: "inherit" },
  );
  try {
    const entry = createRequire(join(folder, "package.json")).resolve("@sparticuz/chromium");
    const { default: module } = await import(pathToFileURL(entry).href);
    const path = await (module.default ?? module).executablePath();
    if (runs(path)) return { ok: true, path };
  } catch (error) {
    console.error(error);
  }
  return {
    ok: false,
    sentence:
      "No browser for the browser tests: none is named by CORDBOARD_CHROMIUM, none is on the path, and the one in npm's @sparticuz/chromium could not be installed or started. Install Chromium (Debian: apt-get install chromium) and run the tests again.",
  };
}
