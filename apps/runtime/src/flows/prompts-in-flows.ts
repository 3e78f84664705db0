import type { Connection } from "mongoose";
import { liveCallsByVersion } from "./live-calls.ts";
import { flowCollections } from "./model.ts";

/** A flow that says a prompt of the library. */
export interface FlowSaying {
  readonly flowId: string;
  readonly name: string;
  readonly draft: boolean;
  readonly promptIds: ReadonlySet<string>;
}

/**
 * The flows that say prompts of the library, all at once: what is published, what live calls are still on, and drafts. Texts are looked through,
 * not read: this is asked for a page, and the same process carries calls.
 */
export async function promptsInFlows(connection: Connection, companyId: string): Promise<readonly FlowSaying[]> {
  const { flows, versions } = flowCollections(connection);
  const all = await flows.find({ companyId }).sort({ name: 1, _id: 1 }).toArray();
  const live = [...(await liveCallsByVersion(connection, companyId)).keys()];
  const served = all.flatMap(({ publishedId }) => publishedId ?? []);
  const serving = await versions.find({ companyId, _id: { $in: [...new Set([...served, ...live])] } }).toArray();
  return all.flatMap(({ flowId, name, draft }): FlowSaying[] => {
    const published = promptsNamedIn(serving.flatMap((version) => (version.flowId === flowId ? version.text : [])));
    const drawn = [...promptsNamedIn(draft ? [draft.text] : [])].filter((id) => !published.has(id));
    return [
      { flowId, name, draft: false, promptIds: published },
      { flowId, name, draft: true, promptIds: new Set(drawn) },
    ].filter(({ promptIds }) => promptIds.size > 0);
  });
}

/** The prompts of the library that texts name. */
export function promptsNamedIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.match(/\bprompt_[0-9a-f]{32}\b/g) ?? []));
}
