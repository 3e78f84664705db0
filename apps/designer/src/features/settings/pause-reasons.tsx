import type { CompanyFields } from "@cordboard/api";
import { Button, IconButton, TextField } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./pause-reasons.module.css";

type Reasons = CompanyFields["pauseReasons"];

/** Why operators pause, in both languages of the screens. The code behind a reason stays, so that figures of the past stay true. */
export function PauseReasons({ reasons, onChange }: { reasons: Reasons; onChange: (reasons: Reasons) => void }) {
  const { t } = useTranslation("settings");
  const rename = (at: number, name: Partial<Reasons[number]["name"]>) =>
    onChange(
      reasons.map((reason, index) => (index === at ? { ...reason, name: { ...reason.name, ...name } } : reason)),
    );
  return (
    <section className={styles.reasons} aria-label={t("pauseReasons")}>
      <h3>{t("pauseReasons")}</h3>
      {reasons.map((reason, at) => (
        <div key={reason.code} className={styles.reason}>
          <TextField
            label={t("inFrench")}
            lang="fr"
            value={reason.name.fr}
            onChange={(event) => rename(at, { fr: event.target.value })}
            required
          />
          <TextField
            label={t("inEnglish")}
            lang="en"
            value={reason.name.en}
            onChange={(event) => rename(at, { en: event.target.value })}
            required
          />
          <IconButton
            icon={Trash2}
            label={t("removeReason", { name: reason.name.fr || reason.name.en || reason.code })}
            onClick={() => onChange(reasons.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        icon={Plus}
        onClick={() => onChange([...reasons, { code: freshCode(reasons), name: { fr: "", en: "" } }])}
      >
        {t("addReason")}
      </Button>
    </section>
  );
}

/** A code that none of the reasons has. */
function freshCode(reasons: Reasons): string {
  const codes = new Set(reasons.map(({ code }) => code));
  let number = reasons.length + 1;
  while (codes.has(`pause-${number}`)) number += 1;
  return `pause-${number}`;
}
