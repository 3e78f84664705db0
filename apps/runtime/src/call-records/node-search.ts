import type { CallRecord } from "./call-record.ts";
import type { CallSearch, CallsWanted, PageEnd } from "./call-search.ts";
import { readWay } from "./way-of-call.ts";

/** Records that are looked through for a page, and so many at a time. A node that few calls come by is sought page after page. */
const LOOKED_THROUGH = 10_000;
const AT_ONCE = 1_000;

/** What is asked of a call's way: a node that it came by, or in which its caller hung up and had talked to nobody. */
export interface NodeAsked {
  readonly nodeId?: string | undefined;
  readonly hungUpIn?: string | undefined;
}

export function cameBy({ way, exit }: Pick<CallRecord, "way" | "exit">, { nodeId, hungUpIn }: NodeAsked): boolean {
  const visits = readWay(way);
  if (nodeId !== undefined && !visits.some((visit) => visit.nodeId === nodeId)) return false;
  if (hungUpIn === undefined) return true;
  return exit !== undefined && exit.flowId === undefined && visits.at(-1)?.nodeId === hungUpIn;
}

/**
 * Searches the calls of a flow by the nodes that they came by. No index has them: eight entries more for each call of a year would be a third of
 * all that is kept of it. So a page looks through a part of the flow's calls, and says where the next one goes on (`end`).
 */
export function createNodeSearch({ search }: { readonly search: Pick<CallSearch, "search"> }) {
  return async function searchByNode(
    companyId: string,
    { nodeId, hungUpIn, ...wanted }: CallsWanted & NodeAsked & { readonly flowId: string },
    after: PageEnd | null,
    limit: number,
  ): Promise<{ readonly found: readonly CallRecord[]; readonly end: PageEnd | null }> {
    const asked = { nodeId, hungUpIn };
    const found: CallRecord[] = [];
    let at = after;
    for (let looked = 0; looked < LOOKED_THROUGH; looked += AT_ONCE) {
      const page = await search.search(companyId, wanted, at, AT_ONCE);
      for (const record of page) if (cameBy(record, asked)) found.push(record);
      const last = page.at(-1);
      if (page.length < AT_ONCE || !last) return { found, end: null };
      at = { startedAt: last.startedAt, callId: last._id };
      if (found.length > limit) break;
    }
    return { found, end: at };
  };
}
