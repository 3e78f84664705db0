import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import type { CheckedFlow } from "./check-flow.ts";
import { flowCollections } from "./model.ts";

/**
 * Keeps a flow that the product makes by itself (a line that leads straight to a queue) among the company's versions, and returns the
 * version's id. The same content is one version: calls that began on what an earlier release made stay on it, and traces find its nodes.
 */
export async function keepBuiltInVersion(
  given: { readonly connection: Connection; readonly clock: Clock; readonly makeId: MakeId },
  companyId: string,
  { flowId, hash, text }: Pick<CheckedFlow, "flowId" | "hash" | "text">,
): Promise<string> {
  const { versions } = flowCollections(given.connection);
  const same = { companyId, flowId, hash };
  const found = await versions.findOne(same, { projection: { _id: 1 } });
  if (found) return found._id;
  const [newest] = await versions.find({ companyId, flowId }).sort({ number: -1 }).limit(1).toArray();
  const _id = given.makeId("ver");
  const number = (newest?.number ?? 0) + 1;
  try {
    await versions.insertOne({
      _id,
      ...same,
      number,
      note: "",
      publishedAt: given.clock.now(),
      publishedBy: null,
      text,
    });
    return _id;
  } catch (cause) {
    // Kept by another process in this very moment.
    const other = isDuplicate(cause) ? await versions.findOne(same, { projection: { _id: 1 } }) : null;
    if (!other) throw cause;
    return other._id;
  }
}
