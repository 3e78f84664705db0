import { type AlarmCallSettings, type CalledAlarmKind, calledAlarmKinds } from "@cordboard/api";
import { Button, Checkbox, IconButton, Notice, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useQueryClient } from "@tanstack/react-query";
import { ArrowUp, PhoneCall, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import styles from "./alarms.module.css";

type Called = AlarmCallSettings["numbers"][number];

/** What is proposed to who wants calls: three rounds, a quarter of an hour between them, twelve calls an hour at most. */
const proposed = (language: Called["language"]): AlarmCallSettings => ({
  numbers: [{ name: "", number: "", language, scheduleId: null }],
  kinds: [...calledAlarmKinds],
  ...{ rounds: 3, repeatMinutes: 15, perHour: 12 },
});

/** Whom alarms call: numbers in their order, and how insistently. */
export function AlarmCalls({
  calls,
  canCall,
  onChange,
}: {
  calls: AlarmCallSettings | null;
  canCall: boolean;
  onChange: (calls: AlarmCallSettings | null) => void;
}) {
  const { t } = useTranslation("alarms");
  const language = useUiLanguage();
  return (
    <>
      <Checkbox
        label={t("calls")}
        checked={calls !== null}
        onChange={(event) => onChange(event.target.checked ? proposed(language) : null)}
      />
      {calls !== null && (
        <fieldset className={styles.reached}>
          <legend>{t("byTelephone")}</legend>
          {!canCall && <Notice kind="warning">{t("cannotCall")}</Notice>}
          <p className={styles.words}>{t("callsWords")}</p>
          <Numbers calls={calls} onChange={onChange} />
          <Kinds kinds={calls.kinds} onChange={(kinds) => onChange({ ...calls, kinds })} />
          <Insistence calls={calls} onChange={onChange} />
        </fieldset>
      )}
    </>
  );
}

interface Editing {
  calls: AlarmCallSettings;
  onChange: (calls: AlarmCallSettings) => void;
}

function Numbers({ calls, onChange }: Editing) {
  const { t } = useTranslation("alarms");
  const language = useUiLanguage();
  const { numbers } = calls;
  const setAll = (all: Called[]) => onChange({ ...calls, numbers: all });
  const set = (at: number, changes: Partial<Called>) =>
    setAll(numbers.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  const up = (at: number) =>
    setAll(numbers.map((one, index) => (index === at ? numbers[at - 1] : index === at - 1 ? numbers[at] : one) ?? one));
  return (
    <>
      <ol className={styles.numbers}>
        {numbers.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a number is being typed; rows have nothing else of their own
          <li key={at} className={styles.number}>
            <NumberRow
              one={one}
              at={at}
              set={(changes) => set(at, changes)}
              onUp={at === 0 ? undefined : () => up(at)}
              onRemove={numbers.length === 1 ? undefined : () => setAll(numbers.filter((_, index) => index !== at))}
            />
          </li>
        ))}
      </ol>
      <div className={styles.buttons}>
        <Button
          icon={Plus}
          disabled={numbers.length >= 10}
          onClick={() => setAll([...numbers, { name: "", number: "", language, scheduleId: null }])}
        >
          {t("addNumber")}
        </Button>
      </div>
    </>
  );
}

function NumberRow({
  one,
  at,
  set,
  onUp,
  onRemove,
}: {
  one: Called;
  at: number;
  set: (changes: Partial<Called>) => void;
  onUp: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}) {
  const { t } = useTranslation("alarms");
  const schedules = useApiQuery("schedules.list", {});
  const client = useQueryClient();
  const trial = useApiChange("alarms.testCall");
  const { name, number, language, scheduleId } = one;
  const who = name.trim() || t("numberAt", { count: at + 1 });
  const tryIt = async () => {
    const answer = await trial.run({ body: { name: name.trim() || number, number, language } });
    if (!answer.ok) return;
    showToast(t("calling", { who }));
    await client.invalidateQueries({ queryKey: ["alarms.calls"] });
  };
  return (
    <>
      <TextField
        label={t("name")}
        value={name}
        required
        maxLength={120}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label={t("number")}
        type="tel"
        value={number}
        required
        minLength={2}
        maxLength={60}
        onChange={(event) => set({ number: event.target.value })}
      />
      <Select
        label={t("language")}
        options={[
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ]}
        value={language}
        onChange={(chosen) => set({ language: chosen })}
      />
      <Select
        label={t("hours")}
        options={[
          { value: "", label: t("always") },
          ...(schedules.data?.items ?? []).map((each) => ({ value: each.scheduleId, label: each.name })),
        ]}
        value={scheduleId ?? ""}
        onChange={(chosen) => set({ scheduleId: chosen === "" ? null : chosen })}
      />
      <div className={styles.buttons}>
        <Button icon={PhoneCall} busy={trial.busy} disabled={number.trim().length < 2} onClick={() => void tryIt()}>
          {t("callNow")}
        </Button>
        {onUp && <IconButton icon={ArrowUp} label={t("up", { who })} onClick={onUp} />}
        {onRemove && <IconButton icon={Trash2} label={t("remove", { to: who })} onClick={onRemove} />}
      </div>
      <ProblemNotice problem={trial.problem} onDismiss={trial.forget} />
    </>
  );
}

function Kinds({
  kinds,
  onChange,
}: {
  kinds: readonly CalledAlarmKind[];
  onChange: (kinds: CalledAlarmKind[]) => void;
}) {
  const { t } = useTranslation("alarms");
  return (
    <div className={styles.kinds}>
      {calledAlarmKinds.map((kind) => (
        <Checkbox
          key={kind}
          label={t(`short.${kind}`)}
          checked={kinds.includes(kind)}
          onChange={(event) =>
            onChange(calledAlarmKinds.filter((each) => (each === kind ? event.target.checked : kinds.includes(each))))
          }
        />
      ))}
    </div>
  );
}

function Insistence({ calls, onChange }: Editing) {
  const { t } = useTranslation("alarms");
  const field = (name: "rounds" | "repeatMinutes" | "perHour", min: number, max: number) => (
    <TextField
      label={t(name)}
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      required
      value={String(calls[name])}
      onChange={(event) => onChange({ ...calls, [name]: Number(event.target.value) })}
    />
  );
  return (
    <div className={styles.insistence}>
      {field("rounds", 1, 10)}
      {field("repeatMinutes", 5, 240)}
      {field("perHour", 1, 60)}
    </div>
  );
}
