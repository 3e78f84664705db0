import { type SignInGroup, userRoles } from "@cordboard/api";
import { Button, Checkbox, IconButton, Select, TextField } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import styles from "./sign-in.module.css";

/** What the provider's groups make of people who come for the first time; the order decides. */
export function GroupRows({ groups, onChange }: { groups: SignInGroup[]; onChange: (groups: SignInGroup[]) => void }) {
  const { t } = useTranslation("sign-in");
  const [added, setAdded] = useState<number | null>(null);
  const more = useRef<HTMLButtonElement>(null);
  const change = (at: number, changes: Partial<SignInGroup>) =>
    onChange(groups.map((group, index) => (index === at ? { ...group, ...changes } : group)));
  return (
    <>
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is being typed; rows have nothing else of their own
        <fieldset key={at} className={styles.group}>
          <legend>{t("group", { count: at + 1 })}</legend>
          <div className={styles.line}>
            <TextField
              label={t("group.name")}
              hint={t("group.name.hint")}
              value={group.group}
              spellCheck={false}
              autoFocus={at === added}
              required
              onChange={(event) => change(at, { group: event.target.value })}
            />
            <Select
              label={t("group.as")}
              options={[...userRoles, "operator" as const].map((value) => ({ value, label: t(`as.${value}`) }))}
              value={group.as}
              onChange={(as) => change(at, { as })}
            />
            <IconButton
              icon={Trash2}
              label={t("group.remove", { name: group.group })}
              onClick={() => {
                onChange(groups.filter((_, index) => index !== at));
                more.current?.focus();
              }}
            />
          </div>
          {group.as === "operator" && (
            <Queues chosen={group.queueIds} onChange={(queueIds) => change(at, { queueIds })} />
          )}
        </fieldset>
      ))}
      <div>
        <Button
          ref={more}
          icon={Plus}
          disabled={groups.length >= 50}
          onClick={() => {
            setAdded(groups.length);
            onChange([...groups, { group: "", as: "operator", queueIds: [] }]);
          }}
        >
          {t("group.add")}
        </Button>
      </div>
    </>
  );
}

function Queues({ chosen, onChange }: { chosen: string[]; onChange: (queueIds: string[]) => void }) {
  const { t } = useTranslation("sign-in");
  const queues = useApiQuery("queues.list", {}).data?.items ?? [];
  return (
    <fieldset className={styles.queues}>
      <legend>{t("group.queues")}</legend>
      {queues.map(({ queueId, name }) => (
        <Checkbox
          key={queueId}
          label={name}
          checked={chosen.includes(queueId)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, queueId] : chosen.filter((id) => id !== queueId))
          }
        />
      ))}
    </fieldset>
  );
}
