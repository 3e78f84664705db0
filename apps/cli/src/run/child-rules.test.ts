import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Child, keepRunning } from "./child.ts";

const folder = mkdtempSync(join(tmpdir(), "cordboard-child-"));
let child: Child | null = null;

afterEach(async () => {
  await child?.stop(2_000);
  rmSync(folder, { recursive: true, force: true });
});

test("rule 11: a runtime whose heart stands still is ended, and another one takes its place", async () => {
  const file = join(folder, "program.mjs");
  // Says that it is ready, beats once, and hangs with its sockets open.
  writeFileSync(
    file,
    `process.send({ kind: "ready" }); process.send({ kind: "heartbeat" }); setInterval(() => {}, 1000);`,
  );
  const told: string[] = [];
  child = keepRunning({
    part: "runtime",
    file,
    args: [],
    env: { PATH: process.env.PATH },
    stallMs: 300,
    onReady: () => told.push("ready"),
    onRefusal: () => told.push("refuses"),
    onRestart: (how) => told.push(`restarted after ${how}`),
    onStall: () => told.push("stalled"),
    onGiveUp: () => told.push("given up"),
  });
  await expect
    .poll(() => told.slice(0, 4), { timeout: 10_000 })
    .toEqual(["ready", "stalled", "restarted after SIGKILL", "ready"]);
});
