export type GuidedValue = string | number | boolean | string[] | null;

export type GuidedQuestion = {
  readonly key: string;
  readonly kind: "single" | "several" | "text" | "number" | "yesNo" | "date";
  readonly text: string;
  readonly required: boolean;
  readonly options?: readonly { readonly key: string; readonly label: string }[];
  readonly min?: number | null;
  readonly max?: number | null;
  readonly unit?: string;
};

/** Not by the field's own `required`: an author's form around it is not to wait for an answer. */
export const labelOf = ({ text, required }: GuidedQuestion, word: string) => (required ? `${text} · ${word}` : text);
