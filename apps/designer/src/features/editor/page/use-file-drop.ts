import type { DragEvent } from "react";
import { textOfFile } from "../../../widgets/text-of-file.ts";

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
