import { IconButton } from "@cordboard/ui";
import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { LayoutGrid, Maximize, Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../store/editor-context.tsx";
import styles from "./canvas-controls.module.css";
import { useArrange } from "./use-arrange.ts";

/** Nearer, farther, all of it, and everything in its place. */
export function CanvasControls() {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const flow = useReactFlow();
  const arrange = useArrange();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <Panel position="bottom-right" className={styles.controls ?? ""}>
      {!editor.readOnly && <IconButton icon={LayoutGrid} label={t("arrange")} onClick={() => void arrange("all")} />}
      <IconButton icon={Minus} label={t("zoomOut")} onClick={() => void flow.zoomOut()} />
      <span className={styles.percent}>{t("percent", { percent })}</span>
      <IconButton icon={Plus} label={t("zoomIn")} onClick={() => void flow.zoomIn()} />
      <IconButton icon={Maximize} label={t("fit")} onClick={() => void flow.fitView({ padding: 0.12, maxZoom: 1 })} />
    </Panel>
  );
}
