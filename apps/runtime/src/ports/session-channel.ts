/** Bus channel on which the end of a sign-in session is told, so that its sockets are closed in every process. */
export const sessionChannel = (companyId: string) => `company/${companyId}/sessions`;

export interface SessionMessage {
  readonly sessionId: string;
  /** The user or operator whose session it was. */
  readonly subjectId: string;
}
