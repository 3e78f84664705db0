import { createHash, randomBytes } from "node:crypto";

/** A secret that only its holder knows: 256 random bits. */
export const newToken = () => randomBytes(32).toString("base64url");

/** What the store keeps of a token: reading the store gives nobody a session. */
export const tokenHash = (token: string) => createHash("sha256").update(token).digest("hex");
