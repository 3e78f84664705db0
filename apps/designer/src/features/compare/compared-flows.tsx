import type { FlowDocument } from "@cordboard/flow-schema";
import { IconButton } from "@cordboard/ui";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCompanyThings } from "../../widgets/company-things.ts";
import { ReadOnlyCanvas } from "../editor/canvas/read-only-canvas.tsx";
import { isTyping } from "../editor/canvas/use-canvas-keys.ts";
import styles from "./compare.module.css";
import { DifferenceDetails } from "./difference-details.tsx";
import { PlaceName } from "./difference-list.tsx";
import { differencesOf } from "./differences-of.ts";
import { differenceMarks, drawnTogether } from "./drawn-together.ts";

/** Both flows on one drawing, and beside it what differs, place by place; one leads to the other. */
export function ComparedFlows({ before, after }: { before: FlowDocument; after: FlowDocument }) {
  const { t } = useTranslation("compare");
  const things = useCompanyThings();
  const differences = useMemo(() => differencesOf(before, after), [before, after]);
  const together = useMemo(() => drawnTogether(before, after), [before, after]);
  const marks = useMemo(
    () => differenceMarks(before, after, differences, (tone) => t(tone)),
    [before, after, differences, t],
  );
  const [index, setIndex] = useState<number | null>(null);
  const [node, setNode] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const show = (at: number) => {
    setIndex(at);
    setNode(differences[at]?.node ?? null);
  };
  const step = (by: 1 | -1) => {
    if (differences.length === 0) return;
    show(
      index === null ? (by === 1 ? 0 : differences.length - 1) : (index + by + differences.length) % differences.length,
    );
  };
  useStepKeys(step);
  useEffect(() => {
    if (index !== null) list.current?.children[index]?.scrollIntoView({ block: "nearest" });
  }, [index]);
  return (
    <div className={styles.desk}>
      <div className={styles.canvas}>
        <ReadOnlyCanvas
          document={together}
          things={things}
          marks={marks}
          node={node}
          onNode={(id) => {
            const at = differences.findIndex((one) => one.node === id && id !== null);
            setIndex(at < 0 ? null : at);
            setNode(id);
          }}
        />
      </div>
      <aside className={styles.aside} aria-label={t("differences")}>
        <div className={styles.bar}>
          <h2 role="status">
            {index === null
              ? t("count", { count: differences.length })
              : t("position", { at: index + 1, of: differences.length })}
          </h2>
          <IconButton
            icon={ChevronUp}
            label={t("previous")}
            aria-keyshortcuts="P"
            disabled={differences.length === 0}
            onClick={() => step(-1)}
          />
          <IconButton
            icon={ChevronDown}
            label={t("next")}
            aria-keyshortcuts="N"
            disabled={differences.length === 0}
            onClick={() => step(1)}
          />
        </div>
        <ol className={styles.list} ref={list}>
          {differences.map((difference, at) => (
            <li
              key={difference.node ?? ""}
              className={styles.item}
              data-current={at === index || undefined}
              aria-current={at === index || undefined}
            >
              <button type="button" className={styles.press} onClick={() => show(at)}>
                <PlaceName difference={difference} before={before} after={after} />
              </button>
              <DifferenceDetails difference={difference} before={before} after={after} nameOf={things.nameOf} />
            </li>
          ))}
        </ol>
      </aside>
    </div>
  );
}

/** N and P lead from difference to difference wherever the focus is, unless something is typed. */
function useStepKeys(step: (by: 1 | -1) => void): void {
  const latest = useRef(step);
  latest.current = step;
  // With the first picture: a key that is pressed at once is meant for it.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== "n" && key !== "p") return;
      event.preventDefault();
      latest.current(key === "n" ? 1 : -1);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
