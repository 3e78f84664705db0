import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { flowJsonSchema } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import type { ExitCode } from "../server/connect.ts";
import { t } from "../texts/t.ts";

/** Writes the JSON Schema of flow files, with the node types of this version, where `"$schema": "./flow.schema.json"` finds it. Needs no server. */
export function writeSchema(file: string): ExitCode {
  const text = `${JSON.stringify(flowJsonSchema(registry), undefined, 2)}\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  console.log(t("flow.schemaWritten", { file }));
  return 0;
}
