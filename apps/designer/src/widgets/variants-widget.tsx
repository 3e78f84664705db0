import { Select } from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useForm } from "./form-context.ts";
import styles from "./group.module.css";
import { firstValue, type Shape } from "./schema-shape.ts";
import { useSettingWorld } from "./setting-context.ts";
import type { WidgetProps } from "./widget-props.ts";

type Props = WidgetProps & { path: string; shape: Extract<Shape, { kind: "variants" }> };

/** A setting with parts of its own; where it can take several forms, which one comes first. */
export function VariantsWidget({ shape, path, pointer, label, value, schema, optional, onChange }: Props) {
  const { t } = useTranslation("widgets");
  const { texts, Members } = useForm();
  const { readOnly } = useSettingWorld();
  const title = useId();
  const { tag, variants } = shape;
  const chosen = typeof value === "object" && value !== null ? Reflect.get(value, tag) : undefined;
  const current = variants.find((variant) => variant.value === chosen);
  const tagPath = `${path}.${tag}`;
  const nameOf = (one: string) =>
    texts[`${tagPath}=${one}`] ?? texts[`${tagPath}.${one}`] ?? texts[`${path}.${one}`] ?? t(`option.${one}`, one);
  return (
    <fieldset className={styles.group} aria-labelledby={title}>
      <span className={styles.title} id={title}>
        {label}
      </span>
      {variants.length > 0 && (
        <Select
          label={texts[tagPath] ?? label}
          disabled={readOnly}
          options={[
            ...(optional ? [{ value: "", label: "—" }] : []),
            ...variants.map((variant) => ({ value: variant.value, label: nameOf(variant.value) })),
          ]}
          value={current?.value ?? (optional ? "" : null)}
          onChange={(wanted) => {
            const variant = variants.find((one) => one.value === wanted);
            onChange(variant ? firstValue(variant.schema, () => "") : null);
          }}
        />
      )}
      {value !== null && (
        <Members
          schema={current?.schema ?? (variants.length > 0 ? {} : schema)}
          value={value}
          pointer={pointer}
          path={path}
          without={[tag]}
        />
      )}
    </fieldset>
  );
}
