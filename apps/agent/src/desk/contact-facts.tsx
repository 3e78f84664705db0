import type { CallCard, CardContact } from "@cordboard/api";
import { Icon } from "@cordboard/ui";
import { Ban, ShieldAlert, ShieldCheck, Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./contact-facts.module.css";

/** Who calls: what is known of the contact; or among whom one will have to choose. */
export function ContactFacts({ card: { contacts, contactMatches, identity } }: { card: CallCard }) {
  const { t } = useTranslation("desk");
  const [contact, another] = contacts;
  // What was asked of the caller was asked, whoever it turns out to be.
  const proof = identity && (
    <p className={styles.facts}>
      <ProvenIdentity identity={identity} />
    </p>
  );
  if (!contact) return proof;
  if (another) {
    const names = contacts.map(({ name, company }) => (company === "" ? name : `${name} (${company})`));
    return (
      <>
        <p className={styles.several}>
          <strong>{t("contact.several", { count: contactMatches })}</strong> {names.join(", ")}
          {contactMatches > contacts.length && "…"}
        </p>
        {proof}
      </>
    );
  }
  const { company, customerNumber, notes } = contact;
  return (
    <>
      <p className={styles.facts}>
        {company !== "" && <span>{company}</span>}
        {customerNumber !== "" && <span>{t("contact.customerNumber", { number: customerNumber })}</span>}
        <Badges contact={contact} />
        {identity && <ProvenIdentity identity={identity} />}
      </p>
      {notes !== "" && <p className={styles.notes}>{notes}</p>}
    </>
  );
}

/** Whether the caller proved who they are: in words, and in a colour only beside them. */
function ProvenIdentity({ identity: { by, result } }: { identity: NonNullable<CallCard["identity"]> }) {
  const { t } = useTranslation("desk");
  const isProven = result === "verified";
  return (
    <span className={isProven ? styles.verified : styles.blocked}>
      <Icon as={isProven ? ShieldCheck : ShieldAlert} /> {t(`identity.${result}`, { by: t(`identity.by.${by}`) })}
    </span>
  );
}

/** What one must see before one speaks. */
export function Badges({ contact }: { contact: Pick<CardContact, "vip" | "blocked"> }) {
  const { t } = useTranslation("desk");
  return (
    <>
      {contact.vip && (
        <span className={styles.vip}>
          <Icon as={Star} /> {t("contact.vip")}
        </span>
      )}
      {contact.blocked && (
        <span className={styles.blocked}>
          <Icon as={Ban} /> {t("contact.blocked")}
        </span>
      )}
    </>
  );
}
