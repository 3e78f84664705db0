// Installs the packages when package-lock.json is not what was installed last. Used by `npm start` and `npm test` on a fresh clone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { giveUp, say } from "./sentences.mjs";

const hasty = ["--fetch-retries=1", "--fetch-retry-mintimeout=500", "--fetch-timeout=10000"];

/** @param {string} root the checkout */
export function ensureInstalled(root) {
  const stamp = join(root, "node_modules", ".cordboard-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(process.versions.modules)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say(
    "Installing packages (once; about half a minute) …",
    "Installation des paquets (une fois ; une demi-minute environ) …",
  );
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm ? [process.execPath, [npm]] : ["npm", []];
  // Without a network npm tries again for many minutes and says nothing; with what it keeps of earlier times it may do without one.
  const asked = spawnSync(command, [...prefix, "view", "typescript", "version", ...hasty], {
    cwd: root,
    timeout: 30_000,
  });
  const offline = asked.status !== 0;
  if (offline) {
    say(
      "npm's registry does not answer; trying with what npm has kept of earlier installations …",
      "Le registre npm ne répond pas ; essai avec ce que npm a gardé d'installations passées …",
    );
  }
  // Not `npm ci`: it refuses a lock that lacks another platform's optional binaries, which a registry may not carry. The lock is kept as it is.
  const done = spawnSync(
    command,
    [
      ...prefix,
      "install",
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      ...(offline ? ["--offline"] : []),
    ],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (done.status !== 0) {
    giveUp(
      "The packages could not be installed: npm's message is above. Check that npm's registry can be reached, then run the same command again.",
      "Les paquets n'ont pas pu être installés : le message de npm est ci-dessus. Vérifiez que le registre npm est joignable, puis relancez la même commande.",
    );
  }
  writeFileSync(stamp, wanted);
}
