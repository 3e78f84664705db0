import type { MailboxPart, PromptReference } from "@cordboard/node-kit";
import type { CallSnapshot } from "./call-snapshot.ts";

/** What is said of the box that the caller consults; where there is nothing to say, that something is wrong: never silence. */
export function mailboxPrompt({ mailbox, call, language }: CallSnapshot, part: MailboxPart): PromptReference {
  const message = mailbox?.message ?? null;
  const contents = mailbox?.contents ?? null;
  const pieces = (format: "digits" | "number" | "date" | "time" | "duration", value: string) =>
    ({ kind: "pieces", format, value, language }) as const;
  switch (part) {
    case "newCount":
      return pieces("number", String(contents?.newCount ?? 0));
    case "keptCount":
      return pieces("number", String(contents?.keptCount ?? 0));
  }
  if (message === null) return { kind: "builtIn", name: "technicalProblem", language };
  switch (part) {
    case "message": {
      const { messageId, durationMs } = message;
      return { kind: "message", messageId, fromMs: mailbox?.fromMs ?? 0, durationMs };
    }
    case "number":
      if (message.number === null) return { kind: "builtIn", name: "mailboxHiddenNumber", language };
      return pieces("digits", message.number);
    case "duration":
      return pieces("duration", String(message.durationMs));
    case "date":
      return pieces("date", moment(message.receivedAt, call.timeZone).slice(0, 10));
    case "time":
      return pieces("time", moment(message.receivedAt, call.timeZone).slice(11, 16));
  }
}

/** `2026-11-29 14:05`, as clocks and calendars of the zone show it. */
function moment(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone }).format(at);
}
