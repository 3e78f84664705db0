import type { User } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";

export interface UserDocument extends Owned, Omit<User, "userId" | "rev"> {
  readonly passwordHash: string;
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
}
