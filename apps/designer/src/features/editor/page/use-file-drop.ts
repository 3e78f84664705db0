import { MAX_FLOW_BYTES } from "@cordboard/flow-schema";
import type { DragEvent } from "react";

/** Takes a file that is dropped on the window and hands over its text; larger ones than a flow can be are cut, so that they are refused quickly. */
export function useFileDrop(onText: (text: string) => void) {
  return {
    onDragOver(event: DragEvent) {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    },
    onDrop(event: DragEvent) {
      const [file] = event.dataTransfer.files;
      if (!file) return;
      event.preventDefault();
      void textOfFile(file).then(onText);
    },
  };
}

/** The text of a file, never more than one byte above what a flow may have: enough to know that it is too large. */
export function textOfFile(file: Blob): Promise<string> {
  return file.slice(0, MAX_FLOW_BYTES + 1).text();
}
