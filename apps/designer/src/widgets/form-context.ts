import type { FormHint } from "@cordboard/node-kit";
import { type ComponentType, createContext, type ReactNode, useContext } from "react";
import type { FormSchema } from "./schema-shape.ts";

export interface FormGiven {
  /** By path without indices: `choices.digit`. */
  readonly hints: Readonly<Record<string, FormHint>>;
  /** Labels by path; `path=value` names an option. */
  readonly texts: Readonly<Record<string, string>>;
  /** Ids inside lists are shown: they are names that another flow uses (the ends of a sub-flow). Elsewhere only machines read them. */
  readonly idsShown?: boolean;
  /** Members of the whole that are left out, unless something is wrong with them. */
  readonly unused?: readonly string[];
  /** What stands beside a member of the whole. */
  beside?(setting: string, label: string): ReactNode;
  /** What is wrong at a pointer inside the settings, as a sentence. */
  problemAt(pointer: string): string | undefined;
  /** `key` joins what is typed in one go into one step of undo. */
  change(pointer: string, value: unknown, key?: string): void;
}

/** A value inside the settings, with its schema; `path` is the pointer without indices. */
export type SettingPlace = {
  readonly schema: FormSchema;
  readonly value: unknown;
  readonly pointer: string;
  readonly path: string;
  /** In place of the text of the path. */
  readonly label?: string;
};

/** The form around a widget. Widgets that hold other settings draw them by these two, without knowing which widgets there are. */
export interface Form extends FormGiven {
  readonly Setting: ComponentType<SettingPlace>;
  readonly Members: ComponentType<SettingPlace & { readonly without?: readonly string[] }>;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (form === null) throw new Error("bug: no SchemaForm around this");
  return form;
}
