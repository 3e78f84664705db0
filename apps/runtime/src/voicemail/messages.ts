import type { DeskVoicemailBox, MessageState, VoicemailBox, VoicemailMessage } from "@cordboard/api";
import type { UpdateFilter } from "mongodb";
import type { Connection } from "mongoose";
import { demand, type Scope, systemScope } from "../access/index.ts";
import { type Companies, numberText } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import { type Bus, type Clock, type VoicemailChange, voicemailChannel } from "../ports/index.ts";
import { mayHear, type VoicemailBoxes } from "./boxes.ts";
import type { CopyMessage } from "./copy-message.ts";
import { type Done, type MessageDocument, messageCollection, type Person } from "./model.ts";

export interface MessagesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly companies: Companies;
  readonly boxes: VoicemailBoxes;
  /** Names of operators; one who is gone is missing. */
  readonly operatorNames: (companyId: string) => Promise<ReadonlyMap<string, string>>;
  readonly personOf: (scope: Scope) => Promise<Person>;
  readonly copy: CopyMessage;
  /** A path of this server that opens private audio for a while. */
  readonly privatePath: (companyId: string, sha256: string, validMs: number, fromMs?: number) => string;
}

export interface MessagesAsked {
  readonly boxId?: string;
  readonly state?: MessageState;
  readonly assignedTo?: string;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string;
}

export interface MessageChange {
  readonly heard?: boolean;
  readonly assignedTo?: string | null;
  readonly note?: string;
}

const DAY_MS = 86_400_000;
/** How long a deleted message can be brought back. */
export const REGRET_MS = 7 * DAY_MS;
/** A message whose box is gone is kept this long. */
export const RETENTION_WITHOUT_BOX_DAYS = 90;
/** How long a link to a message's audio works: longer than anybody listens in one go. */
const AUDIO_VALID_MS = 15 * 60_000;

const iso = (at: number) => new Date(at).toISOString();
const doneOrNull = (done: Done | null) => done && { at: iso(done.at), by: done.by };

/**
 * The messages that callers left, as one scope may see them: an operator those of their boxes, supervisors those of the boxes
 * of their queues, or all, and administrators all.
 */
