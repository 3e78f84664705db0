import { Unplug } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../button/button.tsx";
import { EmptyState } from "../empty-state/empty-state.tsx";
import { Logo } from "../logo/logo.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./unreachable.module.css";

const retryMs = 5_000;

/** The server did not answer when the page came up: says so, and tries again by itself. */
export function Unreachable({ onRetry }: { onRetry: () => void }) {
  const text = useUiText();
  useEffect(() => {
    const again = setTimeout(onRetry, retryMs);
    return () => clearTimeout(again);
  }, [onRetry]);
  return (
    <main className={styles.page}>
      <h1 className={styles.brand}>
        <Logo name size={28} />
      </h1>
      <EmptyState icon={Unplug} title={text("unreachable")} action={<Button onClick={onRetry}>{text("retry")}</Button>}>
        {text("unreachableRemedy")}
      </EmptyState>
    </main>
  );
}
