import type { LiveBoard } from "@cordboard/api";
import { Button, Checkbox, Dialog } from "@cordboard/ui";
import { Monitor } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import styles from "./dialogs.module.css";

/** Which queues the big screen shows: they go into its address, which can be set as a browser's start page. */
export function ScreenDialog({ board, onClose }: { board: LiveBoard; onClose: () => void }) {
  const { t } = useTranslation("live");
  const navigate = useNavigate();
  const [left, setLeft] = useState<readonly string[]>([]);
  const chosen = board.queues.filter(({ queueId }) => !left.includes(queueId));
  const open = () => {
    // Only from a click; a browser that does not want to shows it in the window all the same.
    document.documentElement.requestFullscreen?.().catch(() => undefined);
    const queues = left.length === 0 ? "" : `?queues=${chosen.map(({ queueId }) => queueId).join(",")}`;
    void navigate(`/live/screen${queues}`);
  };
  return (
    <Dialog
      title={t("screen")}
      size="small"
      onClose={onClose}
      actions={
        <Button kind="primary" icon={Monitor} disabled={chosen.length === 0} onClick={open}>
          {t("screenOpen")}
        </Button>
      }
    >
      <p className={styles.words}>{t("screenWords")}</p>
      {board.queues.map(({ queueId, name }) => (
        <Checkbox
          key={queueId}
          label={name}
          checked={!left.includes(queueId)}
          onChange={(event) => setLeft(event.target.checked ? left.filter((id) => id !== queueId) : [...left, queueId])}
        />
      ))}
    </Dialog>
  );
}
