import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the parts of one installation need to trust each other; made once, kept in the data folder, readable by its owner alone. */
export interface Secrets {
  /** Basic auth of the socket between jambonz (or the simulator) and the runtime. */
  readonly socketPassword: string;
  /** Key of the simulator's REST interface. */
  readonly labApiKey: string;
  readonly webhookSecret: string;
  /** Signs paths of private audio. */
  readonly secret: string;
  /** Lets the command line of this machine read as an administrator. */
  readonly localKey: string;
}

/** Reads the secrets of `folder`, making what is missing. */
export function loadSecrets(folder: string): Secrets {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "secrets.json");
  const kept: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const make = () => randomBytes(24).toString("base64url");
  const secrets: Secrets = {
    socketPassword: kept.socketPassword ?? make(),
    labApiKey: kept.labApiKey ?? make(),
    webhookSecret: kept.webhookSecret ?? make(),
    secret: kept.secret ?? make() + make(),
    localKey: kept.localKey ?? make() + make(),
  };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}
