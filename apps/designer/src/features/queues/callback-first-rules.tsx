import type { QueueFields } from "@cordboard/api";
import { Checkbox, Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./rules.module.css";

type Rules = QueueFields["callbacks"];
type Props = { rules: Rules; onChange: (changes: Partial<Rules>) => void };

const choices = ["operator", "caller"] as const;

/** Who is rung first when a callback is made, and what becomes of answering machines. */
export function CallbackFirstRules({ rules, onChange }: Props) {
  const { t } = useTranslation("queues");
  const first = rules.first ?? "operator";
  return (
    <>
      <Select
        label={t("callbacks.first")}
        hint={t(`callbacks.firstHint.${first}`)}
        options={choices.map((value) => ({ value, label: t(`callbacks.first.${value}`) }))}
        value={first}
        onChange={(chosen) => onChange({ first: chosen })}
      />
      {first === "caller" && (
        <>
          <Checkbox
            label={t("callbacks.machines")}
            checked={rules.machines === "leave"}
            onChange={(event) => onChange({ machines: event.target.checked ? "leave" : "putThrough" })}
          />
          <p className={styles.words}>{t("callbacks.machinesHint")}</p>
        </>
      )}
    </>
  );
}
