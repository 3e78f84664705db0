import type { FlowDocument } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import styles from "./compare.module.css";
import { DifferenceDetails, type NameOf } from "./difference-details.tsx";
import { type Difference, differencesOf } from "./differences-of.ts";
import { nodeName } from "./say-change.ts";

/** What is different between two flows for a caller, as text: place by place, value by value. For sheets; the page has the drawing too. */
export function DifferenceList(props: { before: FlowDocument; after: FlowDocument; title: string; nameOf: NameOf }) {
  const { before, after, title, nameOf } = props;
  const { t } = useTranslation("compare");
  const heading = useId();
  const differences = useMemo(() => differencesOf(before, after), [before, after]);
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      {differences.length === 0 ? (
        <p className={styles.quiet}>{t("same")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, by keyboard too
        <ul className={styles.sheetList} aria-labelledby={heading} tabIndex={0}>
          {differences.map((difference) => (
            <li className={styles.inSheet} key={difference.node ?? ""}>
              <p className={styles.place}>
                <PlaceName difference={difference} before={before} after={after} />
              </p>
              <DifferenceDetails difference={difference} before={before} after={after} nameOf={nameOf} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Which place it is, and by a word whether it came, went or changed. */
export function PlaceName(props: { difference: Difference; before: FlowDocument; after: FlowDocument }) {
  const { difference, before, after } = props;
  const { t } = useTranslation("compare");
  const screen = useUiLanguage();
  const node = [...after.nodes, ...before.nodes].find(({ id }) => id === difference.node);
  return (
    <>
      <span className={styles.placeName}>{node ? nodeName(node, screen) : t("flow")}</span>
      <span className={styles.tone} data-tone={difference.tone}>
        {t(difference.tone)}
      </span>
    </>
  );
}
