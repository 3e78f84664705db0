import { existsSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { version } from "../package.json" with { type: "json" };
import { readConfig } from "./config/config.ts";
import { startRuntime } from "./start-runtime.ts";
import { startWatchdog } from "./watchdog/watchdog.ts";

// Built, this file is <root>/dist/server/runtime.js.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** A loop that stands still this long holds calls hostage (protocol rule 11): longer than any honest pause, shorter than a hook's 5 s twice. */
const STALL_MS = 6_000;
/** Ending takes this long at most: calls are handed back first, so what is cut then loses nothing. */
const STOP_MS = 4_000;

const tell = (message: object) => {
  if (process.connected) process.send?.(message);
};
const refuse = (message: { reason: string; [detail: string]: unknown }): never => {
  tell({ kind: "refuses", ...message });
  process.exit(1);
};

const read = readConfig(process.env, root);
if (!read.ok) {
  // Its supervisor says it in the reader's language; alone, it says so itself.
  if (!process.connected)
    for (const { variable, message } of read.problems) process.stderr.write(`${variable}: ${message.en}\n`);
  refuse({ reason: "config", problems: read.problems });
} else {
  const { config, warnings } = read;
  const log = pino({ level: config.logLevel }, pino.destination(2));
  for (const { variable, message } of warnings) log.warn({ variable }, message.en);

  // An error that nobody caught leaves a state that nobody knows. The calls are safe in the store: a fresh process takes them up.
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error) => {
      log.fatal({ err: error }, "an error that nobody caught; starting afresh");
      process.exit(70);
    });
  }

  const thread = new URL("./watchdog.js", import.meta.url);
  const watchdog = startWatchdog({
    file: existsSync(thread) ? thread : null,
    stallMs: STALL_MS,
    onBeat: () => tell({ kind: "heartbeat" }),
  });

  try {
    const contactPageUrl = process.env.CORDBOARD_DEMO_CONTACT_URL ?? `${config.publicUrl}/contact`;
    const runtime = await startRuntime({ config, log, version, contactPageUrl });
    const stop = () => {
      setTimeout(() => process.exit(0), STOP_MS).unref();
      void runtime.close().then(() => {
        watchdog.stop();
        process.exit(0);
      });
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
    process.on("message", (message) => {
      if (typeof message !== "object" || message === null || !("kind" in message)) return;
      if (message.kind !== "accountsShown") return;
      runtime
        .accountsShown()
        .catch((error) => log.warn({ err: error }, "the demo passwords are shown again at the next start"));
    });
    // The supervisor is gone: nobody would start this process again.
    if (process.connected) process.on("disconnect", stop);
    log.info({ url: config.publicUrl }, "ready");
    tell({ kind: "ready", accounts: runtime.accounts, line: runtime.demoLine });
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
    if (code === "EADDRINUSE") refuse({ reason: "portBusy" });
    if (code === "EACCES") refuse({ reason: "portForbidden" });
    log.fatal({ err: error }, "the runtime could not start");
    process.exit(1);
  }
}
