import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { folderInMemory } from "./test/support/folder-in-memory.ts";

// Everything that tests start asks for its temporary folder there.
const memory = folderInMemory();
if (memory !== null) process.env.TMPDIR = memory;

/**
 * Files that take long, the longest first: begun last they would keep everybody waiting. Those that wait for clocks stand between those that
 * work. The size of a file, by which the others are ordered, says little of either.
 */
const takesLong = [
  "apps/runtime/src/reports/simulated-day.test.ts",
  "packages/simulator/test/real-sockets/real-sockets.test.ts",
  "packages/acd/src/model.test.ts",
  "apps/runtime/src/call-centre/call-centre.store.test.ts",
  "apps/runtime/src/calls/take-over.store.test.ts",
  "apps/runtime/src/calls/placed-calls.store.test.ts",
  "apps/runtime/src/http/hostile-requests.store.test.ts",
  "packages/embedded-mongo/test/process.store.test.ts",
  "apps/runtime/src/call-centre/call-centre.test.ts",
  "packages/engine/src/engine.properties.test.ts",
  "apps/runtime/src/access/access.store.test.ts",
  "apps/runtime/src/contacts/contacts.store.test.ts",
  "apps/runtime/src/reports/reports.store.test.ts",
  "apps/runtime/src/webhooks/webhooks.store.test.ts",
  "apps/runtime/src/seed/demo-company.store.test.ts",
  "apps/runtime/src/figures/change-of-clocks.store.test.ts",
  "scripts/new-node.test.ts",
  "packages/api/src/example.test.ts",
  "packages/embedded-mongo/src/planner.test.ts",
  "test/end-to-end/agent-desk.test.ts",
  "test/faults/callbacks.test.ts",
  "test/end-to-end/designer-pages.test.ts",
  "test/faults/kill-runtime.test.ts",
  "test/faults/handing-over.test.ts",
  "test/end-to-end/designer-walk.test.ts",
  "test/faults/holding.test.ts",
  "test/end-to-end/designer.test.ts",
  "test/end-to-end/designer-bad-luck.test.ts",
  "test/faults/voicemail.test.ts",
  "test/end-to-end/command-line.test.ts",
  "test/end-to-end/one-call.test.ts",
  "test/faults/store-outage.test.ts",
  "test/faults/cut-socket.test.ts",
  "test/end-to-end/click-to-call.test.ts",
  "test/faults/two-runtimes.test.ts",
  "test/faults/mails.test.ts",
  "test/end-to-end/live-board.test.ts",
  "test/faults/calls-that-go-wrong.test.ts",
  "test/end-to-end/node-types.test.ts",
  "test/faults/recorded-conversation.test.ts",
  "test/faults/offers-that-race.test.ts",
  "test/end-to-end/distribution.test.ts",
  "test/end-to-end/blocked-browser.test.ts",
  "test/end-to-end/framed-agent.test.ts",
  "test/faults/passing-on.test.ts",
  "test/end-to-end/spoken-text.test.ts",
  "test/end-to-end/weight.test.ts",
  "test/end-to-end/api-page.test.ts",
];

/** One project after the other: a worker whose next file is another project's ends, and what it had imported is imported again. */
const blocks = ["unit-apart", "store", "unit", "end-to-end"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const found = takesLong.findIndex((file) => moduleId.endsWith(file));
      return blocks.indexOf(project.name) * 1_000 + (found < 0 ? takesLong.length : found);
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const propertySeed = "test/support/property-seed.ts";

/** What is polled for comes soon, on a busy machine later: one second, the default, is not a fault. A look each 20 ms costs nothing. */
const patient = { poll: { timeout: 20_000, interval: 20 } };

/** What one project has transformed the others read, and the next run. By the hash of the source, so that nothing old is read. */
const experimental = { fsModuleCache: true, fsModuleCachePath: join(import.meta.dirname, ".cache/modules") };

/** Much is made and thrown away at once: with 64 MB for it instead of 16, half as much time goes into collecting it. */
const execArgv = ["--max-semi-space-size=64"];

/** Puts another module in the place of one: what others import must not be shared with it. */
const replacesModules = ["packages/acd/src/model.test.ts"];

/** Needs a database server, which no fresh clone has: run by who gives its address (see there). */
const needsServers = ["packages/sql-connector/src/real-databases.test.ts"];
const serversGiven = process.env.CORDBOARD_TEST_POSTGRESQL || process.env.CORDBOARD_TEST_MYSQL;

/**
 * Four projects: `unit` (beside the code; the fast bulk), `unit-apart` (its tests that put a module in the place of another), `store` (what
 * must hold on the embedded store and, where `MONGODB_URI` names one, on a real MongoDB) and `end-to-end` (whole processes and a real browser).
 */
export default defineConfig({
  test: {
    reporters: ["default"],
    sequence: { sequencer: LongestFirst },
    // Many of them wait for clocks: twice the cores of a small machine.
    maxWorkers: 4,
    experimental,
    projects: [
      {
        test: {
          name: "unit",
          // Files of a worker share what they import: loading it anew for each file took a third of the time. No module keeps state of calls.
          isolate: false,
          execArgv,
          expect: patient,
          setupFiles: [propertySeed],
          include: [
            "packages/*/{src,test}/**/*.test.{ts,tsx}",
            "apps/*/src/**/*.test.{ts,tsx}",
            "test/rules/**/*.test.ts",
            "flows/**/*.test.ts",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
          ],
          exclude: [
            "**/*.store.test.ts",
            "**/node_modules/**",
            "**/dist/**",
            ...replacesModules,
            ...(serversGiven ? [] : needsServers),
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: { name: "unit-apart", execArgv, setupFiles: [propertySeed], include: replacesModules },
      },
      {
        test: {
          name: "store",
          isolate: false,
          execArgv,
          expect: patient,
          setupFiles: [propertySeed],
          include: ["apps/runtime/src/**/*.store.test.ts", "packages/embedded-mongo/**/*.store.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "end-to-end",
          // As above: several import the whole runtime, which takes three seconds, and all the driver of the browser.
          isolate: false,
          execArgv,
          // jambonz comes back to a call up to 31 s after its runtime died: see test/support/until.ts.
          expect: { poll: { ...patient.poll, timeout: 90_000 } },
          include: ["test/end-to-end/**/*.test.ts", "test/faults/**/*.test.ts"],
          globalSetup: ["test/support/build-once.ts"],
          // They keep to the clock: with nothing else on the machine.
          sequence: { groupOrder: 1 },
          // What waits for telephones leaves room for others; more at once make restarts slower than jambonz' tries, and nothing quicker.
          maxWorkers: 3,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
