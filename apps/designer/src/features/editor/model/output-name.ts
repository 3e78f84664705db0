import type { FlowNode } from "@cordboard/flow-schema";
import { ownOutputs } from "./card.ts";
import { typeOf } from "./node-facts.ts";

/** What an output is called, in the reader's language. */
export function outputName(node: FlowNode, output: string, language: "fr" | "en"): string {
  const own = ownOutputs(node.config).get(output);
  return own?.label || own?.key || (typeOf(node)?.texts[language].outputs[output] ?? output);
}
