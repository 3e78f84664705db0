import { useUiLanguage } from "@cordboard/ui";
import { FormContext, type FormGiven, type SettingPlace, useForm } from "./form-context.ts";
import styles from "./schema-form.module.css";
import { type FormSchema, shapeOf } from "./schema-shape.ts";
import places from "./setting-place.module.css";
import { SettingWidget } from "./setting-widget.tsx";

/**
 * A form that follows from a JSON Schema: the one way in which settings are edited, of nodes and of templates. Widgets are named by
 * hints or by the schema's `format`. It draws and changes; what is right is validation's to say, whose sentences it shows in place.
 */
export function SchemaForm({ schema, value, ...given }: FormGiven & { schema: FormSchema; value: unknown }) {
  return (
    <FormContext value={{ ...given, Setting, Members }}>
      <Members schema={schema} value={value} pointer="" path="" />
    </FormContext>
  );
}

/** The members of an object, one after the other; ids that only machines read are not shown. */
function Members(place: SettingPlace & { without?: readonly string[] }) {
  const { schema, value, pointer, path, without = [] } = place;
  const { idsShown = false, unused = [], problemAt, beside, texts } = useForm();
  const shape = shapeOf(schema);
  if (shape.kind !== "object") return <Setting schema={schema} value={value} pointer={pointer} path={path} />;
  const isUnused = (name: string) => path === "" && unused.includes(name) && problemAt(`/${name}`) === undefined;
  return shape.properties
    .filter(([name]) => (idsShown || name !== "id") && !without.includes(name) && !isUnused(name))
    .map(([name, inner]) => {
      const setting = (
        <Setting
          key={name}
          schema={inner}
          value={memberOf(value, name)}
          pointer={`${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`}
          path={path === "" ? name : `${path}.${name}`}
        />
      );
      const besides = path === "" ? (beside?.(name, texts[name] ?? name) ?? null) : null;
      if (besides === null) return setting;
      return (
        <div key={name} className={places.place}>
          {setting}
          {besides}
        </div>
      );
    });
}

/** One setting, by the widget that fits it. */
function Setting({ schema, value, pointer, path, label }: SettingPlace) {
  const { texts, hints, problemAt, change } = useForm();
  const language = useUiLanguage();
  const shape = shapeOf(schema);
  const inner = shape.kind === "optional" ? shape.inner : schema;
  return (
    <div className={styles.setting} data-setting={pointer}>
      <SettingWidget
        pointer={pointer}
        path={path}
        label={label ?? texts[path] ?? schema.titles?.[language] ?? schema.title ?? path}
        value={value}
        schema={inner}
        optional={shape.kind === "optional"}
        widget={hints[path]?.widget ?? inner.format}
        problem={problemAt(pointer)}
        onChange={(next, key) => change(pointer, next, key)}
      />
    </div>
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
