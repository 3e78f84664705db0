import type { FlowBundle, ImportPlan, InstallationHere } from "@cordboard/flow-schema";
import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./moving.module.css";

/** What the flows name and this installation has to have: what takes its place here, and what is missing. */
export function NameChoices(props: {
  plan: ImportPlan;
  bundle: FlowBundle;
  here: InstallationHere;
  onChoose: (kind: string, id: string, here: string) => void;
}) {
  const { t } = useTranslation("moving");
  const { plan, here, onChoose } = props;
  const fresh = plan.prompts.filter((prompt) => prompt.here === null).map(({ name }) => name);
  const other = plan.prompts.filter(({ differs }) => differs).map(({ name }) => name);
  // What is missing comes first: something is to be done about it.
  const names = [...plan.names].sort((a, b) => Number(a.here !== null) - Number(b.here !== null));
  if (names.length + fresh.length + other.length === 0) return null;
  return (
    <section className={styles.flow}>
      <h3>{t("names")}</h3>
      {names.length > 0 && <p className={styles.quiet}>{t("names.words")}</p>}
      <div className={styles.names}>
        {names.map(({ kind, id, name, here: chosen }) => (
          <Select
            key={`${kind} ${id}`}
            label={t("name", { kind: t(`kind.${kind}`), name })}
            placeholder={t("name.missing")}
            value={chosen}
            error={chosen === null ? t("name.missingWords") : undefined}
            options={(here.things[kind] ?? []).map((thing) => ({ value: thing.id, label: thing.name }))}
            onChange={(value) => onChoose(kind, id, value)}
          />
        ))}
      </div>
      {fresh.length > 0 && <p>{t("prompts.new", { names: fresh.join(", ") })}</p>}
      {other.length > 0 && <p>{t("prompts.other", { names: other.join(", ") })}</p>}
    </section>
  );
}
