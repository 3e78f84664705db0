import type { Company, ContactFileRead, ContactImportPlan } from "@cordboard/api";
import { controlClass, SelectFrame } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./import-dialog.module.css";

type Props = {
  read: ContactFileRead;
  plan: ContactImportPlan;
  company: Pick<Company, "contactFields">;
  onChange: (plan: ContactImportPlan) => void;
};

const plain = [
  "name",
  "company",
  "number",
  "language",
  "customerNumber",
  "pin",
  "vip",
  "blocked",
  "preferredOperator",
  "notes",
] as const;

/** What each column of the file holds, beside what stands in its first rows. */
export function ColumnMapping({ read, plan, company, onChange }: Props) {
  const { t } = useTranslation("contacts");
  const chosen = (column: number) => plan.columns.find((each) => each.column === column)?.to ?? "";
  const choose = (column: number, to: string) => {
    const others = plan.columns.filter((each) => each.column !== column);
    const columns = to === "" ? others : [...others, { column, to }].sort((a, b) => a.column - b.column);
    const keeps = plan.matchBy === null || columns.some((each) => each.to === plan.matchBy);
    onChange({ ...plan, columns, matchBy: keeps ? plan.matchBy : null });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a stretch that scrolls must be reached by keyboard
    <section className={styles.scroll} aria-label={t("columns")} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("column")}</th>
            <th scope="col">{t("holds")}</th>
          </tr>
        </thead>
        <tbody>
          {read.columns.map(({ name, samples }, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns are their place in the file
            <tr key={column}>
              <th scope="row">
                {name}
                <span className={styles.samples}>{samples.filter((sample) => sample !== "").join(" · ")}</span>
              </th>
              <td>
                <SelectFrame>
                  <select
                    className={controlClass}
                    aria-label={t("holdsOf", { column: name })}
                    value={chosen(column)}
                    onChange={(event) => choose(column, event.target.value)}
                  >
                    <option value="">{t("to.nothing")}</option>
                    {plain.map((to) => (
                      <option key={to} value={to}>
                        {t(`to.${to}`)}
                      </option>
                    ))}
                    {company.contactFields.map(({ key, name: own }) => (
                      <option key={key} value={`field:${key}`}>
                        {own}
                      </option>
                    ))}
                    <option value={externalOf(chosen(column), name)}>
                      {t("to.external", { system: externalOf(chosen(column), name).slice("external:".length) })}
                    </option>
                  </select>
                </SelectFrame>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The id of another system: called as it is already, or as the column's name says. */
function externalOf(chosen: string, name: string): string {
  if (chosen.startsWith("external:")) return chosen;
  const word = name
    .normalize("NFD")
    .replace(/\b(id|identifiant)\b/gi, "")
    .replace(/[^A-Za-z0-9_]/g, "")
    .toLowerCase()
    .slice(0, 40);
  return `external:${/^[a-z]/.test(word) ? word : "crm"}`;
}
