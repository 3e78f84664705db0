import { Button, Checkbox, TextField } from "@cordboard/ui";
import { Phone } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./lab.module.css";

/** What the caller's telephone dials next. It outlives the call, so that the same can be dialled again. */
export interface Dialled {
  readonly from: string;
  readonly name: string;
  /** Null: the line that the lab proposes. */
  readonly to: string | null;
  readonly hidden: boolean;
}

export interface DiallerProps {
  readonly line: string;
  readonly dialled: Dialled;
  readonly onChange: (dialled: Dialled) => void;
  readonly onCall: (from: string, to: string, name: string) => void;
}

/** Who calls, and whom. */
export function Dialler({ line, dialled, onChange, onCall }: DiallerProps) {
  const { t } = useTranslation();
  const { from, name, hidden } = dialled;
  const to = dialled.to ?? line;
  return (
    <form
      className={styles.dialler}
      onSubmit={(event) => {
        event.preventDefault();
        onCall(hidden ? "anonymous" : from, to, hidden ? "Anonymous" : name);
      }}
    >
      <TextField
        label={t("to")}
        type="tel"
        value={to}
        maxLength={60}
        required
        onChange={(event) => onChange({ ...dialled, to: event.target.value })}
      />
      <TextField
        label={t("from")}
        type="tel"
        value={from}
        maxLength={60}
        disabled={hidden}
        onChange={(event) => onChange({ ...dialled, from: event.target.value })}
      />
      <TextField
        label={t("name")}
        value={name}
        maxLength={60}
        disabled={hidden}
        onChange={(event) => onChange({ ...dialled, name: event.target.value })}
      />
      <Checkbox
        label={t("hidden")}
        checked={hidden}
        onChange={(event) => onChange({ ...dialled, hidden: event.target.checked })}
      />
      <Button type="submit" kind="primary" size="large" wide icon={Phone}>
        {t("call")}
      </Button>
    </form>
  );
}
