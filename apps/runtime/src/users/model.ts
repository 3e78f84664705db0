import type { User } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";

/** `externalId` and `queueIds` are absent of users who were set up before there were any. */
export interface UserDocument
  extends Owned,
    Omit<User, "userId" | "rev" | "externalId" | "queueIds">,
    Partial<Pick<User, "externalId" | "queueIds">> {
  readonly passwordHash: string;
  /** Made by signing in at the company's identity provider: nobody knows the password, there is none. */
  readonly passwordless?: boolean;
  readonly createdAt: number;
}

export const userCollection = (connection: Connection) =>
  ownedCollection<UserDocument>(connection, {
    name: "users",
    resource: "users",
    singular: "user",
    unique: "email",
    sortBy: "name",
  });

/** Creates the indexes; safe to call at each start. */
export async function prepareUsers(connection: Connection): Promise<void> {
  await connection.collection("users").createIndex({ companyId: 1, email: 1 }, { unique: true });
  await connection
    .collection("users")
    .createIndex(
      { companyId: 1, externalId: 1 },
      { unique: true, partialFilterExpression: { externalId: { $type: "string" } } },
    );
}
