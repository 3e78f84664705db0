import { type AlarmKind, type AlarmSettings, alarmKinds } from "@cordboard/api";
import { Button, Card, Checkbox, IconButton, Notice, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Plus, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { typesetFinding } from "../../language/typeset-finding.ts";
import { type MadePassword, NewPasswordButton, PasswordShown } from "../listing/index.ts";
import { AlarmCalls } from "./alarm-calls.tsx";
import styles from "./alarms.module.css";

type Fields = Pick<AlarmSettings, "mails" | "webhook" | "calls">;

/** Numbers are shown, and sent back, as people of the company's country write them. */
const fieldsOf = ({ mails, webhook, calls, numberTexts }: AlarmSettings): Fields => ({
  ...{ mails, webhook },
  calls: calls && {
    ...calls,
    numbers: calls.numbers.map((one) => ({ ...one, number: numberTexts[one.number] ?? one.number })),
  },
});

/** Whom alarms reach outside the screens. */
export function AlarmSettingsCard() {
  const { t } = useTranslation("alarms");
  const settings = useApiQuery("alarms.settings", {});
  return (
    <Card title={t("reach")}>
      <QueryView query={settings}>{(saved) => <Settings key={saved.rev} saved={saved} />}</QueryView>
    </Card>
  );
}

function Settings({ saved }: { saved: AlarmSettings }) {
  const { t } = useTranslation("alarms");
  // Its words are fetched now: asked for when the box is ticked, they would put "Loading" in the place of the page.
  useTranslation("listing");
  const language = useUiLanguage();
  const [fields, setFields] = useState<Fields>(() => fieldsOf(saved));
  const change = useApiChange("alarms.changeSettings", { refreshes: ["alarms.settings"] });
  const trial = useApiChange("alarms.test");
  const renew = useApiChange("alarms.newSecret");
  const [made, setMade] = useState<MadePassword | null>(null);
  const { mails, webhook } = fields;
  const dirty = JSON.stringify(fields) !== JSON.stringify(fieldsOf(saved));
  const set = (changes: Partial<Fields>) => setFields({ ...fields, ...changes });
  const setMail = (at: number, changes: Partial<Fields["mails"][number]>) =>
    set({ mails: mails.map((mail, index) => (index === at ? { ...mail, ...changes } : mail)) });
  const tryIt = async () => {
    const answer = await trial.run({});
    if (!answer.ok) return;
    const { mails: count, webhook: hook } = answer.value;
    const said = [t("trialMails", { count })];
    if (hook?.problem) said.push(t("trialHookFailed", { why: typesetFinding(hook.problem[language], language) }));
    else if (hook) said.push(t("trialHook", { status: hook.status }));
    showToast(said.join(" "), { kind: hook?.problem ? "error" : "info" });
  };
  return (
    <form
      className={styles.settings}
      onSubmit={async (event) => {
        event.preventDefault();
        if ((await change.run({ body: { ...fields, rev: saved.rev } })).ok) showToast(t("saved"));
      }}
    >
      {made !== null && (
        <PasswordShown
          made={made}
          title={t("secretShown")}
          words={t("secretShownWords")}
          onClose={() => setMade(null)}
        />
      )}
      <p className={styles.words}>{t("reachWords")}</p>
      <ProblemNotice problem={change.problem ?? trial.problem} onDismiss={change.forget} />
      {saved.mailBy === "folder" && mails.length > 0 && <Notice kind="warning">{t("noServer")}</Notice>}
      {mails.map((mail, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an address is being typed; rows have nothing else of their own
        <fieldset key={at} className={styles.reached}>
          <legend>{t("mail", { count: at + 1 })}</legend>
          <div className={styles.line}>
            <TextField
              label={t("address")}
              type="email"
              value={mail.to}
              required
              onChange={(event) => setMail(at, { to: event.target.value })}
            />
            <Select
              label={t("language")}
              options={[
                { value: "fr", label: "Français" },
                { value: "en", label: "English" },
              ]}
              value={mail.language}
              onChange={(language) => setMail(at, { language })}
            />
            <IconButton
              icon={Trash2}
              label={t("remove", { to: mail.to })}
              onClick={() => set({ mails: mails.filter((_, index) => index !== at) })}
            />
          </div>
          <Kinds kinds={mail.kinds} onChange={(kinds) => setMail(at, { kinds })} />
        </fieldset>
      ))}
      <div className={styles.buttons}>
        <Button
          icon={Plus}
          disabled={mails.length >= 20}
          onClick={() => set({ mails: [...mails, { to: "", language: "fr", kinds: [...alarmKinds] }] })}
        >
          {t("addMail")}
        </Button>
      </div>
      <Checkbox
        label={t("webhook")}
        checked={webhook !== null}
        onChange={(event) =>
          set({ webhook: event.target.checked ? { url: "https://", kinds: [...alarmKinds] } : null })
        }
      />
      {webhook !== null && (
        <fieldset className={styles.reached}>
          <legend>{t("program")}</legend>
          <TextField
            label={t("url")}
            hint={t("urlHint")}
            type="url"
            value={webhook.url}
            required
            onChange={(event) => set({ webhook: { ...webhook, url: event.target.value } })}
          />
          <NewPasswordButton
            name={t("program")}
            label={t("newSecret")}
            hint={t("secretHint")}
            give={async () => {
              const answer = await renew.run({});
              return answer.ok ? { ok: true, value: { newPassword: answer.value.secret } } : answer;
            }}
            onGiven={setMade}
          />
          <Kinds kinds={webhook.kinds} onChange={(kinds) => set({ webhook: { ...webhook, kinds } })} />
        </fieldset>
      )}
      <AlarmCalls calls={fields.calls} canCall={saved.canCall} onChange={(calls) => set({ calls })} />
      <div className={styles.buttons}>
        <Button icon={Send} busy={trial.busy} disabled={dirty} onClick={() => void tryIt()}>
          {t("trial")}
        </Button>
        <Button type="submit" kind="primary" busy={change.busy} disabled={!dirty}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

/** Which alarms reach them. */
function Kinds({ kinds, onChange }: { kinds: readonly AlarmKind[]; onChange: (kinds: AlarmKind[]) => void }) {
  const { t } = useTranslation("alarms");
  return (
    <div className={styles.kinds}>
      {alarmKinds.map((kind) => (
        <Checkbox
          key={kind}
          label={t(`short.${kind}`)}
          checked={kinds.includes(kind)}
          onChange={(event) =>
            onChange(alarmKinds.filter((each) => (each === kind ? event.target.checked : kinds.includes(each))))
          }
        />
      ))}
    </div>
  );
}
