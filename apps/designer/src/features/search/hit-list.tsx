import { Icon, useUiLanguage } from "@cordboard/ui";
import { Settings2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { languageName } from "../../widgets/language-name.ts";
import { NodeIcon } from "../editor/canvas/node-icon.tsx";
import { typeOf } from "../editor/model/node-facts.ts";
import { useEditorState } from "../editor/store/editor-context.tsx";
import { MarkedText } from "./marked-text.tsx";
import styles from "./search.module.css";
import type { HitGroup, SearchHit } from "./searched.ts";

/** What was found, node by node; each place leads to its setting. */
export function HitList({
  groups,
  current,
  onChoose,
}: {
  groups: readonly HitGroup[];
  current: SearchHit | undefined;
  onChoose: (hit: SearchHit) => void;
}) {
  const { t } = useTranslation("search");
  const screen = useUiLanguage();
  const nodes = useEditorState(({ document }) => document.nodes);
  return groups.map(({ nodeId, hits }) => {
    const node = nodes.find(({ id }) => id === nodeId);
    const type = node ? typeOf(node) : null;
    const name = node ? node.name || (type?.texts[screen].name ?? node.type) : t("flow");
    return (
      <section key={nodeId ?? ""} className={styles.group} aria-label={name}>
        <h3 className={styles.node}>
          {node ? <NodeIcon type={type} /> : <Icon as={Settings2} size={16} />}
          <span className={styles.name}>{name}</span>
        </h3>
        <ul className={styles.hits}>
          {hits.map((hit) => (
            <li key={`${hit.place.pointer} ${hit.place.holds}`}>
              <button
                type="button"
                className={styles.hit}
                aria-current={hit === current || undefined}
                onClick={() => onChoose(hit)}
              >
                <span className={styles.label}>
                  {hit.place.path === ""
                    ? t(`place.${hit.place.holds}`, { language: languageOf(hit) })
                    : (type?.texts[screen].settings[hit.place.path.replace(/\.\*$/, "")] ?? hit.place.path)}
                </span>
                <MarkedText text={hit.text} ranges={hit.ranges} />
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  });

  function languageOf({ place: { pointer } }: SearchHit): string {
    return languageName(pointer.slice(pointer.lastIndexOf("/") + 1), screen);
  }
}
