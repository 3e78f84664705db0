import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, startInstallation } from "../support/installation.ts";
import { connectLab } from "../support/lab-client.ts";

let installation: Installation;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cordboard-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=calls.example.com"],
    ...["-addext", "subjectAltName=DNS:calls.example.com", "-keyout", key, "-out", cert],
  ]);
  if (made.status !== 0) throw new Error(`openssl makes no certificate: ${made.stderr}`);
  installation = await startInstallation({ env: { CORDBOARD_TLS_CERT: cert, CORDBOARD_TLS_KEY: key } });
});
afterAll(async () => {
  await installation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("with TLS by files, the agent is served by HTTPS and calls come over WSS", async () => {
  const url = installation.url.replace("http://", "https://");
  const answer = await new Promise<{ status: number | undefined; policy: string | undefined }>((resolve, reject) => {
    request(`${url}/agent/`, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, policy: String(response.headers["strict-transport-security"] ?? "") });
    })
      .on("error", reject)
      .end();
  });
  expect(answer.status).toBe(200);
  const lab = await connectLab(installation.labUrl);
  lab.call("+33639981234", installation.line);
  await lab.waitFor("caller", "talking demoWelcome");
  lab.hangUp("caller");
  await lab.waitFor("caller", "idle");
  lab.close();
});
