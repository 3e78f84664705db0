import mongoose, { type Connection } from "mongoose";
import { mendClosingSockets } from "./closing-sockets.ts";

/**
 * The store: MongoDB by the official driver, or the embedded server that speaks the same protocol (`@cordboard/embedded-mongo`).
 * Features get the connection and keep their collections to themselves (`model.ts`); everything in it carries `companyId`.
 */
export interface Store {
  readonly connection: Connection;
  close(): Promise<void>;
}

/**
 * Connects; waits at most `patienceMs` for the store to be reachable and then throws an OutsideError-like sentence with the address
 * without its password.
 */
export async function connectStore(
  uri: string,
  options: { patienceMs: number; databaseName?: string },
): Promise<Store> {
  mendClosingSockets();
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: options.patienceMs,
    dbName: options.databaseName ?? "cordboard",
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    maxPoolSize: 20,
    writeConcern: { w: "majority", journal: true },
    retryWrites: true,
  });
  await connection.asPromise();
  return { connection, close: () => connection.close() };
}
