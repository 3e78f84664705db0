import type { GreetingState, VoicemailBox, VoicemailBoxFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import {
  assertUnused,
  demand,
  demandQueue,
  type PlaceOfUse,
  reaches,
  type Scope,
  systemScope,
} from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { convertAudio, type MediaShelf } from "../media/index.ts";
import type { Bus, MakeId } from "../ports/index.ts";
import type { Passwords } from "../users/index.ts";
import { type BoxDocument, boxCollection, messageCollection, type StoredGreetings } from "./model.ts";

export interface BoxesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  /** The flows that record messages for a box. */
  readonly placesOfUse: (scope: Scope, boxId: string) => Promise<readonly PlaceOfUse[]>;
  readonly operatorsExist: (scope: Scope, operatorIds: readonly string[]) => Promise<boolean>;
  readonly passwords: Passwords;
  readonly media: Pick<MediaShelf, "add">;
  readonly queueExists: (scope: Scope, queueId: string) => Promise<boolean>;
}

/** Voicemail boxes: their settings, and who may hear what is in them. */
export function createVoicemailBoxes(given: BoxesGiven) {
  const collection = boxCollection(given.connection, given.bus);
  const messages = messageCollection(given.connection);

  async function assertReferences(scope: Scope, fields: VoicemailBoxFields, itself: string | null): Promise<void> {
    const { operatorIds, queueId, operatorId = null, number = null } = fields;
    const own = systemScope(scope.companyId);
    const named = operatorId === null ? operatorIds : [...new Set([...operatorIds, operatorId])];
    if (number !== null) {
      const other = await collection(own).find({ number });
      if (other && other._id !== itself) throw new UserError("alreadyExists", { field: "number", value: number });
    }
    if (!(await given.operatorsExist(own, named))) throw new UserError("notFound", { what: "operator" });
    if (queueId !== null && !(await given.queueExists(own, queueId)))
      throw new UserError("notFound", { what: "queue" });
  }

  const places = async (scope: Scope, wanted: (box: VoicemailBox) => boolean): Promise<PlaceOfUse[]> =>
    (await collection(systemScope(scope.companyId)).list())
      .map(toBox)
      .filter(wanted)
      .map(({ boxId, name }) => ({ kind: "voicemailBox", id: boxId, name }));

  /** A box of the queues that this scope supervises, if it is limited to some. Throws `notFound`. */
  async function within(scope: Scope, id: string): Promise<BoxDocument> {
    const found = await collection(scope).get(id);
    if (!reaches(scope, [found.queueId])) throw new UserError("notFound", { what: "voicemail box" });
    return found;
  }

  /** A box that this scope may change the telephone's side of. */
  async function reached(scope: Scope, id: string): Promise<BoxDocument> {
    if (scope.role !== "operator") {
      demand(scope, "write", "voicemailBoxes");
      return within(scope, id);
    }
    const found = await collection(scope).get(id);
    if (scope.actorId === null || !mayHear(found, scope.actorId))
      throw new UserError("notFound", { what: "voicemail box" });
    return found;
  }

  /** On behalf of who was found to reach it. */
  const set = async ({ companyId, changed }: Scope, id: string, fields: Partial<BoxDocument>): Promise<VoicemailBox> =>
    toBox(await collection({ ...systemScope(companyId), ...(changed && { changed }) }).set(id, fields));

  /** Greetings are one member each; who changes another one meanwhile keeps it. */
  async function setGreetings(
    scope: Scope,
    id: string,
    next: (now: StoredGreetings) => StoredGreetings,
  ): Promise<void> {
    const { greetings = {} } = await reached(scope, id);
    await set(scope, id, { greetings: next(greetings) });
  }

  return {
    list: async (scope: Scope): Promise<VoicemailBox[]> =>
      (await collection(scope).list()).filter(({ queueId }) => reaches(scope, [queueId])).map(toBox),
    get: async (scope: Scope, id: string): Promise<VoicemailBox> => toBox(await within(scope, id)),
    /** The boxes whose messages this scope may hear: an operator's own, those of a supervisor's queues, or all of them. */
    async heardBy(scope: Scope): Promise<VoicemailBox[]> {
      const { companyId, role, actorId } = scope;
      const boxes = (await collection(systemScope(companyId)).list()).map(toBox);
      if (role === "operator") return boxes.filter((box) => actorId !== null && mayHear(box, actorId));
      return boxes.filter(({ queueId }) => reaches(scope, [queueId]));
    },
    async create(scope: Scope, fields: VoicemailBoxFields): Promise<VoicemailBox> {
      demand(scope, "write", "voicemailBoxes");
      demandQueue(scope, fields.queueId);
      await assertReferences(scope, fields, null);
      return toBox(await collection(scope).insert(given.makeId("box"), fields));
    },
    async change(scope: Scope, id: string, rev: number, fields: VoicemailBoxFields): Promise<VoicemailBox> {
      demand(scope, "write", "voicemailBoxes");
      await within(scope, id);
      demandQueue(scope, fields.queueId);
      await assertReferences(scope, fields, id);
      return toBox(await collection(scope).change(id, rev, fields));
    },
    /** The code that opens it from a telephone; an operator sets it of the boxes that they may hear. */
    async setCode(scope: Scope, id: string, code: string | null): Promise<VoicemailBox> {
      const box = toBox(await reached(scope, id));
      if (code !== null && isWeak(code, box)) throw new UserError("weakCode");
      return set(scope, id, { codeHash: code === null ? null : await given.passwords.hash(code) });
    },
    /** `recordingId`: it was recorded by telephone. Throws what `convertAudio` throws. */
    async setGreeting(scope: Scope, id: string, state: GreetingState, file: Uint8Array, recordingId?: string) {
      const { greetings = {} } = await reached(scope, id);
      if (recordingId !== undefined && greetings[state]?.recordingId === recordingId) return;
      const { bytes, durationMs } = await convertAudio(file);
      const greeting = { sha256: await given.media.add(bytes), durationMs, ...(recordingId && { recordingId }) };
      await setGreetings(scope, id, (now) => ({ ...now, [state]: greeting }));
    },
    async removeGreeting(scope: Scope, id: string, state: GreetingState): Promise<void> {
      if (!(await reached(scope, id)).greetings?.[state]) throw new UserError("notFound", { what: "audio" });
      await setGreetings(scope, id, ({ [state]: _, ...others }) => others);
    },
    /** The box with this number or id, and what opens it, for who keys its code. */
    async toOpen(companyId: string, by: { readonly boxId: string } | { readonly number: string }) {
      const all = collection(systemScope(companyId));
      const found = "boxId" in by ? await all.peek(by.boxId) : by.number === "" ? null : await all.find(by);
      return found && { box: toBox(found), codeHash: found.codeHash ?? null };
    },
    /** Refused while a flow records for it, and while it holds messages that are not deleted. */
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "voicemailBoxes");
      await within(scope, id);
      const held = await messages.countDocuments({ companyId: scope.companyId, boxId: id, state: { $ne: "deleted" } });
      const inside: PlaceOfUse[] = held > 0 ? [{ kind: "messages", id, name: String(held) }] : [];
      assertUnused([...(await given.placesOfUse(scope, id)), ...inside]);
      await collection(scope).remove(id);
    },
    /** Null: it is gone. */
    async find(companyId: string, id: string): Promise<VoicemailBox | null> {
      const found = await collection(systemScope(companyId)).peek(id);
      return found && toBox(found);
    },
    exists: async (scope: Scope, id: string): Promise<boolean> => (await collection(scope).peek(id)) !== null,
    /** The boxes whose callers belong to this queue. */
    ofQueue: (scope: Scope, queueId: string): Promise<PlaceOfUse[]> => places(scope, (box) => box.queueId === queueId),
    /** The boxes that name this operator as one who may hear them. */
    naming: (scope: Scope, operatorId: string): Promise<PlaceOfUse[]> =>
      places(scope, (box) => mayHear(box, operatorId)),
  };
}

export type VoicemailBoxes = ReturnType<typeof createVoicemailBoxes>;

/** The one whose box it is, and those who were named. */
export function mayHear({ operatorId, operatorIds }: Partial<VoicemailBoxFields>, asking: string): boolean {
  return operatorId === asking || (operatorIds ?? []).includes(asking);
}

/** What anybody would try first. */
function isWeak(code: string, { number }: VoicemailBox): boolean {
  const steps = new Set(Array.from(code.slice(1), (digit, index) => Number(digit) - Number(code[index])));
  const [step] = steps;
  return code === number || (steps.size === 1 && (step === 0 || step === 1 || step === -1));
}

function toBox({ _id, companyId, codeHash, greetings, ...fields }: BoxDocument): VoicemailBox {
  const { operatorId = null, number = null } = fields;
  const heard = Object.entries(greetings ?? {}).map(([state, { sha256, durationMs }]) => [
    state,
    { sha256, durationMs },
  ]);
  return {
    ...fields,
    operatorId,
    number,
    boxId: _id,
    greetings: Object.fromEntries(heard),
    hasCode: (codeHash ?? null) !== null,
  };
}