export function createMessages(given: MessagesGiven) {
  const { bus, clock, companies, boxes } = given;
  const collection = messageCollection(given.connection);

  /** What a filter must hold so that nobody hears what is not theirs. */
  async function reach(scope: Scope): Promise<{ readonly filter: object; readonly byId: Map<string, VoicemailBox> }> {
    const heard = await boxes.heardBy(scope);
    const byId = new Map(heard.map((box) => [box.boxId, box]));
    const mine = { companyId: scope.companyId };
    return {
      filter: scope.role === "operator" || scope.queues ? { ...mine, boxId: { $in: [...byId.keys()] } } : mine,
      byId,
    };
  }

  async function toMessages(scope: Scope, found: readonly MessageDocument[], byId: Map<string, VoicemailBox>) {
    const own = systemScope(scope.companyId);
    const [{ country }, names] = await Promise.all([companies.get(own), given.operatorNames(scope.companyId)]);
    return found.map((message) => toMessage(message, { country, names, box: byId.get(message.boxId) }));
  }

  async function find(scope: Scope, messageId: string) {
    const { filter, byId } = await reach(scope);
    const found = await collection.findOne({ $and: [filter, { _id: messageId }] });
    if (!found) throw new UserError("notFound", { what: "message" });
    return { found, byId };
  }

  const tell = ({ companyId, boxId }: Pick<MessageDocument, "companyId" | "boxId">) => {
    const change: VoicemailChange = { boxId };
    bus.publish(voicemailChannel(companyId), change);
  };

  async function update(
    scope: Scope,
    messageId: string,
    set: UpdateFilter<MessageDocument>,
  ): Promise<VoicemailMessage> {
    demand(scope, "write", "messages");
    const { byId } = await find(scope, messageId);
    const filter = { _id: messageId, companyId: scope.companyId };
    const changed = await collection.findOneAndUpdate(filter, set, { returnDocument: "after" });
    if (!changed) throw new UserError("notFound", { what: "message" });
    tell(changed);
    const [message] = await toMessages(scope, [changed], byId);
    if (!message) throw new UserError("notFound", { what: "message" });
    return message;
  }

  return {
    /** Says that the messages of a box, or what is shown of it, changed. */
    tell,
    async list(scope: Scope, { boxId, state, assignedTo, limit, before }: MessagesAsked) {
      demand(scope, "read", "messages");
      const { filter, byId } = await reach(scope);
      const after = before === undefined ? null : readCursor(before);
      const found = await collection
        .find({
          $and: [
            filter,
            state === undefined ? { state: { $ne: "deleted" as const } } : { state },
            ...(boxId === undefined ? [] : [{ boxId }]),
            ...(assignedTo === undefined ? [] : [{ assignedTo }]),
            ...(after
              ? [{ $or: [{ receivedAt: { $lt: after.at } }, { receivedAt: after.at, _id: { $lt: after.id } }] }]
              : []),
          ],
        })
        .sort({ receivedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last ? `${last.receivedAt}.${last._id}` : null;
      return { items: await toMessages(scope, page, byId), next };
    },
    async get(scope: Scope, messageId: string): Promise<VoicemailMessage> {
      demand(scope, "read", "messages");
      const { found, byId } = await find(scope, messageId);
      const [message] = await toMessages(scope, [found], byId);
      if (!message) throw new UserError("notFound", { what: "message" });
      return message;
    },
    /** Where the caller who consults a box hears a message of it, from a moment on; `null` when it is gone. */
    async forCaller(companyId: string, messageId: string, fromMs: number, validMs: number): Promise<string | null> {
      const found = await collection.findOne({ _id: messageId, companyId });
      return found && given.privatePath(companyId, found.sha256, validMs, fromMs);
    },
    async audio(scope: Scope, messageId: string) {
      demand(scope, "read", "messages");
      const { found } = await find(scope, messageId);
      const path = given.privatePath(scope.companyId, found.sha256, AUDIO_VALID_MS);
      return { url: `/media/${path}`, durationMs: found.durationMs, validUntil: iso(clock.now() + AUDIO_VALID_MS) };
    },
    async change(
      scope: Scope,
      messageId: string,
      { heard, assignedTo, note }: MessageChange,
    ): Promise<VoicemailMessage> {
      demand(scope, "write", "messages");
      const { found, byId } = await find(scope, messageId);
      if (assignedTo) {
        const names = await given.operatorNames(scope.companyId);
        const box = byId.get(found.boxId);
        const allowed = box ? mayHear(box, assignedTo) : names.has(assignedTo);
        if (!allowed) throw new UserError("notFound", { what: "operator" });
      }
      return update(scope, messageId, {
        $set: {
          ...(heard === undefined ? {} : await heardNow(scope, found, heard)),
          ...(assignedTo === undefined ? {} : { assignedTo }),
          ...(note === undefined ? {} : { note }),
        },
      });
    },
    async calledBack(scope: Scope, messageId: string): Promise<VoicemailMessage> {
      demand(scope, "write", "messages");
      return update(scope, messageId, {
        $set: { calledBack: { at: clock.now(), by: await given.personOf(scope) } },
      });
    },
    /** To any box of the company: whom it concerns is not who may hear it here. */
    async forward(scope: Scope, messageId: string, boxId: string): Promise<void> {
      demand(scope, "write", "messages");
      const { found } = await find(scope, messageId);
      if (!(await boxes.exists(systemScope(scope.companyId), boxId)))
        throw new UserError("notFound", { what: "voicemail box" });
      if (!(await given.copy(found, boxId, await given.personOf(scope))))
        throw new UserError("notFound", { what: "audio" });
    },
    async remove(scope: Scope, messageId: string): Promise<void> {
      await update(scope, messageId, { $set: { state: "deleted", deletedAt: clock.now() } });
    },
    async restore(scope: Scope, messageId: string): Promise<VoicemailMessage> {
      demand(scope, "write", "messages");
      const { found } = await find(scope, messageId);
      return update(scope, messageId, { $set: { state: found.heard ? "kept" : "new", deletedAt: null } });
    },
    /** What was left in a call and is not deleted, for the call's page, as far as this scope may hear it. */
    async ofCall(scope: Scope, callId: string): Promise<{ messageId: string; durationMs: number }[]> {
      const { filter } = await reach(scope);
      const found = await collection.find({ $and: [filter, { callId, state: { $ne: "deleted" } }] }).toArray();
      return found.map(({ _id: messageId, durationMs }) => ({ messageId, durationMs }));
    },
    /** What an operator's lamp shows. */
    async unheard(scope: Scope): Promise<DeskVoicemailBox[]> {
      demand(scope, "read", "messages");
      const heard = await boxes.heardBy(scope);
      return Promise.all(
        heard.map(async ({ boxId, name, queueId, number = null, hasCode, greetings }) => {
          const count = (state: MessageState) =>
            collection.countDocuments({ companyId: scope.companyId, boxId, state });
          const [unheard, kept] = await Promise.all([count("new"), count("kept")]);
          return { boxId, name, queueId, number, hasCode, greetings, unheard, kept };
        }),
      );
    },
  };

  async function heardNow(scope: Scope, found: MessageDocument, heard: boolean) {
    const state = found.state === "deleted" ? "deleted" : heard ? "kept" : "new";
    return {
      state,
      heard: heard ? (found.heard ?? { at: clock.now(), by: await given.personOf(scope) }) : null,
    } as const;
  }
}

export type Messages = ReturnType<typeof createMessages>;

function readCursor(cursor: string): { readonly at: number; readonly id: string } {
  const [, at, id] = /^(\d{1,15})\.(msg_[0-9a-f]{32})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) {
    const problem = { fr: "n’est pas le `next` d’une page", en: "is not the `next` of a page" };
    throw new UserError("requestInvalid", { where: "/query/before", problem });
  }
  return { at: Number(at), id };
}

/** A hidden number stays hidden: neither it nor a name that came with it leaves the runtime. */
function toMessage(
  message: MessageDocument,
  about: {
    readonly country: string;
    readonly names: ReadonlyMap<string, string>;
    readonly box: VoicemailBox | undefined;
  },
): VoicemailMessage {
  const { box, country, names } = about;
  const { receivedAt, deletedAt, assignedTo, hidden } = message;
  const from = hidden ? null : message.from;
  const retained = receivedAt + (box?.retentionDays ?? RETENTION_WITHOUT_BOX_DAYS) * DAY_MS;
  return {
    messageId: message._id,
    boxId: message.boxId,
    boxName: box?.name ?? message.boxId,
    queueId: box?.queueId ?? null,
    callId: message.callId,
    state: message.state,
    receivedAt: iso(receivedAt),
    durationMs: message.durationMs,
    peaks: [...(message.peaks ?? [])],
    from,
    fromText: from === null ? null : numberText(from, country),
    hidden,
    callerName: hidden ? null : message.callerName,
    lineName: message.lineName,
    heard: doneOrNull(message.heard),
    assignedTo: assignedTo === null ? null : { operatorId: assignedTo, name: names.get(assignedTo) ?? assignedTo },
    note: message.note,
    calledBack: doneOrNull(message.calledBack),
    forwarded: message.forwarded ?? null,
    keptUntil: iso(deletedAt === null ? retained : Math.min(retained, deletedAt + REGRET_MS)),
  };
}
