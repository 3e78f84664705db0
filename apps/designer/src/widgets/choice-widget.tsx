import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** The kinds of things of the company that settings name; each has a page where it is made. */
const pageOf = {
  queue: "queues",
  script: "scripts",
  telephone: "telephones",
  schedule: "schedules",
  voicemailBox: "voicemail",
  flow: "flows",
  skill: "settings",
} as const;

export function isChoiceKind(kind: string): kind is keyof typeof pageOf {
  return Object.hasOwn(pageOf, kind);
}

/** One of the company's queues, scripts, schedules …, by name. What is named and not there any more stays visible. */
export function ChoiceWidget({
  kind,
  label,
  value,
  optional,
  problem,
  onChange,
}: WidgetProps & { kind: keyof typeof pageOf }) {
  const { t } = useTranslation("widgets");
  const world = useSettingWorld();
  const choices = world.choices(kind);
  const id = textOf(value);
  const known = choices?.some((choice) => choice.id === id) ?? false;
  const none = optional ? [{ value: "", label: t("choice.none") }] : [];
  const missing = !known && id !== "" && choices === undefined ? [{ value: id, label: id }] : [];
  return (
    <Select
      label={label}
      error={problem !== undefined && choices && !known && id !== "" ? t("choice.needed") : problem}
      disabled={world.readOnly}
      placeholder={t("choice.choose")}
      hint={choices?.length === 0 ? <a href={`/designer/${pageOf[kind]}`}>{t("choice.make")}</a> : undefined}
      options={[...none, ...missing, ...(choices ?? []).map((choice) => ({ value: choice.id, label: choice.name }))]}
      value={known || missing.length > 0 ? id : optional && value === null ? "" : null}
      onChange={(chosen) => onChange(chosen === "" ? null : chosen)}
    />
  );
}
