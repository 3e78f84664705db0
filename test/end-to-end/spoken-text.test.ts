import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, startInstallation } from "../support/installation.ts";
import { connectLab } from "../support/lab-client.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation?.stop());

test("a text that nobody recorded is spoken, for as long as it takes to say, and the flow goes on", async () => {
  const client = createClient({ baseUrl: installation.url, fetch, keepCookies: true });
  await client.call("session.signIn", { body: installation.admin });
  const listed = await client.call("queues.list");
  const scripts = await client.call("scripts.list");
  if (!listed.ok || !scripts.ok) throw new Error("the demo company is not there");
  const [support, sales] = [...listed.value.items].sort((a, b) => (a.name < b.name ? -1 : 1));
  const template = readFileSync(join(import.meta.dirname, "../../flows/reception.json"), "utf8")
    .replaceAll('"queue": "sales"', `"queue": "${sales?.queueId}"`)
    .replaceAll('"queue": "support"', `"queue": "${support?.queueId}"`)
    .replaceAll('"script": "contact"', `"script": "${scripts.value.items[0]?.scriptId}"`);
  const document = JSON.parse(template);
  delete document.prompts.pWelcome.builtIn;
  document.prompts.pWelcome.texts = { "fr-FR": "Bonjour du texte {{ call.lineName }}", "en-GB": "Hello from the text" };
  delete document.prompts.pNobody.builtIn;
  const published = await client.call("flows.publish", {
    params: { flowId: "reception" },
    body: { document, note: "a welcome without audio" },
  });
  if (!published.ok) throw new Error(JSON.stringify(published.error));

  const lab = await connectLab(installation.labUrl);
  lab.call("+33639981234", installation.line);
  await lab.waitFor("caller", "talking speech");
  const hears = lab.telephone("caller")?.call?.hears;
  expect(hears).toMatchObject({ kind: "speech", text: "Bonjour du texte Standard" });
  await lab.waitFor("caller", "talking demoMenu");
  // Nobody is signed in for support: that sentence has no audio either, and is said in a prompt that keys do not interrupt.
  lab.press("caller", "2");
  await lab.waitFor("caller", "talking speech");
  await lab.waitFor("caller", "talking goodbye");
  await lab.waitFor("caller", "idle");
  lab.close();
});
