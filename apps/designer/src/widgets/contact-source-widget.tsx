import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** Where contacts are looked for: the company's own, or a connector. One that is gone stays visible. */
export function ContactSourceWidget({ label, value, problem, onChange }: WidgetProps) {
  const { t } = useTranslation("widgets");
  const world = useSettingWorld();
  const connectors = world.choices("connector") ?? [];
  const id = textOf(value);
  const known = id === "contacts" || connectors.some((connector) => connector.id === id);
  return (
    <Select
      label={label}
      error={problem}
      disabled={world.readOnly}
      options={[
        { value: "contacts", label: t("source.contacts") },
        ...connectors.map((connector) => ({ value: connector.id, label: connector.name })),
        ...(known ? [] : [{ value: id, label: id }]),
      ]}
      value={id}
      onChange={(chosen) => onChange(chosen)}
    />
  );
}
