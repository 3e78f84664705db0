import { cpus, loadavg, totalmem, type } from "node:os";

export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly system: string;
  readonly store: string;
  /** Processes that wanted a core, mean of a minute: more than nothing before a run means that others were measured too. */
  readonly load: number;
  readonly sentence: string;
}

export function describeMachine(): Machine {
  const [load = 0] = loadavg();
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    system: type(),
    store: "embedded (SQLite, full fsync)",
    load,
  };
  const { cores, processor, memoryGb, node, system, store } = machine;
  return {
    ...machine,
    sentence: `${cores} cores (${processor}), ${memoryGb} GB, ${system}, Node ${node}; store: ${store}; load before the run ${load.toFixed(1)}.`,
  };
}
