import { Suspense, useEffect } from "react";
import { useStore } from "zustand";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import { slotsFor } from "../page/slots.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import { ExtractDialog } from "./extract-dialog.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { VersionsDialog } from "./versions-dialog.tsx";

/** Which sheet is above the editor. `text`: what was dropped on the window. */
export type EditorDialog =
  | { readonly kind: "publish" | "versions" | "export" | "shortcuts" | "conflict" | "extract" }
  | { readonly kind: "import"; readonly text: string | null }
  | { readonly kind: "slot"; readonly id: string };

type Props = {
  flowId: string;
  version: number | null;
  keeper: DraftKeeper;
  dialog: EditorDialog | null;
  onDialog: (dialog: EditorDialog | null) => void;
};

/** The sheets of the editor. Another author's draft shows its own as soon as it is known. */
export function EditorDialogs({ flowId, version, keeper, dialog, onDialog }: Props) {
  const { kind } = useStore(keeper.state);
  useEffect(() => {
    if (kind === "conflict") onDialog({ kind: "conflict" });
  }, [kind, onDialog]);
  const onClose = () => onDialog(null);
  switch (dialog?.kind) {
    case "publish":
      return <PublishDialog flowId={flowId} keeper={keeper} onClose={onClose} />;
    case "versions":
      return <VersionsDialog flowId={flowId} keeper={keeper} onClose={onClose} />;
    case "import":
      return <ImportDialog text={dialog.text} onClose={onClose} />;
    case "export":
      return <ExportDialog onClose={onClose} />;
    case "extract":
      return <ExtractDialog onClose={onClose} />;
    case "shortcuts":
      return <ShortcutsDialog slots={slotsFor(version !== null)} onClose={onClose} />;
    case "conflict":
      return <ConflictDialog keeper={keeper} onClose={onClose} />;
    case "slot": {
      const slot = slotsFor(version !== null).find(({ id }) => id === dialog.id);
      return (
        slot && (
          <Suspense>
            <slot.Part flowId={flowId} version={version} keeper={keeper} onClose={onClose} />
          </Suspense>
        )
      );
    }
    default:
      return null;
  }
}
