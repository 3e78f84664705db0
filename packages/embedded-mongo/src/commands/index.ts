import type { Doc } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { Request } from "../request.ts";
import type { Command, Store } from "../store.ts";
import type { WireRequest } from "../wire.ts";
import { aggregateCommands } from "./aggregate.ts";
import { collectionCommands } from "./collection-commands.ts";
import { findCommands } from "./find.ts";
import { findAndModifyCommands } from "./find-and-modify.ts";
import { handshakeCommands } from "./handshake.ts";
import { indexCommands } from "./index-commands.ts";
import { writeCommands } from "./write.ts";

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...handshakeCommands,
    ...findCommands,
    ...aggregateCommands,
    ...writeCommands,
    ...findAndModifyCommands,
    ...indexCommands,
    ...collectionCommands,
  }),
);

/** Every command that the embedded store carries, by the names in which the driver's command monitor reports them. */
export const ALLOWED_COMMANDS: readonly string[] = [...COMMANDS.keys()].sort();

/** Runs one command. Throws `MongoError` for what is refused. */
export async function runCommand(wire: WireRequest, store: Store): Promise<Doc | Buffer> {
  const command = COMMANDS.get(wire.name);
  if (command === undefined) throw new MongoError(59, `no such command: '${wire.name}'`);
  const request = new Request(wire);
  request.allowOnly(command.fields);
  const { retryKey } = request;
  return retryKey ? store.retries.once(retryKey, async () => command.run(request, store)) : command.run(request, store);
}
