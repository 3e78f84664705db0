import { eventKinds, subscribableTypes, type Webhook, type WebhookFields } from "@cordboard/api";
import { Button, Checkbox, formatDateTime, Notice, TextField, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Send, Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useApiChange } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { typesetFinding } from "../../language/typeset-finding.ts";
import {
  type FieldsProps,
  type MadePassword,
  NewPasswordButton,
  PasswordShown,
  ResourcePage,
} from "../listing/index.ts";
import { PartsLinks } from "./parts-links.tsx";
import { useWebhooks } from "./queries.ts";
import styles from "./webhooks.module.css";

/** The webhooks: which server is told of what. */
export function WebhookList() {
  const { t } = useTranslation("webhooks");
  const form = useTimeForm();
  const [made, setMade] = useState<MadePassword | null>(null);
  const time = (at: string) => formatDateTime(Date.parse(at), form);
  const stateOf = ({ enabled, disabled, failingSince }: Webhook) => {
    if (disabled) return t("state.disabled");
    if (!enabled) return t("state.off");
    return failingSince === null ? t("state.on") : t("state.failing", { since: time(failingSince) });
  };
  return (
    <>
      <ResourcePage
        path="webhooks"
        resourceName="webhooks"
        resource={useWebhooks(setMade)}
        icon={WebhookIcon}
        blank={blank}
        Fields={WebhookFieldsForm}
        parts={<PartsLinks />}
        Extra={({ item }) => <Extra item={item} onSecret={setMade} />}
        columns={[
          { id: "name", header: t("name"), value: (webhook) => webhook.name },
          { id: "state", header: t("state"), value: stateOf },
          { id: "url", header: t("url"), value: (webhook) => webhook.url, spare: true },
          { id: "due", header: t("due"), align: "end", value: (webhook) => webhook.due, spare: true },
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

const blank: WebhookFields = { name: "", url: "", events: [], enabled: true };

function WebhookFieldsForm({ fields, set, item }: FieldsProps<Webhook, WebhookFields>) {
  const { t } = useTranslation("webhooks");
  const language = useUiLanguage();
  const form = useTimeForm();
  const disabled = item?.disabled ?? null;
  return (
    <>
      {disabled !== null && (
        <Notice kind="warning">
          {t(`disabled.${disabled.reason}`, { at: formatDateTime(Date.parse(disabled.at), form) })}
        </Notice>
      )}
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <TextField
        label={t("url")}
        hint={t("urlHint")}
        type="url"
        autoCapitalize="none"
        spellCheck={false}
        value={fields.url}
        onChange={(event) => set({ url: event.target.value })}
        required
      />
      <fieldset className={styles.events}>
        <legend className={styles.legend}>{t("events")}</legend>
        <p className={styles.hint}>{t("eventsHint")}</p>
        {subscribableTypes.map((type) => (
          <div key={type} className={styles.event}>
            <Checkbox
              label={<code translate="no">{type}</code>}
              hint={typesetFinding(eventKinds[type].summary[language], language)}
              checked={fields.events.includes(type)}
              onChange={({ target }) =>
                set({
                  events: subscribableTypes.filter((one) =>
                    one === type ? target.checked : fields.events.includes(one),
                  ),
                })
              }
            />
          </div>
        ))}
      </fieldset>
      <Checkbox
        label={t("enabled")}
        checked={fields.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
    </>
  );
}

/** What works at once: a trial, a new secret, the way to what was sent. */
function Extra({ item: { webhookId, name }, onSecret }: { item: Webhook; onSecret: (made: MadePassword) => void }) {
  const { t } = useTranslation("webhooks");
  const attempt = useApiChange("webhooks.try", { refreshes: ["webhookDeliveries.list"] });
  const renew = useApiChange("webhooks.newSecret");
  const tryOut = async () => {
    const answer = await attempt.run({ params: { webhookId } });
    if (!answer.ok) return showToast(`${answer.error.message} ${answer.error.remedy}`, { kind: "error" });
    const last = answer.value.attempts.at(-1);
    if (answer.value.state === "delivered") return showToast(t("tried", { status: last?.status ?? "" }));
    const why = last ? `${t(`error.${last.error ?? "status"}`)} ${last.status ?? last.detail}` : "";
    showToast(t("triedInVain", { why }), { kind: "error" });
  };
  return (
    <div className={styles.extra}>
      <div className={styles.give}>
        <Button icon={Send} busy={attempt.busy} onClick={() => void tryOut()}>
          {t("try")}
        </Button>
        <p className={styles.hint}>{t("tryHint")}</p>
      </div>
      <NewPasswordButton
        name={name}
        label={t("newSecret")}
        hint={t("newSecretHint")}
        give={async () => {
          const answer = await renew.run({ params: { webhookId } });
          return answer.ok ? { ok: true, value: { newPassword: answer.value.secret } } : answer;
        }}
        onGiven={onSecret}
      />
      <Link to={`/webhooks/deliveries?webhook=${webhookId}`}>{t("toDeliveries")}</Link>
    </div>
  );
}
