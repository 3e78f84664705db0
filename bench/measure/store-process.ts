import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface StoreProcess {
  readonly uri: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The embedded store as it is built, in a process of its own and an empty folder, as `cordboard run` starts it. */
export async function startStore(root: string): Promise<StoreProcess> {
  const folder = mkdtempSync(join(tmpdir(), "cordboard-bench-"));
  // In lower case: the driver takes a socket's path for a host name and folds it.
  const socket = join("/tmp", `cb-bench-${process.pid}-${Date.now().toString(36)}.sock`);
  const child = fork(join(root, "dist/server/store.js"), ["--folder", folder, "--socket", socket], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const uri = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the store did not start (code ${code})`)));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const message: { ready?: boolean; uri?: string } = JSON.parse(line);
      if (message.ready && message.uri) resolve(message.uri);
    });
  });
  return {
    uri,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
