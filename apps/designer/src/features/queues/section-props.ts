import type { QueueFields } from "@cordboard/api";

/** What every section of the queue's form is given. */
export type SectionProps = {
  readonly fields: QueueFields;
  readonly set: (changes: Partial<QueueFields>) => void;
};
