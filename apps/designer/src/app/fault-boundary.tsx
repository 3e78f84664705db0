import { Button, EmptyState } from "@cordboard/ui";
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** A fault of ours in drawing must not leave an author before a blank page; drafts are kept. */
export class FaultBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Crashed /> : this.props.children;
  }
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
