/** Writes flows/flow.schema.json from the registry of node types. A test compares the two: run this when it says so. */
import { writeFileSync } from "node:fs";
import { flowJsonSchema } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

const file = new URL("../flows/flow.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(flowJsonSchema(registry), undefined, 2)}\n`);
