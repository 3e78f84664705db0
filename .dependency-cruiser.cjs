/**
 * Which part may import which. The packages are a line, `flow-schema ← node-kit ← nodes ← engine`; the call-centre core and the
 * simulator's core do no I/O; apps import packages, packages never apps, apps never each other.
 * Parsed with swc: with TypeScript 7 this tool's own TypeScript parser reads no file at all and still passes, which is why
 * test/rules/dependency-rules.test.ts plants a violation of each rule.
 */

/*
 * dependency-cruiser 17 never tells swc that a file has JSX in it, and stops at the first one (sverweij/dependency-cruiser#1081).
 * Version 18 does, but wants Node 22; until Node 20 is left behind, the file's ending tells.
 */
const swc = require("node:module").createRequire(process.argv[1])("@swc/core");
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: /\.[jt]sx$/.test(file) });

const io =
  "^(node:)?(fs|net|http|https|http2|dgram|dns|tls|child_process|cluster|worker_threads|os|process|timers)(/|$)";
const NODE_IO = { dependencyTypes: ["core"], path: io };
const only = (from, allowed) => ({
  name: `${from}-stays-low`,
  severity: "error",
  comment: `packages/${from} may only import ${allowed.length ? allowed.join(", ") : "no other package of ours"}`,
  // Tests may look at their part from above: node types are tested by scenarios.
  from: { path: `^packages/${from}/`, pathNot: "\\.test\\.ts$" },
  to: { path: `^(packages|apps)/`, pathNot: [from, ...allowed].map((name) => `^packages/${name}/`) },
});
const pure = (name, path, pathNot) => ({
  name: `${name}-does-no-io`,
  severity: "error",
  comment: "Pure core: time, chance and the network come through its inputs.",
  from: { path, pathNot: ["\\.test\\.ts$", ...(pathNot ? [pathNot] : [])] },
  to: NODE_IO,
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    only("flow-schema", []),
    only("node-kit", ["flow-schema"]),
    only("nodes", ["flow-schema", "node-kit"]),
    only("engine", ["flow-schema", "node-kit", "nodes"]),
    only("acd", []),
    only("schedule", []),
    only("embedded-mongo", []),
    only("sql-connector", []),
    only("api", ["flow-schema"]),
    only("client", ["api"]),
    only("ui", []),
    only("prompts", []),
    only("simulator", ["acd", "engine", "flow-schema", "node-kit", "nodes", "prompts", "schedule"]),
    pure("engine", "^packages/(flow-schema|node-kit|nodes|engine)/src/"),
    pure("acd", "^packages/(acd|schedule)/src/"),
    pure("simulator-core", "^packages/simulator/src/(core|scenario)/"),
    {
      name: "simulator-core-stays-apart",
      severity: "error",
      from: { path: "^packages/simulator/src/core/", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/(?!simulator/src/core/)" },
    },
    {
      name: "packages-never-import-apps",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
    {
      name: "apps-never-import-each-other",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "one-way-out",
      severity: "error",
      comment:
        "Servers elsewhere are asked, and addresses judged, in outgoing-http alone: a second guard would be a second opinion.",
      from: { path: "^apps/runtime/src/", pathNot: "^apps/runtime/src/outgoing-http/" },
      to: { path: "(^|/)(undici|ipaddr\\.js)(/|$)" },
    },
    {
      name: "declared-only",
      severity: "error",
      from: { pathNot: "\\.test\\.tsx?$|/test/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    { name: "resolvable-only", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^virtual:" } },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".css"],
    },
  },
};
