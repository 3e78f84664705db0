import { join } from "node:path";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

/** Runs what is written for the simulator against the real session code (see README.md). */
export default defineConfig({
  root: join(here, "../.."),
  resolve: { alias: { "@cordboard/simulator/server": join(here, "start-real-server.ts") } },
  test: {
    include: ["test/faults/**/*.test.ts", "test/end-to-end/**/*.test.ts", "test/real-feature-server/**/*.scenario.ts"],
    setupFiles: [join(here, "overhear.ts")],
    expect: { poll: { timeout: 45_000, interval: 20 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
