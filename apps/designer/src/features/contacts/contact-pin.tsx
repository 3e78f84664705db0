import type { Contact } from "@cordboard/api";
import { Button, PasswordField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiChange } from "../../app/use-api-query.ts";
import styles from "./contact-fields.module.css";
import { refreshes } from "./queries.ts";

/** The PIN by which a contact proves who they are, in flows that ask for one. It is set here, and shown to nobody. */
export function ContactPin({ contact: { contactId, hasPin } }: { contact: Contact }) {
  const { t } = useTranslation("contacts");
  const change = useApiChange("contacts.setPin", { refreshes });
  const [pin, setPin] = useState("");
  const [wrong, setWrong] = useState(false);
  const set = async (wanted: string | null) => {
    const isOne = wanted === null || /^\d{4,16}$/.test(wanted);
    setWrong(!isOne);
    if (!isOne) return;
    const answer = await change.run({ params: { contactId }, body: { pin: wanted } });
    if (!answer.ok) return;
    setPin("");
    showToast(t(wanted === null ? "pinRemoved" : "pinSaved"));
  };
  const problem = wrong ? t("pinForm") : (change.problem?.message ?? null);
  return (
    <section className={styles.pin} aria-label={t("pin")}>
      <PasswordField
        label={t("pin")}
        hint={t(hasPin ? "pinSet" : "pinMissing")}
        {...(problem !== null && { error: problem })}
        autoComplete="new-password"
        inputMode="numeric"
        maxLength={16}
        value={pin}
        onChange={(event) => setPin(event.target.value)}
      />
      <div className={styles.pinTools}>
        <Button busy={change.busy} disabled={pin === ""} onClick={() => void set(pin)}>
          {t("setPin")}
        </Button>
        {hasPin && (
          <Button kind="quiet" disabled={change.busy} onClick={() => void set(null)}>
            {t("removePin")}
          </Button>
        )}
      </div>
    </section>
  );
}
