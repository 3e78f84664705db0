import type { Secret } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, demand, type PlaceOfUse, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import type { TextBox } from "./text-box.ts";

interface SecretDocument {
  /** `<company> <name>` */
  readonly _id: string;
  readonly companyId: string;
  readonly name: string;
  readonly sealed: string;
  readonly changedAt: number;
}

const collectionOf = (connection: Connection) => connection.collection<SecretDocument>("secrets");

/** Creates the indexes; safe to call at each start. */
export async function prepareSecrets(connection: Connection): Promise<void> {
  await collectionOf(connection).createIndex({ companyId: 1, name: 1 });
}

export interface SecretsGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly box: TextBox;
  readonly placesOfUse: (scope: Scope, name: string) => Promise<readonly PlaceOfUse[]>;
}

/** Keys and passwords of other systems: kept sealed, given to whoever asks those systems, never shown. */
export function createSecrets({ connection, clock, box, placesOfUse }: SecretsGiven) {
  const collection = collectionOf(connection);
  const idOf = (companyId: string, name: string) => `${companyId} ${name}`;
  const shown = ({ name, changedAt }: Pick<SecretDocument, "name" | "changedAt">): Secret => ({
    name,
    changedAt: new Date(changedAt).toISOString(),
  });
  return {
    async list(scope: Scope): Promise<Secret[]> {
      demand(scope, "read", "secrets");
      return (await collection.find({ companyId: scope.companyId }).sort({ name: 1 }).toArray()).map(shown);
    },
    async set(scope: Scope, name: string, value: string): Promise<Secret> {
      demand(scope, "write", "secrets");
      const { companyId } = scope;
      const kept = { companyId, name, sealed: box.seal(value), changedAt: clock.now() };
      const before = await collection.findOneAndUpdate(
        { _id: idOf(companyId, name) },
        { $set: kept },
        { upsert: true, returnDocument: "before" },
      );
      scope.changed?.({
        resource: "secrets",
        targetId: name,
        targetName: name,
        before: before && shown(before),
        after: shown(kept),
      });
      return shown(kept);
    },
    async remove(scope: Scope, name: string): Promise<void> {
      demand(scope, "write", "secrets");
      assertUnused(await placesOfUse(scope, name));
      const before = await collection.findOneAndDelete({ _id: idOf(scope.companyId, name) });
      if (!before) throw new UserError("notFound", { what: "secret" });
      scope.changed?.({ resource: "secrets", targetId: name, targetName: name, before: shown(before), after: null });
    },
    /** The names of the company's secrets. */
    names: async (companyId: string): Promise<ReadonlySet<string>> =>
      new Set((await collection.find({ companyId }, { projection: { name: 1 } }).toArray()).map(({ name }) => name)),
    /** The values behind these names, for whoever sends them; a name without one is not in it. Throws when a seal cannot be opened. */
    async reveal(companyId: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (names.length === 0) return new Map();
      const ids = names.map((name) => idOf(companyId, name));
      const found = await collection.find({ _id: { $in: ids } }).toArray();
      return new Map(found.map(({ name, sealed }) => [name, box.open(sealed)]));
    },
  };
}

export type Secrets = ReturnType<typeof createSecrets>;
