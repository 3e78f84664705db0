import { hkdfSync, randomBytes } from "node:crypto";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";

/** How far the demo company has come. Not a company's own: it is there before the company is. */
interface SeedingDocument {
  readonly _id: "demo";
  /** What the passwords are made of, with the installation's secret; `null` once they were shown: nobody can make them again. */
  readonly salt: string | null;
}

const collectionOf = (connection: Connection) => connection.collection<SeedingDocument>("seedings");

/**
 * Begins the seeding, or goes on with one that was cut off or whose passwords were not shown. Resolves with the password of each account:
 * the same ones each time and in every process, so that what was shown a moment before a crash stays right. `null` when they were shown
 * before, or when nothing was ever begun and `allowed` says no.
 */
export async function beginSeeding(
  connection: Connection,
  secret: string,
  allowed: () => Promise<boolean>,
): Promise<((account: string) => string) | null> {
  const seedings = collectionOf(connection);
  let found = await seedings.findOne({ _id: "demo" });
  if (!found) {
    if (!(await allowed())) return null;
    try {
      await seedings.insertOne({ _id: "demo", salt: randomBytes(32).toString("base64") });
    } catch (cause) {
      // Begun by another process in this very moment.
      if (!isDuplicate(cause)) throw cause;
    }
    found = await seedings.findOne({ _id: "demo" });
  }
  const salt = found?.salt;
  return salt ? (account) => passwordOf(account, secret, salt) : null;
}

/** From now on the demo accounts' passwords are known to those who read them, and to nobody else. */
export async function endSeeding(connection: Connection): Promise<void> {
  await collectionOf(connection).updateOne({ _id: "demo" }, { $set: { salt: null } });
}

/** Three groups without letters that are taken for others: about 74 bits. */
function passwordOf(account: string, secret: string, salt: string): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const bytes = Buffer.from(hkdfSync("sha256", secret, salt, `cordboard demo account ${account}`, 15 * 4));
  const signs = Array.from({ length: 15 }, (_, at) => letters[bytes.readUInt32BE(at * 4) % letters.length]);
  return [signs.slice(0, 5), signs.slice(5, 10), signs.slice(10)].map((group) => group.join("")).join("-");
}
