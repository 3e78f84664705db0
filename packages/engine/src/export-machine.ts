import type { CompiledFlow } from "./compiled-flow.ts";
import type { MachineJson } from "./machine-types.ts";

/**
 * A compiled flow as an XState machine configuration: plain JSON that `createMachine` takes and Stately's tools draw. Guards and actions
 * are named objects with their parameters.
 */
export function exportMachine(flow: CompiledFlow): MachineJson {
  return structuredClone(flow.json);
}
