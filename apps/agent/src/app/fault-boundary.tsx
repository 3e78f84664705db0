import { Button, EmptyState, Notice } from "@cordboard/ui";
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** A fault of ours in drawing must not leave an operator before a blank page. With `part`, only a part of it is lost, never the call above it. */
export class FaultBoundary extends Component<{ part?: boolean; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return this.props.part ? <PartLost /> : <Crashed />;
  }
}

/** Mostly a piece that an upgraded server no longer has. */
function PartLost() {
  const { t } = useTranslation("app");
  return (
    <Notice kind="warning" remedy={{ label: t("reload"), onSelect: () => location.reload() }}>
      {t("outdated")}
    </Notice>
  );
}

function Crashed() {
  const { t } = useTranslation("app");
  return (
    <main>
      <EmptyState
        icon={TriangleAlert}
        title={t("crashed")}
        action={<Button onClick={() => location.reload()}>{t("reload")}</Button>}
      />
    </main>
  );
}
