import { type FoundFlow, isAllowed, isGranted, type Resource, type Use, type UsedKind } from "@cordboard/api";
import type { NodeTypeRegistry } from "@cordboard/flow-schema";
import { demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import type { FlowTexts } from "../flows/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { searchFlowTexts } from "./search-flow-texts.ts";

/** Where things of one kind are used: the same that keeps them from being deleted. */
export type UsesOf = (scope: Scope, id: string) => Promise<readonly PlaceOfUse[]>;

export interface UsesGiven {
  readonly registry: NodeTypeRegistry;
  readonly usesOf: Readonly<Record<UsedKind, UsesOf>>;
  readonly flowTexts: (scope: Scope) => Promise<readonly FlowTexts[]>;
  /** The names of what the company has, by kind and id, as far as settings of flows name it. */
  readonly namesOf: (companyId: string) => Promise<ReadonlyMap<string, ReadonlyMap<string, string>>>;
}

/** What one must be allowed to read to be told of a place. */
const READS: Readonly<Record<Use["kind"], Resource>> = {
  ...{ flow: "flows", queue: "queues", line: "lines", connector: "connectors", company: "company" },
  ...{ operator: "operators", voicemailBox: "voicemailBoxes", messages: "messages", callbacks: "callbacks" },
  ...{ liveCalls: "calls", alarms: "alarms", dialling: "dialling" },
};

/** Where things are used, and what flows say and set. */
export function createUses(given: UsesGiven) {
  return {
    async list(scope: Scope, kind: UsedKind, id: string): Promise<Use[]> {
      demand(scope, "read", "flows");
      const places = await given.usesOf[kind](systemScope(scope.companyId), id);
      return places
        .filter((place) => mayRead(scope, READS[place.kind]))
        .map(({ kind: of, id: place, name, draft = false, nodes = [] }) => ({
          ...{ kind: of, id: place, name, draft },
          nodes: [...nodes],
        }));
    },
    async search(scope: Scope, words: string): Promise<FoundFlow[]> {
      demand(scope, "read", "flows");
      const own = systemScope(scope.companyId);
      const [texts, names] = await Promise.all([given.flowTexts(own), given.namesOf(scope.companyId)]);
      const nameOf = (kind: string, id: string) => names.get(kind)?.get(id) ?? null;
      return searchFlowTexts(texts, words, { registry: given.registry, nameOf });
    },
  };
}

export type Uses = ReturnType<typeof createUses>;

function mayRead({ role, key }: Scope, resource: Resource): boolean {
  if (key) return isGranted(key.scopes, "read", resource);
  return role === "system" || isAllowed(role, "read", resource);
}

export const useHandlers = (uses: Uses): Pick<Handlers, Extract<keyof Handlers, `uses.${string}`>> => ({
  "uses.list": async ({ scope, input: { query } }) => ({ items: await uses.list(scope, query.kind, query.id) }),
  "uses.search": async ({ scope, input: { query } }) => ({ items: await uses.search(scope, query.words) }),
});
