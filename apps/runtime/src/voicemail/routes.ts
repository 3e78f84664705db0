import type { Scope } from "../access/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { VoicemailBoxes } from "./boxes.ts";
import type { Messages, MessagesAsked } from "./messages.ts";

type VoicemailRoute = Extract<keyof Handlers, `${"voicemailBoxes" | "messages" | "deskMessages"}.${string}`>;

export function voicemailHandlers(boxes: VoicemailBoxes, messages: Messages): Pick<Handlers, VoicemailRoute> {
  const list = (scope: Scope, query: Partial<MessagesAsked>) =>
    messages.list(scope, { ...query, limit: query.limit ?? 50 });
  const remove = async (scope: Scope, messageId: string) => {
    await messages.remove(scope, messageId);
    return undefined;
  };
  return {
    "voicemailBoxes.list": async ({ scope }) => ({ items: await boxes.list(scope) }),
    "voicemailBoxes.get": ({ scope, input }) => boxes.get(scope, input.params.boxId),
    "voicemailBoxes.create": ({ scope, input }) => boxes.create(scope, input.body),
    "voicemailBoxes.change": ({ scope, input: { params, body } }) => {
      const { rev, ...fields } = body;
      return boxes.change(scope, params.boxId, rev, fields);
    },
    "voicemailBoxes.delete": async ({ scope, input }) => {
      await boxes.remove(scope, input.params.boxId);
      return undefined;
    },
    "messages.list": ({ scope, input }) => list(scope, input.query),
    "messages.get": ({ scope, input }) => messages.get(scope, input.params.messageId),
    "messages.audio": ({ scope, input }) => messages.audio(scope, input.params.messageId),
    "messages.change": ({ scope, input }) => messages.change(scope, input.params.messageId, input.body),
    "messages.calledBack": ({ scope, input }) => messages.calledBack(scope, input.params.messageId),
    "messages.delete": ({ scope, input }) => remove(scope, input.params.messageId),
    "messages.restore": ({ scope, input }) => messages.restore(scope, input.params.messageId),
    "deskMessages.boxes": async ({ scope }) => ({ items: await messages.unheard(scope) }),
    "deskMessages.list": ({ scope, input }) => list(scope, input.query),
    "deskMessages.audio": ({ scope, input }) => messages.audio(scope, input.params.messageId),
    "deskMessages.change": ({ scope, input }) => messages.change(scope, input.params.messageId, input.body),
    "deskMessages.calledBack": ({ scope, input }) => messages.calledBack(scope, input.params.messageId),
    "deskMessages.delete": ({ scope, input }) => remove(scope, input.params.messageId),
    "deskMessages.restore": ({ scope, input }) => messages.restore(scope, input.params.messageId),
  };
}
