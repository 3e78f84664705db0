import type { Handlers } from "../http/handlers.ts";
import type { Flows } from "./service.ts";

/** What is counted of them is in flow-figures. */
type FlowRoute = Exclude<Extract<keyof Handlers, `flows.${string}`>, "flows.live" | "flows.history" | "flows.outcomes">;

export const flowHandlers = (flows: Flows): Pick<Handlers, FlowRoute> => ({
  "flows.list": async ({ scope }) => ({ items: await flows.list(scope) }),
  "flows.get": ({ scope, input }) => flows.get(scope, input.params.flowId),
  "flows.getVersion": ({ scope, input: { params } }) => flows.version(scope, params.flowId, params.versionId),
  "flows.getDraft": ({ scope, input }) => flows.draft(scope, input.params.flowId),
  "flows.saveDraft": ({ scope, input: { params, body } }) =>
    flows.saveDraft(scope, params.flowId, body.rev, body.document),
  "flows.discardDraft": async ({ scope, input }) => {
    await flows.discardDraft(scope, input.params.flowId);
    return undefined;
  },
  "flows.create": ({ scope, input }) => flows.create(scope, input.body),
  "flows.delete": async ({ scope, input }) => {
    await flows.remove(scope, input.params.flowId);
    return undefined;
  },
  "flows.publish": ({ scope, input: { params, body } }) =>
    flows.publish(scope, params.flowId, body.document, body.note, body.at === undefined ? null : Date.parse(body.at)),
  "flows.cancelPlanned": async ({ scope, input }) => {
    await flows.cancelPlanned(scope, input.params.flowId);
    return undefined;
  },
  "flows.serve": ({ scope, input: { params, body } }) => flows.serveVersion(scope, params.flowId, body.versionId),
});
