import { Button, IconButton, TextField } from "@cordboard/ui";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useForm } from "./form-context.ts";
import styles from "./group.module.css";
import { firstValue, type Shape } from "./schema-shape.ts";
import { useSettingWorld } from "./setting-context.ts";
import type { WidgetProps } from "./widget-props.ts";

type Props = WidgetProps & { path: string; shape: Extract<Shape, { kind: "record" }> };

/** Values by names that the author chooses: what a sub-flow is given, what is taken from it. */
export function RecordWidget({ shape, path, pointer, label, value, onChange }: Props) {
  const { t } = useTranslation("widgets");
  const { readOnly } = useSettingWorld();
  const { Setting } = useForm();
  const title = useId();
  const [name, setName] = useState("");
  const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
  const taken = entries.some(([one]) => one === name);
  const wrong = name !== "" && (taken || !new RegExp(shape.names).test(name));
  const add = () => {
    if (name === "" || wrong) return;
    onChange({ ...Object.fromEntries(entries), [name]: firstValue(shape.values, () => "") });
    setName("");
  };
  return (
    <fieldset className={styles.group} aria-labelledby={title}>
      <span className={styles.title} id={title}>
        {label}
      </span>
      {entries.map(([one, inner]) => (
        <div className={styles.entry} key={one}>
          <Setting schema={shape.values} value={inner} pointer={`${pointer}/${one}`} path={`${path}.*`} label={one} />
          {!readOnly && (
            <IconButton
              icon={X}
              label={t("record.remove", { name: one })}
              onClick={() => onChange(Object.fromEntries(entries.filter(([other]) => other !== one)))}
            />
          )}
        </div>
      ))}
      {!readOnly && (
        <div className={styles.entry}>
          <TextField
            label={t("record.name")}
            value={name}
            error={wrong ? t(taken ? "record.taken" : "record.wrong") : undefined}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => setName(event.target.value.trim())}
            onKeyDown={(event) => {
              if (event.key === "Enter") add();
            }}
          />
          <Button icon={Plus} onClick={add}>
            {t("list.add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
