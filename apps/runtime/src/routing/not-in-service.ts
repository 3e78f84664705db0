import { type CompiledFlow, compile } from "@cordboard/engine";
import { parseFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

/** Names the version of a call that no line serves; never stored, known to every process. */
export const NOT_IN_SERVICE_VERSION = "ver_notInService";
export const NOT_IN_SERVICE_FLOW = "not-in-service";

/** What a caller hears who dialled a number that leads nowhere: the announcement, in the company's language, and the end. */
export function notInServiceFlow(language: string): CompiledFlow {
  const other = language.startsWith("fr") ? "en-GB" : "fr-FR";
  const parsed = parseFlow(
    JSON.stringify({
      formatVersion: 1,
      id: NOT_IN_SERVICE_FLOW,
      name: "Line not in service",
      languages: [language, other],
      prompts: { pNotInService: { texts: {}, builtIn: "lineNotInService" } },
      entry: "nNotInService",
      nodes: [
        {
          id: "nNotInService",
          name: "Not in service",
          type: "hangup",
          typeVersion: 1,
          config: { prompt: "pNotInService" },
        },
      ],
    }),
  );
  const compiled = parsed.ok ? compile(parsed.document, registry) : parsed;
  if (!compiled.ok) throw new Error(`bug: the built-in flow does not compile: ${JSON.stringify(compiled.findings)}`);
  return compiled.flow;
}
