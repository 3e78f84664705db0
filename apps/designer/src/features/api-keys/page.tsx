import type { ApiKey, ApiKeyFields } from "@cordboard/api";
import { Checkbox, formatDate, formatDateTime, TextField } from "@cordboard/ui";
import { clockAt, DateField, dayAfter, instantOf } from "@cordboard/ui/pages";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiChange } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import {
  type FieldsProps,
  type MadePassword,
  NewPasswordButton,
  PasswordShown,
  ResourcePage,
} from "../listing/index.ts";
import styles from "./api-keys.module.css";
import { useApiKeys } from "./queries.ts";
import { ScopeTable } from "./scope-table.tsx";

/** The API keys: which programs may call the interface, and what each may do. */
export function Page() {
  const { t } = useTranslation("api-keys");
  const form = useTimeForm();
  const [made, setMade] = useState<MadePassword | null>(null);
  const give = useApiChange("apiKeys.newToken", { refreshes: ["apiKeys.list"] });
  const stateOf = ({ enabled, expiresAt }: ApiKey) => {
    if (!enabled) return t("state.off");
    if (expiresAt === null) return t("state.on");
    if (Date.parse(expiresAt) <= Date.now()) return t("state.expired");
    return t("state.until", { day: formatDate(Date.parse(expiresAt) - 1, form) });
  };
  const lastUsed = ({ lastUsedAt }: ApiKey) =>
    lastUsedAt === null ? t("never") : formatDateTime(Date.parse(lastUsedAt), form);
  return (
    <>
      <ResourcePage
        path="api-keys"
        resourceName="apiKeys"
        resource={useApiKeys(setMade)}
        icon={KeyRound}
        blank={blank}
        Fields={ApiKeyFieldsForm}
        Extra={({ item }) => (
          <div className={styles.extra}>
            <Origin item={item} />
            <NewPasswordButton
              name={item.name}
              label={t("newToken")}
              hint={t("newTokenHint")}
              give={async () => {
                const answer = await give.run({ params: { apiKeyId: item.apiKeyId } });
                return answer.ok ? { ok: true, value: { newPassword: answer.value.token } } : answer;
              }}
              onGiven={setMade}
            />
          </div>
        )}
        columns={[
          { id: "name", header: t("name"), value: (key) => key.name },
          { id: "state", header: t("state"), value: stateOf },
          {
            id: "used",
            header: t("lastUsed"),
            value: (key) => key.lastUsedAt ?? "",
            text: lastUsed,
            cell: lastUsed,
            spare: true,
          },
        ]}
      />
      {made !== null && (
        <PasswordShown
          made={made}
          title={t("shownTitle", { name: made.name })}
          words={t("shownWords")}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}

const blank: ApiKeyFields = { name: "", scopes: [], requestsPerMinute: 600, expiresAt: null, enabled: true };

function ApiKeyFieldsForm({ fields, set }: FieldsProps<ApiKey, ApiKeyFields>) {
  const { t } = useTranslation("api-keys");
  const { timeZone } = useTimeForm();
  // The day that is chosen is the last one on which it is good.
  const lastDay = fields.expiresAt === null ? null : dayAfter(clockAt(fields.expiresAt, timeZone).date, -1);
  return (
    <>
      <TextField
        label={t("name")}
        hint={t("nameHint")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <ScopeTable value={fields.scopes} onChange={(scopes) => set({ scopes })} />
      <DateField
        label={t("expires")}
        hint={t("expiresHint")}
        value={lastDay}
        onChange={(day) => set({ expiresAt: day === null ? null : instantOf(dayAfter(day, 1), "00:00", timeZone) })}
      />
      <TextField
        label={t("limit")}
        hint={t("limitHint")}
        type="number"
        unit={t("perMinute")}
        min={10}
        max={60_000}
        value={String(fields.requestsPerMinute)}
        onChange={(event) => {
          const wanted = Number.parseInt(event.target.value, 10);
          if (Number.isFinite(wanted)) set({ requestsPerMinute: wanted });
        }}
        required
      />
      <Checkbox
        label={t("enabled")}
        checked={fields.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
    </>
  );
}

/** Who made it and when, and what was last heard of it. */
function Origin({ item }: { item: ApiKey }) {
  const { t } = useTranslation("api-keys");
  const form = useTimeForm();
  const { createdAt, createdBy, lastUsedAt, lastUsedFrom } = item;
  return (
    <dl className={styles.origin}>
      <dt>{t("made")}</dt>
      <dd>
        {formatDateTime(Date.parse(createdAt), form)}
        {createdBy !== null && ` · ${createdBy}`}
      </dd>
      <dt>{t("lastUsed")}</dt>
      <dd>
        {lastUsedAt === null ? t("never") : formatDateTime(Date.parse(lastUsedAt), form)}
        {lastUsedFrom !== null && ` · ${lastUsedFrom}`}
      </dd>
      <dt>{t("id")}</dt>
      <dd>
        <code translate="no">{item.apiKeyId}</code>
      </dd>
    </dl>
  );
}
