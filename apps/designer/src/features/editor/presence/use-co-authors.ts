import { type AuthorPlace, type AuthorsMessage, authorSockets, MOST_SELECTED } from "@cordboard/api";
import { useEffect } from "react";
import { keepSocket } from "../../../app/keep-socket.ts";
import { useApi } from "../../../app/session-context.tsx";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import type { Editor, EditorState } from "../store/create-editor.ts";

/** Who drags a frame over many nodes tells of it so often, ms. */
const sayMs = 120;

/**
 * Shows who else draws on this flow and what they have selected, tells them the same of this page, and draws what they save as soon as it is
 * saved: while something of this page is not, its own save takes it in.
 */
export function useCoAuthors(editor: Editor, flowId: string, keeper: DraftKeeper): void {
  const api = useApi();
  useEffect(() => {
    if (editor.readOnly) return;
    let isOpen = true;
    let isReading = false;
    /** The newest draft that this page was told of. */
    let newest = 0;
    const look = async () => {
      const known = keeper.rev() ?? 0;
      if (isReading || keeper.state.getState().kind !== "saved" || newest <= known) return;
      isReading = true;
      const answer = await api.call("flows.getDraft", { params: { flowId } });
      isReading = false;
      if (!isOpen || !answer.ok) return;
      newest = answer.value.rev;
      keeper.arrived(answer.value);
    };
    const socket = keepSocket<AuthorsMessage, AuthorPlace>({
      namespace: authorSockets.namespace,
      types: ["authors", "draft", "sessionEnded"],
      onMessage(message) {
        if (message.type === "sessionEnded" || message.flowId !== flowId) return;
        if (message.type === "authors") return editor.showAuthors(message.authors);
        newest = Math.max(newest, message.rev);
        void look();
      },
      onUp() {
        say();
        // Whatever was saved while nobody told us.
        newest = Number.POSITIVE_INFINITY;
        void look();
      },
      onDown: () => editor.showAuthors([]),
    });
    const say = () =>
      socket.say({ v: 1, type: "at", flowId, selection: selectedIn(editor.store.getState()).slice(0, MOST_SELECTED) });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stops = [
      keeper.state.subscribe(() => void look()),
      editor.store.subscribe((state, before) => {
        if (state.selection === before.selection && state.panel === before.panel) return;
        timer ??= setTimeout(() => {
          timer = undefined;
          say();
        }, sayMs);
      }),
    ];
    return () => {
      isOpen = false;
      clearTimeout(timer);
      for (const stop of stops) stop();
      socket.close();
    };
  }, [api, editor, flowId, keeper]);
}

function selectedIn({ selection, panel }: Pick<EditorState, "selection" | "panel">): string[] {
  const open = panel === null || panel === "flow" ? [] : [panel.node];
  return [...new Set([...open, ...selection])];
}
