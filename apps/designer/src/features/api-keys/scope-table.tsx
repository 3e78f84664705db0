import { type KeyScope, keyScopes, type Resource } from "@cordboard/api";
import { Checkbox } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import styles from "./api-keys.module.css";
import { scopeGroups } from "./scope-groups.ts";

type Props = { value: readonly KeyScope[]; onChange: (value: KeyScope[]) => void };

/** What a key may read and change, a row for each kind of thing. To change includes to read. */
export function ScopeTable({ value, onChange }: Props) {
  const { t } = useTranslation("api-keys");
  const set = (resource: string, given: readonly KeyScope[]) =>
    onChange([...value.filter((scope) => !scope.startsWith(`${resource}:`)), ...given]);
  return (
    <fieldset className={styles.scopes}>
      <legend className={styles.legend}>{t("scopes")}</legend>
      <p className={styles.hint}>{t("scopesHint")}</p>
      {Object.entries(scopeGroups).map(([group, resources]) => (
        <section key={group} className={styles.group} aria-label={t(`scopes.${group}`)}>
          <h3 className={styles.groupName}>{t(`scopes.${group}`)}</h3>
          {resources.map((resource) => (
            <ScopeRow key={resource} resource={resource} value={value} onGrant={(given) => set(resource, given)} />
          ))}
        </section>
      ))}
    </fieldset>
  );
}

type RowProps = { resource: Resource; value: readonly KeyScope[]; onGrant: (given: readonly KeyScope[]) => void };

function ScopeRow({ resource, value, onGrant }: RowProps) {
  const { t } = useTranslation("api-keys");
  const read: KeyScope = `${resource}:read`;
  const write: KeyScope = `${resource}:write`;
  const writes = value.includes(write);
  const name = t(`scope.${resource}`);
  return (
    <div className={styles.row}>
      <span>{name}</span>
      {keyScopes.includes(read) ? (
        <Checkbox
          label={t("read")}
          aria-label={`${t("read")} · ${name}`}
          checked={writes || value.includes(read)}
          disabled={writes}
          onChange={(event) => onGrant(event.target.checked ? [read] : [])}
        />
      ) : (
        <span />
      )}
      {keyScopes.includes(write) && (
        <Checkbox
          label={t("write")}
          aria-label={`${t("write")} · ${name}`}
          checked={writes}
          onChange={(event) => onGrant(event.target.checked ? [write] : keyScopes.includes(read) ? [read] : [])}
        />
      )}
    </div>
  );
}
