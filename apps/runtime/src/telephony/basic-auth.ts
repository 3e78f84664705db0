import { createHash, timingSafeEqual } from "node:crypto";

/** The user and password that the jambonz application sends on its socket. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Whether an `Authorization` header carries these credentials. Takes the same time whichever part is wrong: digests of equal length are
 * compared, not the texts.
 */
export function allowsBasicAuth(header: string | undefined, { username, password }: Credentials): boolean {
  const given = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? "")?.[1];
  const expected = digest(Buffer.from(`${username}:${password}`, "utf8"));
  return timingSafeEqual(digest(Buffer.from(given ?? "", "base64")), expected) && given !== undefined;
}

function digest(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
