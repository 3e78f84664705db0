import { type Finding, validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import type { ExitCode } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { findingLine, flowFiles, readFlowFile } from "./read-flow-file.ts";

/** Checks flow files by the rules that publishing checks them by. Fails on errors; warnings are shown. Needs no server. */
export function validateFlows(files: readonly string[], { json }: { readonly json?: boolean }): ExitCode {
  const results = flowFiles(files).map((file): { file: string; findings: readonly Finding[]; message?: string } => {
    const read = readFlowFile(file);
    if (read.ok) return { file, findings: validate(read.document, registry) };
    return read.findings === null ? { file, findings: [], message: read.message } : { file, findings: read.findings };
  });
  if (json) console.log(JSON.stringify(results, null, 2));
  else {
    for (const { file, findings, message } of results) {
      if (message !== undefined) console.error(message);
      for (const finding of findings) console.log(findingLine(file, finding));
      if (message === undefined && findings.length === 0) console.log(t("flow.sound", { file }));
    }
  }
  const broken = results.some(
    ({ findings, message }) => message !== undefined || findings.some(({ severity }) => severity === "error"),
  );
  return broken ? 1 : 0;
}
