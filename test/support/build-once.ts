import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Builds the product before the tests that run it: what is tested is what is shipped. */
export function setup(): void {
  const root = join(import.meta.dirname, "../..");
  const built = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The product does not build:\n${built.stdout}\n${built.stderr}`);
}
