import { Checkbox, controlClass, describedBy, Field, SelectFrame } from "@cordboard/ui";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./duration-widget.module.css";
import { useSettingWorld } from "./setting-context.ts";
import type { WidgetProps } from "./widget-props.ts";

const units = { s: 1_000, min: 60_000, h: 3_600_000 } as const;
type Unit = keyof typeof units;
const unitNames: readonly Unit[] = ["s", "min", "h"];

/** A duration as people say it: a number and its unit. Milliseconds in the settings. */
export function DurationWidget({ label, value, schema, optional, problem, onChange, pointer }: WidgetProps) {
  const { t } = useTranslation("widgets");
  const { readOnly } = useSettingWorld();
  const id = useId();
  const ms = typeof value === "number" ? value : null;
  const [unit, setUnit] = useState<Unit>(unitOf(ms ?? 0));
  const [typed, setTyped] = useState(ms === null ? "" : String(ms / units[unit]));
  // What is being typed is not to be overwritten, only a value that changed elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (ms === null) return;
    // A value that was not there at first brings its own unit.
    if (typed === "") setUnit(unitOf(ms));
    const shown = typed === "" ? units[unitOf(ms)] : units[unit];
    if (typed === "" || Math.round(Number(typed.replace(",", ".")) * shown) !== ms) setTyped(String(ms / shown));
  }, [ms]);
  const set = (text: string, chosen: Unit) => {
    setTyped(text);
    setUnit(chosen);
    const amount = Number(text.replace(",", "."));
    if (text !== "" && Number.isFinite(amount)) onChange(Math.round(amount * units[chosen]), pointer);
  };
  const field = (
    <Field id={id} label={label} error={problem}>
      <span className={styles.line}>
        <input
          id={id}
          className={`${controlClass} ${styles.amount}`}
          inputMode="decimal"
          value={typed}
          readOnly={readOnly}
          onChange={(event) => set(event.target.value, unit)}
          {...describedBy(id, { hint: undefined, error: problem })}
        />
        <SelectFrame className={styles.unit}>
          <select
            className={controlClass}
            aria-label={t("duration.unit", { label })}
            value={unit}
            disabled={readOnly}
            onChange={(event) => {
              const chosen = unitNames.find((one) => one === event.target.value) ?? "s";
              // The same time in another unit.
              setUnit(chosen);
              if (ms !== null) setTyped(String(ms / units[chosen]));
            }}
          >
            {unitNames.map((one) => (
              <option key={one} value={one}>
                {t(`duration.${one}`)}
              </option>
            ))}
          </select>
        </SelectFrame>
      </span>
    </Field>
  );
  if (!optional) return field;
  return (
    <div className={styles.optional}>
      <Checkbox
        label={ms === null ? label : t("duration.limited", { label })}
        checked={ms !== null}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.checked ? Math.max(schema.minimum ?? 0, 60_000) : null)}
      />
      {ms !== null && field}
    </div>
  );
}

/** The largest unit in which the time is a whole number. */
function unitOf(ms: number): Unit {
  if (ms > 0 && ms % units.h === 0) return "h";
  return ms > 0 && ms % units.min === 0 ? "min" : "s";
}
