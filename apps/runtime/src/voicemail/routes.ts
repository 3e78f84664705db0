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
  const forward = async (scope: Scope, messageId: string, boxId: string) => {
    await messages.forward(scope, messageId, boxId);
    return undefined;
  };
  /** What an operator changed of a box, their other tabs and colleagues are shown. */
  const told = async (scope: Scope, boxId: string, work: () => Promise<unknown>) => {
    await work();
    messages.tell({ companyId: scope.companyId, boxId });
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
    "voicemailBoxes.setCode": ({ scope, input: { params, body } }) => boxes.setCode(scope, params.boxId, body.code),
    "voicemailBoxes.recordGreeting": async ({ scope, input: { params, file } }) => {
      await boxes.setGreeting(scope, params.boxId, params.state, file);
      return boxes.get(scope, params.boxId);
    },
    "voicemailBoxes.removeGreeting": async ({ scope, input: { params } }) => {
      await boxes.removeGreeting(scope, params.boxId, params.state);
      return boxes.get(scope, params.boxId);
    },
    "deskMessages.allBoxes": async ({ scope }) => ({
      items: (await boxes.list(scope)).map(({ boxId, name }) => ({ boxId, name })),
    }),
    "deskMessages.setCode": ({ scope, input: { params, body } }) =>
      told(scope, params.boxId, () => boxes.setCode(scope, params.boxId, body.code)),
    "deskMessages.recordGreeting": ({ scope, input: { params, file } }) =>
      told(scope, params.boxId, () => boxes.setGreeting(scope, params.boxId, params.state, file)),
    "deskMessages.removeGreeting": ({ scope, input: { params } }) =>
      told(scope, params.boxId, () => boxes.removeGreeting(scope, params.boxId, params.state)),
    "messages.forward": ({ scope, input: { params, body } }) => forward(scope, params.messageId, body.boxId),
    "deskMessages.forward": ({ scope, input: { params, body } }) => forward(scope, params.messageId, body.boxId),
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
