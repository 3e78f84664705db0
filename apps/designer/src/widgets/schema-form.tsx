import type { FormHint } from "@cordboard/node-kit";
import { createContext, Fragment, type ReactNode, useContext } from "react";
import { type FormSchema, shapeOf } from "./schema-shape.ts";
import { SettingWidget } from "./setting-widget.tsx";

export interface FormGiven {
  /** By path without indices: `choices.digit`. */
  readonly hints: Readonly<Record<string, FormHint>>;
  /** Labels by path; `path=value` names an option. */
  readonly texts: Readonly<Record<string, string>>;
  /** What is wrong at a pointer inside the settings, as a sentence. */
  problemAt(pointer: string): string | undefined;
  /** `key` joins what is typed in one go into one step of undo. */
  change(pointer: string, value: unknown, key?: string): void;
}

const FormContext = createContext<FormGiven | null>(null);

/** The form around a setting. */
export function useForm(): FormGiven {
  const form = useContext(FormContext);
  if (form === null) throw new Error("bug: no SchemaForm around this");
  return form;
}

/**
 * A form that follows from a JSON Schema: the one way in which settings are edited, of nodes and of templates. Widgets are named by
 * hints or by the schema's `format`. It draws and changes; what is right is validation's to say, whose sentences it shows in place.
 */
export function SchemaForm({ schema, value, ...given }: FormGiven & { schema: FormSchema; value: unknown }) {
  return (
    <FormContext value={given}>
      <Members schema={schema} value={value} pointer="" path="" />
    </FormContext>
  );
}

type Place = { schema: FormSchema; value: unknown; pointer: string; path: string };

/** The members of an object, one after the other; ids that only machines read are not shown. */
export function Members({ schema, value, pointer, path, without = [] }: Place & { without?: readonly string[] }) {
  const shape = shapeOf(schema);
  if (shape.kind !== "object") return <Setting schema={schema} value={value} pointer={pointer} path={path} />;
  return (
    <>
      {shape.properties
        .filter(([name]) => name !== "id" && !without.includes(name))
        .map(([name, inner]): ReactNode => {
          const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
          return (
            <Fragment key={name}>
              <Setting
                schema={inner}
                value={memberOf(value, name)}
                pointer={at}
                path={path === "" ? name : `${path}.${name}`}
              />
            </Fragment>
          );
        })}
    </>
  );
}

/** One setting, by the widget that fits it. */
export function Setting({ schema, value, pointer, path }: Place) {
  const { texts, hints, problemAt, change } = useForm();
  const shape = shapeOf(schema);
  const inner = shape.kind === "optional" ? shape.inner : schema;
  return (
    <SettingWidget
      pointer={pointer}
      path={path}
      label={texts[path] ?? schema.title ?? path}
      value={value}
      schema={inner}
      optional={shape.kind === "optional"}
      widget={hints[path]?.widget ?? inner.format}
      problem={problemAt(pointer)}
      onChange={(next, key) => change(pointer, next, key)}
    />
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
