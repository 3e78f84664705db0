import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fiveStepFlow } from "../flows.ts";
import type { Target } from "../load/played-call.ts";
import { freePort, type Program, startProgram } from "./program.ts";
import { type StoreProcess, startStore } from "./store-process.ts";

/** One machine's Cordboard as `cordboard run` starts it, without the lab: the embedded store and one runtime, each its own process. */
export interface RuntimeProcess {
  readonly target: Target;
  /** A number whose line has the five-step flow. */
  readonly line: string;
  readonly store: StoreProcess;
  program(): Program;
  /** Starts the runtime again, on the same store and port; the one before must be gone. Resolves with the new one. */
  startAgain(): Promise<Program>;
  stop(): Promise<void>;
}

const SOCKET_USER = "jambonz";
const SOCKET_PASSWORD = "only for this run";

export async function startRuntimeProcess(root: string): Promise<RuntimeProcess> {
  const folder = mkdtempSync(join(tmpdir(), "cordboard-bench-"));
  // The demo company is seeded with whatever `reception.json` this folder holds.
  const flows = join(folder, "flows");
  mkdirSync(flows);
  writeFileSync(join(flows, "reception.json"), JSON.stringify(fiveStepFlow()));
  const [store, port] = [await startStore(root), await freePort()];
  const env = {
    ...process.env,
    MONGODB_URI: store.uri,
    CORDBOARD_DATA: join(folder, "data"),
    CORDBOARD_PORT: String(port),
    CORDBOARD_LOG_LEVEL: "warn",
    CORDBOARD_WEB: join(root, "dist"),
    CORDBOARD_PROMPTS: join(root, "packages/prompts/audio"),
    CORDBOARD_FLOWS: flows,
    CORDBOARD_DEMO: "yes",
    CORDBOARD_SECRET: "a secret that guards nothing, for this run only",
    JAMBONZ_SOCKET_USER: SOCKET_USER,
    JAMBONZ_SOCKET_PASSWORD: SOCKET_PASSWORD,
  };
  const start = () => startProgram(join(root, "dist/server/runtime.js"), env);
  let program = await start();
  const { line } = program.ready;
  const authorization = `Basic ${Buffer.from(`${SOCKET_USER}:${SOCKET_PASSWORD}`).toString("base64")}`;
  return {
    target: { port, path: "/jambonz/call", authorization, kind: "application" },
    line: String(line),
    store,
    program: () => program,
    async startAgain() {
      program = await start();
      return program;
    },
    async stop() {
      await program.stop();
      await store.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
