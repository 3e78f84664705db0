import type { Handlers } from "../http/handlers.ts";
import type { Prompts } from "./service.ts";

type PromptRoute = Extract<keyof Handlers, `prompts.${string}` | `audio.${string}`>;

export const promptHandlers = (prompts: Prompts): Pick<Handlers, PromptRoute> => ({
  "prompts.list": async ({ scope }) => ({ items: await prompts.list(scope) }),
  "prompts.get": ({ scope, input }) => prompts.get(scope, input.params.promptId),
  "prompts.create": ({ scope, input }) => prompts.create(scope, input.body),
  "prompts.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return prompts.change(scope, params.promptId, rev, fields);
  },
  "prompts.delete": async ({ scope, input }) => {
    await prompts.remove(scope, input.params.promptId);
    return undefined;
  },
  "prompts.upload": ({ scope, input: { params, file } }) =>
    prompts.record(scope, params.promptId, params.language, file),
  "prompts.confirmAudio": ({ scope, input: { params, body } }) =>
    prompts.confirmAudio(scope, params.promptId, params.language, body),
  "prompts.removeAudio": ({ scope, input: { params } }) => prompts.removeAudio(scope, params.promptId, params.language),
  "prompts.uses": async ({ scope }) => ({ items: await prompts.uses(scope) }),
  "prompts.builtIn": async ({ scope }) => ({ items: await prompts.builtIn(scope) }),
  "prompts.pieces": async ({ scope }) => ({ items: await prompts.pieces(scope) }),
  "audio.add": ({ scope, input }) => prompts.addAudio(scope, input.file),
});
