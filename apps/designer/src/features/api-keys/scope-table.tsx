import { type KeyScope, keyScopes, resources } from "@cordboard/api";
import { Checkbox } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./api-keys.module.css";

type Props = { value: readonly KeyScope[]; onChange: (value: KeyScope[]) => void };

/** What a key may read and change, a row for each kind of thing. To change includes to read. */
export function ScopeTable({ value, onChange }: Props) {
  const { t } = useTranslation("api-keys");
  const { t: named } = useTranslation("audit");
  const rows = resources.filter((resource) => keyScopes.some((scope) => scope.startsWith(`${resource}:`)));
  const set = (resource: string, given: readonly KeyScope[]) =>
    onChange([...value.filter((scope) => !scope.startsWith(`${resource}:`)), ...given]);
  return (
    <fieldset className={styles.scopes}>
      <legend className={styles.legend}>{t("scopes")}</legend>
      <p className={styles.hint}>{t("scopesHint")}</p>
      {rows.map((resource) => {
        const read: KeyScope = `${resource}:read`;
        const write: KeyScope = `${resource}:write`;
        const writes = value.includes(write);
        const name = t(`scope.${resource}`, { defaultValue: named(`resource.${resource}`) });
        return (
          <div key={resource} className={styles.row}>
            <span>{name}</span>
            {keyScopes.includes(read) && (
              <Checkbox
                label={t("read")}
                aria-label={`${t("read")} · ${name}`}
                checked={writes || value.includes(read)}
                disabled={writes}
                onChange={(event) => set(resource, event.target.checked ? [read] : [])}
              />
            )}
            {keyScopes.includes(write) && (
              <Checkbox
                label={t("write")}
                aria-label={`${t("write")} · ${name}`}
                checked={writes}
                onChange={(event) => set(resource, event.target.checked ? [write] : [read])}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
