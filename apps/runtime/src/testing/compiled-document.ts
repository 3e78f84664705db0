import { type CompiledFlow, compile } from "@cordboard/engine";
import { parseFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

/** A flow document as the runtime compiles it; throws what is wrong with it. */
export function compiledDocument(document: object): CompiledFlow {
  const parsed = parseFlow(JSON.stringify(document));
  const compiled = parsed.ok ? compile(parsed.document, registry) : parsed;
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
  return compiled.flow;
}
