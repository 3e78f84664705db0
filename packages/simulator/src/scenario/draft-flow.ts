import { type Compilation, compile } from "@cordboard/engine";
import type { FlowDocument, SubflowResolver } from "@cordboard/flow-schema";
import { builtInNodeTypes, createRegistry } from "@cordboard/nodes";

const registry = createRegistry([...builtInNodeTypes]);

/** A draft ready to be tried: outputs may lead nowhere, callers who leave by one then hear what callers would. Otherwise the findings that forbid it. */
export function draftFlow(document: FlowDocument, subflow: SubflowResolver): Compilation {
  return compile(document, registry, { draft: true, subflow });
}
