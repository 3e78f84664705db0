import { Checkbox, Select, TextField } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { ChoiceWidget, isChoiceKind } from "./choice-widget.tsx";
import { ContactSourceWidget } from "./contact-source-widget.tsx";
import { DigitsWidget } from "./digits-widget.tsx";
import { DurationWidget } from "./duration-widget.tsx";
import { ExpressionWidget } from "./expression-widget.tsx";
import { useForm } from "./form-context.ts";
import { LanguageWidget } from "./language-widget.tsx";
import { ListWidget } from "./list-widget.tsx";
import { NumberWidget } from "./number-widget.tsx";
import { PromptWidget } from "./prompt-widget.tsx";
import { RecordWidget } from "./record-widget.tsx";
import { shapeOf } from "./schema-shape.ts";
import { useSettingWorld } from "./setting-context.ts";
import { TemplateWidget } from "./template-widget.tsx";
import { VariableWidget } from "./variable-widget.tsx";
import { VariantsWidget } from "./variants-widget.tsx";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** A setting drawn by the widget that its hint or format names, otherwise by what its schema is. */
export function SettingWidget({ widget, path, ...props }: WidgetProps & { widget: string | undefined; path: string }) {
  const shape = shapeOf(props.schema);
  const { readOnly } = useSettingWorld();
  const { texts } = useForm();
  const { t } = useTranslation("widgets");
  switch (shape.kind) {
    case "list":
      return <ListWidget {...props} path={path} shape={shape} />;
    case "variants":
      return <VariantsWidget {...props} path={path} shape={shape} />;
    case "record":
      return <RecordWidget {...props} path={path} shape={shape} />;
    case "object":
      return <VariantsWidget {...props} path={path} shape={{ kind: "variants", tag: "", variants: [] }} />;
    case "boolean":
      return (
        <Checkbox
          label={props.label}
          checked={props.value === true}
          disabled={readOnly}
          onChange={(event) => props.onChange(event.target.checked)}
        />
      );
    case "number":
      return widget === "duration" ? (
        <DurationWidget {...props} />
      ) : (
        <NumberWidget {...props} percent={widget === "percent"} />
      );
    case "options":
      return (
        <Select
          label={props.label}
          error={props.problem}
          disabled={readOnly}
          options={[
            ...(props.optional ? [{ value: "", label: "—" }] : []),
            ...shape.options.map((one) => ({
              value: String(one),
              label: texts[`${path}=${one}`] ?? texts[`${path}.${one}`] ?? t(`option.${one}`, String(one)),
            })),
          ]}
          value={props.value === null || props.value === undefined ? (props.optional ? "" : null) : String(props.value)}
          onChange={(chosen) => {
            const option = shape.options.find((one) => String(one) === chosen);
            props.onChange(option ?? null);
          }}
        />
      );
    default:
  }
  if (widget !== undefined && isChoiceKind(widget)) return <ChoiceWidget {...props} kind={widget} />;
  switch (widget) {
    case "contactSource":
      return <ContactSourceWidget {...props} />;
    case "language":
      return <LanguageWidget {...props} />;
    case "prompt":
      return <PromptWidget {...props} />;
    case "variable":
      return <VariableWidget {...props} />;
    case "expression":
      return <ExpressionWidget {...props} />;
    case "template":
      return <TemplateWidget {...props} />;
    case "secretTemplate":
      return <TemplateWidget {...props} secrets />;
    case "digits":
    case "keys":
      return <DigitsWidget {...props} />;
    default:
      return (
        <TextField
          label={props.label}
          error={props.problem}
          value={textOf(props.value)}
          maxLength={props.schema.maxLength}
          readOnly={readOnly}
          onChange={(event) => {
            const text = event.target.value;
            props.onChange(props.optional && text === "" ? null : text, props.pointer);
          }}
        />
      );
  }
}
