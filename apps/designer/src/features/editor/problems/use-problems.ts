import type { CompanyFacts, FlowDocument } from "@cordboard/flow-schema";
import { useEffect } from "react";
import { referencesOf } from "../model/node-facts.ts";
import { sortProblems } from "../model/problems.ts";
import type { Editor } from "../store/create-editor.ts";
import { isPathMarks } from "./path-marks.ts";
import type { CheckAnswer, CheckRequest } from "./problem-worker.ts";
import { useSubflows } from "./use-subflows.ts";

/** How long typing rests before it is checked, ms. */
const restMs = 200;

/** Has the flow checked in a worker whenever it changes; what is found stands in the editor's state. */
export function useProblems(editor: Editor, company: CompanyFacts): void {
  const subflows = useSubflows(editor);
  useEffect(() => {
    const worker = new Worker(new URL("./problem-worker.ts", import.meta.url), { type: "module" });
    let turn = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked: FlowDocument | null = null;
    const ask = () => {
      turn += 1;
      asked = editor.store.getState().document;
      const request: CheckRequest = { turn, document: asked, company, subflows };
      worker.postMessage(request);
    };
    worker.onmessage = ({ data }: MessageEvent<CheckAnswer>) => {
      if (data.turn !== turn || asked === null) return;
      // A path that was found before need not be one any more.
      if (isPathMarks(editor.store.getState().marks)) editor.showMarks(null);
      editor.showProblems(sortProblems(data.findings, asked, speakers(asked)));
    };
    const stop = editor.store.subscribe((state, before) => {
      if (state.document === before.document) return;
      clearTimeout(timer);
      timer = setTimeout(ask, restMs);
    });
    ask();
    return () => {
      stop();
      clearTimeout(timer);
      worker.terminate();
    };
  }, [editor, company, subflows]);
}

/** Which nodes say a prompt. */
function speakers(document: FlowDocument): (promptId: string) => readonly string[] {
  const found = new Map<string, string[]>();
  for (const node of document.nodes) {
    for (const { kind, id } of referencesOf(node)) {
      if (kind === "prompt") found.set(id, [...(found.get(id) ?? []), node.id]);
    }
  }
  return (promptId) => found.get(promptId) ?? [];
}
