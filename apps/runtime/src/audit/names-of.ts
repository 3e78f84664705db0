import type { Connection } from "mongoose";

/** What carries a name, by the beginning of its ids. */
const collections: Readonly<Record<string, string>> = {
  ...{ queue: "queues", op: "operators", line: "lines", script: "scripts", schedule: "schedules", user: "users" },
  ...{ tel: "telephones", box: "voicemailBoxes", prompt: "prompts", conn: "connectors", key: "apiKeys" },
};

const id = /^([a-z]{2,8})_[0-9a-f]{32}$/;

/** The ids of things with a name that stand anywhere in this, each once, by what they are of. Pure. */
export function idsIn(told: unknown): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      const collection = collections[id.exec(value)?.[1] ?? ""];
      if (collection) found.set(collection, (found.get(collection) ?? new Set()).add(value));
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  look(told);
  return new Map([...found].map(([collection, ids]) => [collection, [...ids]]));
}

/** What these are called today; what is gone, or has no name, is not there. */
export async function namesOf(
  connection: Connection,
  companyId: string,
  ids: ReadonlyMap<string, readonly string[]>,
): Promise<Readonly<Record<string, string>>> {
  const named = await Promise.all(
    [...ids].map(([collection, some]) =>
      connection
        .collection<{ _id: string; companyId: string; name?: string }>(collection)
        .find({ companyId, _id: { $in: [...some] } }, { projection: { name: 1 } })
        .toArray(),
    ),
  );
  return Object.fromEntries(named.flat().flatMap(({ _id, name }) => (name ? [[_id, name]] : [])));
}
