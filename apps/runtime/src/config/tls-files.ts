import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Texts } from "@cordboard/api";
import { configSentences as say } from "./config-sentences.ts";

/** What TLS is made of, PEM, as read at start. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/**
 * Reads certificate and private key and looks whether they can be used, together. Gives `null` when not; `wrong` has then been told of each
 * file what is the matter with it. Looked at before anything is opened: a runtime that dies of it would be started again and again.
 */
export function readTlsFiles(
  files: { readonly certFile: string; readonly keyFile: string },
  wrong: (variable: "CORDBOARD_TLS_CERT" | "CORDBOARD_TLS_KEY", message: Texts) => void,
): TlsFiles | null {
  const { certFile, keyFile } = files;
  const cert = readText(certFile, (message) => wrong("CORDBOARD_TLS_CERT", message));
  const key = readText(keyFile, (message) => wrong("CORDBOARD_TLS_KEY", message));
  const certificate = cert === null ? null : attempt(() => new X509Certificate(cert));
  const privateKey = key === null ? null : attempt(() => createPrivateKey(key));
  if (cert !== null && !certificate) wrong("CORDBOARD_TLS_CERT", say.notACertificate(certFile));
  if (key !== null && !privateKey) {
    const locked = /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(key);
    wrong("CORDBOARD_TLS_KEY", locked ? say.keyLocked(keyFile) : say.notAKey(keyFile));
  }
  if (cert === null || key === null || !certificate || !privateKey) return null;
  if (certificate.checkPrivateKey(privateKey)) return { cert, key };
  wrong("CORDBOARD_TLS_KEY", say.notItsKey(keyFile, certFile));
  return null;
}

function readText(file: string, wrong: (message: Texts) => void): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    wrong(code === "ENOENT" ? say.fileMissing(file) : say.fileUnreadable(file, code));
    return null;
  }
}

/** What the library says of a bad file is OpenSSL's own ("error:0480006C"): it helps nobody, and is not kept. */
function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
