import type { GreetingState, Greetings, VoicemailBox } from "@cordboard/api";
import { type Scope, systemScope } from "../access/index.ts";

type Greeting = NonNullable<Greetings[GreetingState]>;

/**
 * What the companies' boxes say to callers, in memory: a caller who hears it waits for no store. What was read last stands when the store
 * does not answer.
 */
export function createGreetings(boxes: {
  list(scope: Scope): Promise<readonly Pick<VoicemailBox, "boxId" | "greetings">[]>;
}) {
  const known = new Map<string, ReadonlyMap<string, Greetings>>();
  return {
    /** Reads a company's boxes again; to be called when they changed, and once at start. */
    async refresh(companyId: string): Promise<void> {
      const listed = await boxes.list(systemScope(companyId));
      known.set(companyId, new Map(listed.map(({ boxId, greetings }) => [boxId, greetings])));
    },
    /** A state that has none is greeted as `absent`; `null`: the box has neither. */
    find(companyId: string, boxId: string, state: GreetingState): Greeting | null {
      const greetings = known.get(companyId)?.get(boxId);
      return greetings?.[state] ?? greetings?.absent ?? null;
    },
  };
}
