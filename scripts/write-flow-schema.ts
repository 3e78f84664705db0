/**
 * Writes what is built from the registry of node types: flows/flow.schema.json, the names of outputs that traces show, and the page of
 * findings. Tests compare them with the registry: run this when they say so.
 */
import { writeFileSync } from "node:fs";
import { findingsPage, flowJsonSchema } from "@cordboard/flow-schema";
import { outputNames, registry } from "@cordboard/nodes";

const write = (path: string, value: unknown) =>
  writeFileSync(new URL(`../${path}`, import.meta.url), `${JSON.stringify(value, undefined, 2)}\n`);
write("flows/flow.schema.json", flowJsonSchema(registry));
write("packages/api/src/trace-words/output-names.generated.json", outputNames());
writeFileSync(new URL("../docs/reference/findings.md", import.meta.url), findingsPage());
