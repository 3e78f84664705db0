import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { configSentences as say } from "./config-sentences.ts";

const folder = mkdtempSync(join(tmpdir(), "cordboard-tls-files-"));
const file = (name: string) => join(folder, name);

beforeAll(() => {
  for (const name of ["own", "other"]) {
    openssl(
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
      ...["-subj", `/CN=${name}.example.com`, "-keyout", file(`${name}.key`), "-out", file(`${name}.pem`)],
    );
  }
  openssl("pkey", "-in", file("own.key"), "-aes128", "-passout", "pass:word", "-out", file("locked.key"));
  writeFileSync(file("letter.txt"), "Dear certificate,\n");
  writeFileSync(file("forbidden.pem"), "");
  chmodSync(file("forbidden.pem"), 0o000);
  chmodSync(file("own.key"), 0o644);
  chmodSync(folder, 0o755);
  mkdirSync(file("folder"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openssl(...words: readonly string[]): void {
  const { status, stderr } = spawnSync("openssl", words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
}

/** Root may read everything: it steps down for as long as `act` takes. */
function asAnOrdinaryUser<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

function problems(cert: string, key: string) {
  const env = {
    JAMBONZ_SOCKET_USER: "jambonz",
    JAMBONZ_SOCKET_PASSWORD: "secret",
    CORDBOARD_SECRET: "s".repeat(32),
    CORDBOARD_TLS_CERT: cert,
    CORDBOARD_TLS_KEY: key,
  };
  const result = readConfig(env, folder);
  return result.ok ? null : result.problems;
}

test("a certificate and its key are read, from the folder that relative paths start at", () => {
  expect(problems("own.pem", "own.key")).toBeNull();
});

test("what cannot be read is said of each file", () => {
  expect(problems("nowhere.pem", "folder")).toEqual([
    { variable: "CORDBOARD_TLS_CERT", message: say.fileMissing(file("nowhere.pem")) },
    { variable: "CORDBOARD_TLS_KEY", message: say.fileUnreadable(file("folder"), "EISDIR") },
  ]);
});

test("a file that this user may not read is said", () => {
  expect(asAnOrdinaryUser(() => problems("forbidden.pem", "own.key"))).toEqual([
    { variable: "CORDBOARD_TLS_CERT", message: say.fileUnreadable(file("forbidden.pem"), "EACCES") },
  ]);
});

test("what is no certificate and what is no key are said; so are the two taken for each other", () => {
  expect(problems("letter.txt", "letter.txt")).toEqual([
    { variable: "CORDBOARD_TLS_CERT", message: say.notACertificate(file("letter.txt")) },
    { variable: "CORDBOARD_TLS_KEY", message: say.notAKey(file("letter.txt")) },
  ]);
  expect(problems("own.key", "own.pem")).toEqual([
    { variable: "CORDBOARD_TLS_CERT", message: say.notACertificate(file("own.key")) },
    { variable: "CORDBOARD_TLS_KEY", message: say.notAKey(file("own.pem")) },
  ]);
});

test("a key behind a passphrase, and the key of another certificate, are said for what they are", () => {
  expect(problems("own.pem", "locked.key")).toEqual([
    { variable: "CORDBOARD_TLS_KEY", message: say.keyLocked(file("locked.key")) },
  ]);
  expect(problems("own.pem", "other.key")).toEqual([
    { variable: "CORDBOARD_TLS_KEY", message: say.notItsKey(file("other.key"), file("own.pem")) },
  ]);
});
