/**
 * Mail that leaves the product: alarms, reports, codes. A part that wants to send one posts it and is done: what was posted is in the store
 * and is tried until it is delivered, refused for good, or three days old.
 */
export interface MailPort {
  /**
   * Resolves once the mail is durable. `mailId` names it: posted again, by whomever, it is sent once (a crash of the mail server's answer
   * can still send it twice; its `Message-ID` is then the same). Rejects when the store cannot be reached.
   */
  post(mail: PostedMail): Promise<void>;
}

export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface PostedMail extends Mail {
  readonly companyId: string;
  readonly mailId: string;
}

export interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly base64: string;
}
