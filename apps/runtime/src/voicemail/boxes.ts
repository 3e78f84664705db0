import type { VoicemailBox, VoicemailBoxFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, MakeId } from "../ports/index.ts";
import { type BoxDocument, boxCollection, messageCollection } from "./model.ts";

export interface BoxesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  /** The flows that record messages for a box. */
  readonly placesOfUse: (scope: Scope, boxId: string) => Promise<readonly PlaceOfUse[]>;
  readonly operatorsExist: (scope: Scope, operatorIds: readonly string[]) => Promise<boolean>;
  readonly queueExists: (scope: Scope, queueId: string) => Promise<boolean>;
}

/** Voicemail boxes: their settings, and who may hear what is in them. */
export function createVoicemailBoxes(given: BoxesGiven) {
  const collection = boxCollection(given.connection, given.bus);
  const messages = messageCollection(given.connection);

  async function assertReferences(scope: Scope, { operatorIds, queueId }: VoicemailBoxFields): Promise<void> {
    const own = systemScope(scope.companyId);
    if (!(await given.operatorsExist(own, operatorIds))) throw new UserError("notFound", { what: "operator" });
    if (queueId !== null && !(await given.queueExists(own, queueId)))
      throw new UserError("notFound", { what: "queue" });
  }

  const places = async (scope: Scope, wanted: (box: VoicemailBox) => boolean): Promise<PlaceOfUse[]> =>
    (await collection(systemScope(scope.companyId)).list())
      .map(toBox)
      .filter(wanted)
      .map(({ boxId, name }) => ({ kind: "voicemailBox", id: boxId, name }));

  return {
    list: async (scope: Scope): Promise<VoicemailBox[]> => (await collection(scope).list()).map(toBox),
    get: async (scope: Scope, id: string): Promise<VoicemailBox> => toBox(await collection(scope).get(id)),
    /** The boxes whose messages this scope may hear: an operator's own, or all of them. */
    async heardBy(scope: Scope): Promise<VoicemailBox[]> {
      const { companyId, role, actorId } = scope;
      const boxes = (await collection(systemScope(companyId)).list()).map(toBox);
      return role === "operator" ? boxes.filter((box) => actorId !== null && box.operatorIds.includes(actorId)) : boxes;
    },
    async create(scope: Scope, fields: VoicemailBoxFields): Promise<VoicemailBox> {
      await assertReferences(scope, fields);
      return toBox(await collection(scope).insert(given.makeId("box"), fields));
    },
    async change(scope: Scope, id: string, rev: number, fields: VoicemailBoxFields): Promise<VoicemailBox> {
      await assertReferences(scope, fields);
      return toBox(await collection(scope).change(id, rev, fields));
    },
    /** Refused while a flow records for it, and while it holds messages that are not deleted. */
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "voicemailBoxes");
      const held = await messages.countDocuments({ companyId: scope.companyId, boxId: id, state: { $ne: "deleted" } });
      const inside: PlaceOfUse[] = held > 0 ? [{ kind: "messages", id, name: String(held) }] : [];
      assertUnused([...(await given.placesOfUse(scope, id)), ...inside]);
      await collection(scope).remove(id);
    },
    exists: async (scope: Scope, id: string): Promise<boolean> => (await collection(scope).peek(id)) !== null,
    /** The boxes whose callers belong to this queue. */
    ofQueue: (scope: Scope, queueId: string): Promise<PlaceOfUse[]> => places(scope, (box) => box.queueId === queueId),
    /** The boxes that name this operator as one who may hear them. */
    naming: (scope: Scope, operatorId: string): Promise<PlaceOfUse[]> =>
      places(scope, (box) => box.operatorIds.includes(operatorId)),
  };
}

export type VoicemailBoxes = ReturnType<typeof createVoicemailBoxes>;

function toBox({ _id, companyId, ...fields }: BoxDocument): VoicemailBox {
  return { ...fields, boxId: _id };
}
