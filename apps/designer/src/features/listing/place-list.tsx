import { useUiLanguage } from "@cordboard/ui";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import styles from "./form-problem.module.css";
import type { Place } from "./places-of-use.ts";

/** Places that use something, as links to them; of flows also to each node. */
export function PlaceList({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation("listing");
  const typeName = useTypeName(places.some(({ nodes }) => nodes.some(({ name }) => name === "")));
  return (
    <ul className={styles.places}>
      {places.map(({ kind, name, address, draft, nodes }) => (
        <li key={`${kind} ${address} ${name}`}>
          <span className={styles.kind}>{t(`place.${kind}`)}</span> <Link to={address}>{name}</Link>
          {draft && ` (${t("draft")})`}
          {nodes.length > 0 && (
            <ul className={styles.nodes}>
              {nodes.map((node) => (
                <li key={node.nodeId}>
                  <span className={styles.kind}>{t("place.node")}</span>{" "}
                  <Link to={node.address}>{node.name || typeName(node.type)}</Link>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The names of types of nodes, which are fetched only where a node has no name of its own: lists need nothing else of the editor. */
export function useTypeName(wanted: boolean): (type: string) => string {
  const screen = useUiLanguage();
  const { data } = useQuery({
    queryKey: ["node types", screen],
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { registry } = await import("@cordboard/nodes");
      return new Map(registry.all().map(({ type, texts }) => [type, texts[screen].name]));
    },
  });
  return (type) => data?.get(type) ?? type;
}
