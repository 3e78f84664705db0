import { MAX_FLOW_BYTES } from "@cordboard/flow-schema";

/** The text of a file, never more than one byte above what a flow may have: enough to know that it is too large. */
export function textOfFile(file: Blob): Promise<string> {
  return file.slice(0, MAX_FLOW_BYTES + 1).text();
}
