/** Bus channel on which is told that promised callbacks changed: how they are is to be read from the store, which knows already. */
export const callbacksChannel = (companyId: string) => `company/${companyId}/callbacks`;

export interface CallbacksChange {
  /** The queues whose callbacks they are. */
  readonly queueIds: readonly string[];
}
