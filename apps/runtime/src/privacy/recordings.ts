import type { ConversationArchive } from "../conversations/index.ts";
import type { MediaShelf } from "../media/index.ts";
import type { Holder } from "./holder.ts";
import { isOf, type Person } from "./person.ts";

/** The conversations of a person that were recorded. */
export function recordingsHolder(
  conversations: Pick<ConversationArchive, "matching" | "remove">,
  media: Pick<MediaShelf, "readPrivate">,
): Holder {
  const found = (person: Person) => conversations.matching(person.companyId, (number) => isOf(person, number));
  return {
    what: "recordings",
    count: async (person) => (await found(person)).length,
    underWay: async () => 0,
    async export(person) {
      const theirs = await found(person);
      return Promise.all(
        theirs.map(async ({ _id, companyId, sha256, peaks, ...talk }) => {
          const audio = await media.readPrivate(companyId, sha256);
          const startedAt = new Date(talk.startedAt).toISOString();
          return { recordingId: _id, ...talk, startedAt, audio: audio?.toString("base64") ?? null };
        }),
      );
    },
    async erase(person) {
      const theirs = await found(person);
      for (const one of theirs) await conversations.remove(one);
      return theirs.length;
    },
  };
}
