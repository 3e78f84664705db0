import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "./free-ports.ts";
import { until } from "./until.ts";

const root = join(import.meta.dirname, "../..");

export interface Account {
  readonly code: string;
  readonly password: string;
}

/** A whole Cordboard of its own: supervisor, store, runtime, lab, in a temporary folder and on free ports. */
export interface Installation {
  readonly url: string;
  readonly labUrl: string;
  readonly line: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly operators: readonly Account[];
  readonly folder: string;
  /** Everything that the supervisor and its programs wrote so far. */
  output(): string;
  /** The running program's process id. */
  pidOf(program: "runtime" | "store" | "lab"): number | null;
  /** `kill -9`; resolves when another process has taken its place. */
  kill(program: "runtime" | "store" | "lab"): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it; `folder` of an earlier one starts that again. */
export async function startInstallation(
  options: { folder?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Installation> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "cordboard-test-"));
  const [port, labPort, labRestPort] = await freePorts(3);
  let text = "";
  const supervisor = spawn(process.execPath, [join(root, "dist/server/cordboard.js"), "run"], {
    env: {
      ...process.env,
      LANG: "en_GB.UTF-8",
      LC_ALL: "",
      CORDBOARD_DATA: folder,
      CORDBOARD_PORT: String(port),
      CORDBOARD_LAB_PORT: String(labPort),
      CORDBOARD_LAB_REST_PORT: String(labRestPort),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  supervisor.stdout?.on("data", (data) => {
    text += data;
  });
  supervisor.stderr?.on("data", (data) => {
    text += data;
  });
  const output = () => text;
  await until(() => text.includes("Press Ctrl-C") || supervisor.exitCode !== null, "the installation to start", {
    ms: 150_000,
    say: output,
  });
  if (supervisor.exitCode !== null) throw new Error(`It did not start:\n${text}`);

  const find = (pattern: RegExp) => pattern.exec(text)?.slice(1) ?? [];
  const [email = "", password = ""] = find(/admin (\S+) · password (\S+)/);
  const operators = [...text.matchAll(/operator (\S+) · .* · password (\S+)/g)].map(([, code = "", secret = ""]) => ({
    code,
    password: secret,
  }));
  const pidOf = (program: string) => childOf(supervisor, program);
  return {
    url: `http://127.0.0.1:${port}`,
    labUrl: `http://127.0.0.1:${labPort}/lab/`,
    line: find(/Line to dial in the lab (\S+)/)[0] ?? "",
    admin: { email, password },
    operators,
    folder,
    output,
    pidOf,
    async kill(program) {
      const old = pidOf(program);
      if (old === null) throw new Error(`There is no ${program} to kill.`);
      process.kill(old, "SIGKILL");
      await until(() => (pidOf(program) ?? old) !== old, `a new ${program}`, { say: output });
    },
    async stop() {
      if (supervisor.exitCode === null) {
        const gone = new Promise((resolve) => supervisor.once("exit", resolve));
        supervisor.kill("SIGTERM");
        await gone;
      }
      if (!options.folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The process that the supervisor started from `dist/server/<program>.js`, by what the kernel says of it. */
function childOf(supervisor: ChildProcess, program: string): number | null {
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${entry}/status`, "utf8"))?.[1];
      const command = readFileSync(`/proc/${entry}/cmdline`, "utf8");
      if (Number(parent) === supervisor.pid && command.includes(`/dist/server/${program}.js`)) return Number(entry);
    } catch {
      // Gone between the two looks.
    }
  }
  return null;
}
