import type { ExportedMessage } from "@cordboard/api";
import type { MessageDocument } from "../voicemail/index.ts";

const iso = (at: number) => new Date(at).toISOString();

/** A message as a row, without its sound; of a hidden number neither it nor a name that came with it. */
export function messageRow(
  message: MessageDocument,
  boxName: string,
  operatorName: (operatorId: string) => string,
): ExportedMessage {
  const { _id: messageId, boxId, callId, receivedAt, durationMs, hidden, lineName, state, note } = message;
  const { heard, calledBack, forwarded, assignedTo } = message;
  return {
    ...{
      cursor: `${receivedAt}.${messageId}`,
      messageId,
      boxId,
      boxName,
      callId,
      receivedAt: iso(receivedAt),
      durationMs,
    },
    ...{ from: hidden ? null : message.from, hidden, callerName: hidden ? null : message.callerName, lineName },
    ...{ forwardedFrom: forwarded?.boxName ?? null, forwardedBy: forwarded?.by.name ?? null, state },
    ...{ heardAt: heard ? iso(heard.at) : null, heardBy: heard?.by.name ?? null },
    ...{ calledBackAt: calledBack ? iso(calledBack.at) : null, calledBackBy: calledBack?.by.name ?? null },
    ...{ assignedTo: assignedTo === null ? null : operatorName(assignedTo), note },
  };
}
