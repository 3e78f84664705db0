import { type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import {
  createCodeTries,
  createConsultation,
  createCopyMessage,
  createMessages,
  createVoicemailBoxes,
  prepareVoicemail,
  voicemailHandlers,
} from "../voicemail/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { GroupGiven } from "./other-features.ts";

/** Voicemail boxes, the messages left in them, and hearing them by telephone. */
export function createVoicemailFeatures(given: GroupGiven, { companies, passwords, users }: AccountFeatures) {
  const { connection, bus, clock, makeId, others } = given;
  const base = { connection, bus, clock, makeId };
  /** Where each is used: what keeps it from being deleted. */
  const uses = {
    voicemailBox: async (scope: Scope, boxId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await others().queues.leavingMessagesIn(scope, boxId)),
      ...(await others().flows.using(scope, "voicemailBox", boxId)),
    ],
  };
  const voicemailBoxes = createVoicemailBoxes({
    ...base,
    passwords,
    media: given.media,
    placesOfUse: uses.voicemailBox,
    operatorsExist: (scope, ids) => others().operators.exist(scope, ids),
    queueExists: (scope, queueId) => others().queues.exists(scope, queueId),
  });
  const copyMessage = createCopyMessage({ ...base, boxes: voicemailBoxes, media: given.media });
  const codeTries = createCodeTries(base);
  const consultation = createConsultation({
    ...base,
    companies,
    boxes: voicemailBoxes,
    passwords,
    tries: codeTries,
    recordings: given.recordings,
    copy: copyMessage,
    operatorName: async (companyId, operatorId) =>
      (await others().operators.find(systemScope(companyId), operatorId))?.name ?? null,
  });
  const messages = createMessages({
    ...base,
    copy: copyMessage,
    companies,
    boxes: voicemailBoxes,
    operatorNames: async (companyId) =>
      new Map(
        (await others().operators.list(systemScope(companyId))).map(({ operatorId, name }) => [operatorId, name]),
      ),
    personOf: async ({ companyId, role, actorId, key }) => {
      if (key) return { kind: "user", id: key.apiKeyId, name: key.name };
      const id = actorId ?? "system";
      const own = systemScope(companyId);
      if (role === "operator") {
        return { kind: "operator", id, name: (await others().operators.find(own, id))?.name ?? id };
      }
      return { kind: "user", id, name: actorId === null ? id : (await users.get(own, actorId)).name };
    },
    privatePath: given.media.privatePath,
  });

  return {
    uses,
    voicemailBoxes,
    messages,
    codeTries,
    consultation,
    handlers: voicemailHandlers(voicemailBoxes, messages),
    prepare: () => prepareVoicemail(connection),
  };
}

export type VoicemailFeatures = ReturnType<typeof createVoicemailFeatures>;
