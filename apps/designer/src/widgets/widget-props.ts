import type { FormSchema } from "./schema-shape.ts";

/** What every widget is given: one setting with its words, its problems and how to change it. */
export interface WidgetProps {
  /** Inside the settings (RFC 6901). */
  readonly pointer: string;
  readonly label: string;
  readonly value: unknown;
  readonly schema: FormSchema;
  /** May be nothing: `null`. */
  readonly optional: boolean;
  /** A sentence that says what is wrong, in the reader's language. */
  readonly problem: string | undefined;
  /** `key` joins what is typed in one go into one step of undo. */
  readonly onChange: (value: unknown, key?: string) => void;
}

/** The value as text; empty when it is something else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
