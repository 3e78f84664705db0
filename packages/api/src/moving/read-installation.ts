import { type FlowHere, type InstallationHere, readFlow } from "@cordboard/flow-schema";
import type { ApiClient, ApiResult } from "../client.ts";
import { answered, demanded, wanted } from "./asked.ts";

/** What an installation has of what flows may refer to, in the words of the account's language. Lists that this account may not read are left out. */
export async function readThings(
  client: ApiClient,
  language: "fr" | "en",
): Promise<Pick<InstallationHere, "things"> & { readonly prompts: readonly LibraryHere[]; readonly company: string }> {
  const company = demanded(await client.call("company.get"));
  const [queues, schedules, scripts, telephones, boxes, connectors, secrets, prompts] = await Promise.all([
    client.call("queues.list").then(wanted),
    client.call("schedules.list").then(wanted),
    client.call("scripts.list").then(wanted),
    client.call("telephones.list").then(wanted),
    client.call("voicemailBoxes.list").then(wanted),
    client.call("connectors.list").then(wanted),
    client.call("secrets.list").then(wanted),
    client.call("prompts.list").then(wanted),
  ]);
  const things: InstallationHere["things"] = {
    ...(queues && { queue: queues.items.map(({ queueId, name }) => ({ id: queueId, name })) }),
    ...(schedules && { schedule: schedules.items.map(({ scheduleId, name }) => ({ id: scheduleId, name })) }),
    ...(scripts && { script: scripts.items.map(({ scriptId, name }) => ({ id: scriptId, name })) }),
    ...(telephones && { telephone: telephones.items.map(({ telephoneId, name }) => ({ id: telephoneId, name })) }),
    ...(boxes && { voicemailBox: boxes.items.map(({ boxId, name }) => ({ id: boxId, name })) }),
    ...(connectors && { connector: connectors.items.map(({ connectorId, name }) => ({ id: connectorId, name })) }),
    ...(secrets && { secret: secrets.items.map(({ name }) => ({ id: name, name })) }),
    skill: company.skills.map(({ code, name }) => ({ id: code, name: name[language] })),
  };
  const library = (prompts?.items ?? []).map(({ promptId, name, texts, audio }): LibraryHere => {
    const hashes = Object.entries(audio).map(([tag, { sha256 }]) => [tag, sha256] as const);
    return { id: promptId, name, texts, audio: Object.fromEntries(hashes) };
  });
  return { things, prompts: library, company: company.name };
}

export interface LibraryHere {
  readonly id: string;
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** SHA-256 by language. */
  readonly audio: Readonly<Record<string, string>>;
}

/** What is here of some flows, and of what flows may refer to. */
export function readInstallation(
  client: ApiClient,
  flowIds: readonly string[],
  language: "fr" | "en",
): Promise<ApiResult<InstallationHere>> {
  return answered(async () => {
    const { things, prompts } = await readThings(client, language);
    const flows = new Map<string, FlowHere>();
    for (const flowId of flowIds) {
      const flow = await flowHere(client, flowId);
      if (flow) flows.set(flowId, flow);
    }
    return { things, library: prompts, flows };
  });
}

async function flowHere(client: ApiClient, flowId: string): Promise<FlowHere | null> {
  const params = { flowId };
  const flow = wanted(await client.call("flows.get", { params }));
  if (!flow) return null;
  const [draft, scenarios, origin] = await Promise.all([
    flow.draft ? client.call("flows.getDraft", { params }).then(demanded) : null,
    client.call("flowScenarios.get", { params }).then(demanded),
    client.call("flowOrigins.get", { params }).then(demanded),
  ]);
  const raw = draft?.document ?? (await publishedOf(client, flowId, flow.published?.versionId)) ?? {};
  const read = readFlow(raw);
  const from = origin.origin && readFlow(origin.origin.document);
  return {
    ...{ document: read.ok ? read.document : null, raw },
    ...{ draftRev: draft?.rev ?? null, ahead: flow.draft !== null && (flow.published === null || flow.draft.ahead) },
    ...{ scenarios: scenarios.scenarios, scenariosRev: scenarios.rev, originRev: origin.rev },
    origin:
      origin.origin && from?.ok
        ? { document: from.document, scenarios: origin.origin.scenarios, mapped: origin.origin.mapped }
        : null,
  };
}

/** The document that calls get. */
export async function publishedOf(
  client: ApiClient,
  flowId: string,
  versionId: string | undefined,
): Promise<Readonly<Record<string, unknown>> | null> {
  if (versionId === undefined) return null;
  return demanded(await client.call("flows.getVersion", { params: { flowId, versionId } })).document;
}
