import type { LibraryPromptFields, StoredAudio } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type BinPort, type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface PromptAudio extends StoredAudio {
  readonly uploadedAt: number;
  /** The text that it was made for. Missing: it is from before texts were remembered. */
  readonly text?: string;
}

export interface PromptDocument extends Owned, LibraryPromptFields {
  /** By language. */
  readonly audio: Readonly<Record<string, PromptAudio>>;
}

export const promptCollection = (connection: Connection, bus: Bus, bin?: BinPort) =>
  ownedCollection<PromptDocument>(
    connection,
    { name: "prompts", resource: "prompts", singular: "prompt", unique: "name", sortBy: "name" },
    bus,
    bin,
  );

/** Creates the indexes; safe to call at each start. An announcement of the product is replaced by one prompt. */
export async function preparePrompts(connection: Connection): Promise<void> {
  await connection.collection("prompts").createIndex({ companyId: 1, name: 1 }, { unique: true });
  await connection
    .collection("prompts")
    .createIndex(
      { companyId: 1, replaces: 1 },
      { unique: true, partialFilterExpression: { replaces: { $type: "string" } } },
    );
}
