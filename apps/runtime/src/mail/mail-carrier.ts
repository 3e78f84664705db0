import type { Mail } from "../ports/index.ts";

/** A mail with what its envelope needs. */
export interface LetterToCarry extends Mail {
  /** Names it for the servers on its way: the same at each attempt. */
  readonly messageId: string;
}

/** `refused`: it will never be taken (no such address); `failed`: it may be, later. */
export type Carried =
  | { readonly kind: "delivered" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string };

/** How mails leave: by SMTP, or into a folder where no mail server is set. Never rejects. */
export interface MailCarrier {
  readonly kind: "smtp" | "folder";
  deliver(letter: LetterToCarry): Promise<Carried>;
  close(): void;
}
