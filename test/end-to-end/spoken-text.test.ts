import { createClient } from "@cordboard/api";
import { readFlow } from "@cordboard/flow-schema";
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
  const flow = await client.call("flows.get", { params: { flowId: "reception" } });
  const versionId = flow.ok ? (flow.value.published?.versionId ?? "") : "";
  const version = await client.call("flows.getVersion", { params: { flowId: "reception", versionId } });
  const parsed = version.ok ? readFlow(version.value.document) : null;
  if (!parsed?.ok) throw new Error("the demo company is not there");
  const { builtIn: _, ...welcome } = parsed.document.prompts.pWelcome ?? { texts: {} };
  const { builtIn: __, ...nobody } = parsed.document.prompts.pNobody ?? { texts: {} };
  const document = {
    ...parsed.document,
    prompts: {
      ...parsed.document.prompts,
      pNobody: nobody,
      pWelcome: {
        ...welcome,
        texts: { "fr-FR": "Bonjour du texte {{ call.lineName }}", "en-GB": "Hello from the text" },
      },
    },
  };
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
  await lab.waitFor("caller", "talking chooseLanguage");
  lab.press("caller", "1");
  await lab.waitFor("caller", "talking salesOrSupport");
  // Nobody is signed in for support: that sentence has no audio either.
  lab.press("caller", "2");
  await lab.waitFor("caller", "talking speech");
  await lab.waitFor("caller", "talking closedChoices");
  lab.hangUp("caller");
  await lab.waitFor("caller", "idle");
  lab.close();
});
