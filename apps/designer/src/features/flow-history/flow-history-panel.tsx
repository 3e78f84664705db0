import { IconButton, SegmentedControl } from "@cordboard/ui";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useEditor } from "../editor/store/editor-context.tsx";
import styles from "./flow-history.module.css";
import { HistoryView } from "./history-view.tsx";
import { LiveView } from "./live-view.tsx";

/** Beside the canvas: where calls are now, or which ways they took in some days, shown on the drawing; and the calls of a node. */
export function FlowHistoryPanel({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const { t } = useTranslation("flow-history");
  const { editor } = useEditor();
  // The past counts the calls of every queue: it is not for a supervisor of some.
  const { queueIds } = useSignedIn();
  const [mode, setMode] = useState<"live" | "history">("live");
  useEffect(() => () => editor.showMarks(null), [editor]);
  return (
    <aside className={styles.panel} aria-label={t("title")}>
      <header className={styles.header}>
        <h2 className={styles.heading}>{t("title")}</h2>
        <IconButton icon={X} label={t("close")} onClick={onClose} />
      </header>
      <div className={styles.body}>
        {queueIds === null && (
          <SegmentedControl
            label={t("mode")}
            segments={[
              { value: "live", label: t("mode.live") },
              { value: "history", label: t("mode.history") },
            ]}
            value={mode}
            onChange={setMode}
          />
        )}
        {mode === "live" ? <LiveView flowId={flowId} /> : <HistoryView flowId={flowId} />}
      </div>
    </aside>
  );
}
