import { Button, EmptyState } from "@cordboard/ui";
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** `part`: of a page that goes on around it. */
type Props = { children: ReactNode; part?: boolean };

/** A fault of ours in drawing must not leave an author before a blank page; drafts are kept. */
export class FaultBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return this.props.part ? (
      <Crashed />
    ) : (
      <main>
        <Crashed />
      </main>
    );
  }
}

function Crashed() {
  const { t } = useTranslation("app");
  return (
    <EmptyState
      icon={TriangleAlert}
      heading
      title={t("crashed")}
      action={<Button onClick={() => location.reload()}>{t("reload")}</Button>}
    />
  );
}
