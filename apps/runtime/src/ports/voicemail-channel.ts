/** Bus channel on which is told that the messages of a box changed: how many are unheard is to be read from the store. */
export const voicemailChannel = (companyId: string) => `company/${companyId}/voicemail`;

export interface VoicemailChange {
  readonly boxId: string;
}
