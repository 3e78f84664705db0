import type { DeskContact, DialWish } from "@cordboard/api";
import { Icon, IconButton, PhoneNumber } from "@cordboard/ui";
import { ExternalLink, Phone } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Badges } from "../desk/contact-facts.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { isWebAddress } from "../session/script-tab.ts";
import { useAnswer } from "../session/use-answer.ts";
import { List } from "./dial-rows.tsx";
import styles from "./dial-sheet.module.css";

/** So long nobody types: what is written is what they mean. */
const restMs = 250;

type Props = {
  written: string;
  mayCall: boolean;
  /** Null: calls are not dialled here; contacts are found and opened all the same. */
  onCall: ((wish: DialWish) => void) | null;
  /** How many were found; null while it is not known. */
  onFound: (count: number | null) => void;
};

/** The contacts that are called so, or have this number or id: their file opens by a click, and each of their numbers can be called. */
export function Contacts({ written, ...props }: Props) {
  const rested = useRested(written.trim());
  const { onFound } = props;
  const isLong = rested.length >= 2;
  useEffect(() => {
    if (!isLong) onFound(0);
  }, [isLong, onFound]);
  return isLong ? <Found search={rested} {...props} /> : null;
}

function Found({ search, mayCall, onCall, onFound }: Omit<Props, "written"> & { search: string }) {
  const { desk } = useDesk();
  const { t } = useTranslation("dialling");
  const ask = useCallback(() => desk.ask("desk.contacts", { query: { search } }), [desk, search]);
  const { value, problem } = useAnswer(ask, search);
  useEffect(() => onFound(value === null ? null : value.items.length), [value, onFound]);
  if (value === null) return problem === null ? null : <p className={styles.words}>{problem.message}</p>;
  return (
    <>
      <List title={t("contacts")}>
        {value.items.map((contact) => (
          <ContactRow key={contact.contactId} contact={contact} mayCall={mayCall} onCall={onCall} />
        ))}
      </List>
      {value.more && <p className={styles.words}>{t("moreContacts")}</p>}
    </>
  );
}

function ContactRow({ contact, mayCall, onCall }: Pick<Props, "mayCall" | "onCall"> & { contact: DeskContact }) {
  const { state } = useDesk();
  const { t } = useTranslation("dialling");
  const { name, company, customerNumber, numbers, file } = contact;
  const more = [company, customerNumber].filter((part) => part !== "").join(" · ");
  return (
    <li className={styles.contact}>
      <div className={styles.row}>
        <span className={styles.who}>
          <span className={styles.name}>
            {name} <Badges contact={contact} />
          </span>
          {more !== "" && <span className={styles.detail}>{more}</span>}
        </span>
        {file !== null && isWebAddress(file.url) && (
          <a className={styles.file} href={file.url} target="_blank" rel="noopener noreferrer">
            <Icon as={ExternalLink} /> {t("openFile", { file: file.name })}
          </a>
        )}
      </div>
      {numbers.map(({ number, numberText }) => (
        <div key={number} className={styles.contactNumber}>
          <PhoneNumber text={numberText} />
          {onCall !== null && (
            <IconButton
              icon={Phone}
              label={t("callWhom", { whom: `${name}, ${numberText}` })}
              disabled={!mayCall || state.busy.includes("dial")}
              onClick={() => onCall({ number })}
            />
          )}
        </div>
      ))}
    </li>
  );
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
