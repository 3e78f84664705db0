import type { AgentCall } from "@cordboard/api";
import { Button } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import { isWebAddress } from "../session/script-tab.ts";
import styles from "./contact-choice.module.css";
import { Badges } from "./contact-facts.tsx";

type Props = {
  call: AgentCall;
  /** Of the contact whose file is shown in the panel. */
  shown: string | null;
  /** A file that is shown inside the agent. */
  onShow: (contactId: string, url: string) => void;
};

/** Several contacts fit the caller: who it is, is chosen here, and the file of whoever is chosen opens. */
export function ContactChoice({ call, shown, onShow }: Props) {
  const { desk } = useDesk();
  const { t } = useTranslation("desk");
  const { contacts, contactMatches, script } = call.card;
  if (contacts.length < 2) return null;
  return (
    <section className={styles.choice} aria-label={t("contact.whoIsIt")}>
      <h3>{t("contact.whoIsIt")}</h3>
      <ul>
        {contacts.map((contact) => {
          const { contactId, name, company, customerNumber, url } = contact;
          const open = url !== null && isWebAddress(url) ? url : null;
          return (
            <li key={contactId}>
              <span className={styles.who}>
                <strong>{name}</strong>
                <span className={styles.more}>
                  <span>{[company, customerNumber].filter((each) => each !== "").join(" · ")}</span>
                  <Badges contact={contact} />
                </span>
              </span>
              {script && open !== null && (
                <Button
                  aria-pressed={script.place === "panel" ? shown === contactId : undefined}
                  aria-label={t("contact.openFileOf", { name })}
                  onClick={() => (script.place === "panel" ? onShow(contactId, open) : desk.openFile(call, open))}
                >
                  {t("contact.openFile")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {contactMatches > contacts.length && <p className={styles.more}>{t("contact.more")}</p>}
    </section>
  );
}
