import { Checkbox, formatDateTime, Select, TextArea, TextField, useUiLanguage } from "@cordboard/ui";
import { DateField, instantOf, TimeInput } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useEditor } from "../editor/store/editor-context.tsx";
import { parsedJson, type Setup } from "./setup.ts";
import styles from "./simulator.module.css";
import type { Simulator } from "./use-simulator.ts";

/** When it is, and who calls: what one wants to see of the setup without opening it. */
export function SetupLine({ simulator: { trial, timeZone } }: { simulator: Simulator }) {
  const { t } = useTranslation("simulator");
  const language = useUiLanguage();
  const { date, time, callerNumber } = trial.setup;
  const at = Date.parse(instantOf(date, time, timeZone) ?? "");
  const when = Number.isNaN(at) ? "…" : formatDateTime(at, { language, timeZone });
  return (
    <span className={styles.quiet}>
      {when} · {callerNumber || t("withheld")}
    </span>
  );
}

const numberOf = (text: string, most: number) => Math.min(most, Math.max(0, Math.round(Number(text) || 0)));

/** What holds before the telephone rings. Changing it has the call made again, with the same done in it. */
export function SetupForm({ simulator: { trial, uses, change } }: { simulator: Simulator }) {
  const { t } = useTranslation("simulator");
  const { things } = useEditor();
  const { setup } = trial;
  const { contact, system } = setup;
  return (
    <div className={styles.form}>
      <div className={styles.pair}>
        <DateField label={t("date")} value={setup.date} onChange={(date) => date !== null && change({ date })} />
        <TimeInput label={t("time")} value={setup.time} onChange={(time) => change({ time })} />
      </div>
      <TextField
        label={t("callerNumber")}
        hint={t("callerNumber.hint")}
        value={setup.callerNumber}
        onChange={({ target }) => change({ callerNumber: target.value.trim() })}
      />
      <TextField
        label={t("dialledNumber")}
        value={setup.dialledNumber}
        onChange={({ target }) => change({ dialledNumber: target.value.trim() })}
      />
      {uses.contacts && (
        <>
          <Checkbox
            label={t("contact")}
            checked={contact !== null}
            onChange={({ target }) =>
              change({ contact: target.checked ? { name: "Ana Martin", vip: false, blocked: false } : null })
            }
          />
          {contact && (
            <div className={styles.nested}>
              <TextField
                label={t("contact.name")}
                value={contact.name}
                onChange={({ target }) => change({ contact: { ...contact, name: target.value } })}
              />
              <Checkbox
                label={t("contact.vip")}
                checked={contact.vip}
                onChange={({ target }) => change({ contact: { ...contact, vip: target.checked } })}
              />
              <Checkbox
                label={t("contact.blocked")}
                checked={contact.blocked}
                onChange={({ target }) => change({ contact: { ...contact, blocked: target.checked } })}
              />
            </div>
          )}
        </>
      )}
      {uses.schedules.map((id) => (
        <Select
          key={id}
          label={t("schedule", { name: things.nameOf("schedule", id) ?? id })}
          value={setup.schedules[id] ?? "timetable"}
          options={(["timetable", "open", "closed", "holiday"] as const).map((value) => ({
            value,
            label: t(`schedule.${value}`),
          }))}
          onChange={(stands) => {
            const { [id]: _, ...others } = setup.schedules;
            change({ schedules: stands === "timetable" ? others : { ...others, [id]: stands } });
          }}
        />
      ))}
      {uses.queues.length > 0 && (
        <TextField
          label={t("operatorsIn")}
          type="number"
          min={0}
          max={9}
          value={String(setup.operators)}
          onChange={({ target }) => change({ operators: numberOf(target.value, 9) })}
        />
      )}
      {uses.queues.map((id) => (
        <TextField
          key={id}
          label={t("waiting", { name: things.nameOf("queue", id) ?? id })}
          type="number"
          min={0}
          max={999}
          value={String(setup.waiting[id] ?? 0)}
          onChange={({ target }) => change({ waiting: { ...setup.waiting, [id]: numberOf(target.value, 999) } })}
        />
      ))}
      {uses.queues.length > 0 && <p className={styles.quiet}>{t("waiting.hint")}</p>}
      {uses.systems && (
        <>
          <Select
            label={t("system")}
            value={system.kind}
            options={(["answers", "unreachable", "silent"] as const).map((value) => ({
              value,
              label: t(`system.${value}`),
            }))}
            onChange={(kind) => change({ system: { ...system, kind } })}
          />
          {system.kind === "answers" && (
            <div className={styles.nested}>
              <TextField
                label={t("system.status")}
                type="number"
                min={100}
                max={599}
                value={String(system.status)}
                onChange={({ target }) => change({ system: { ...system, status: numberOf(target.value, 599) } })}
              />
              <TextArea
                label={t("system.json")}
                rows={4}
                value={system.json}
                error={parsedJson(system.json) === undefined ? t("system.noJson") : undefined}
                onChange={({ target }) => change({ system: { ...system, json: target.value } })}
              />
            </div>
          )}
        </>
      )}
      {uses.targets.length > 0 && (
        <Select
          label={t("rung")}
          value={setup.rung}
          options={(["answers", "busy", "silent", "unreachable"] as const satisfies readonly Setup["rung"][]).map(
            (value) => ({ value, label: t(`rung.${value}`) }),
          )}
          onChange={(rung) => change({ rung })}
        />
      )}
      {uses.codes && (
        <TextField
          label={t("code")}
          hint={t("code.hint")}
          inputMode="numeric"
          value={setup.code}
          onChange={({ target }) => change({ code: target.value.trim() })}
        />
      )}
      {uses.chance && (
        <TextField
          label={t("chance")}
          hint={t("chance.hint")}
          type="number"
          min={0}
          max={99}
          unit="%"
          value={String(setup.chance)}
          onChange={({ target }) => change({ chance: numberOf(target.value, 99) })}
        />
      )}
    </div>
  );
}
