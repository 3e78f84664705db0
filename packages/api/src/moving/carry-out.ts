import {
  type FlowBundle,
  type FlowHere,
  type ImportChoices,
  type ImportPlan,
  type InstallationHere,
  type NodeTypeRegistry,
  type PlannedFlow,
  planImport,
} from "@cordboard/flow-schema";
import type { ApiClient, ApiProblem, ApiResult } from "../client.ts";
import { answered, demanded } from "./asked.ts";
import { fromBase64 } from "./base64.ts";

export interface CarryOutGiven {
  readonly client: ApiClient;
  readonly registry: NodeTypeRegistry;
  readonly hasMedia: (sha256: string) => Promise<boolean>;
  /** What the copy of unpublished work is called that would be written over. */
  readonly copyName: (name: string) => string;
  /** Publishes what changed, with this sentence, as anybody would: checked, and its scenarios played. */
  readonly publish?: string;
}

export interface CarriedOut {
  readonly plan: ImportPlan;
  readonly flows: readonly {
    readonly flowId: string;
    /** The flow that unpublished work was put aside in. */
    readonly copy: string | null;
    readonly published: number | null;
    /** Why it was not published: its draft stands. */
    readonly refused: ApiProblem | null;
  }[];
}

/**
 * Takes a bundle over: recordings and prompts of the library that are missing, then each flow as its draft, what runs inside others first. Who
 * saved meanwhile is not written over: the refusal says so, what was taken over until then stays, and the same may be asked again.
 */
export function carryOut(
  bundle: FlowBundle,
  here: InstallationHere,
  choices: ImportChoices,
  given: CarryOutGiven,
): Promise<ApiResult<CarriedOut>> {
  const { client, registry } = given;
  return answered(async () => {
    const audio = await addAudio(bundle, given);
    const first = planImport(bundle, here, registry, choices);
    const prompt = await addPrompts(bundle, first, client);
    const names = { ...choices.names, audio, prompt: { ...choices.names.prompt, ...prompt } };
    const plan = planImport(bundle, here, registry, { ...choices, names });
    const done: CarriedOut["flows"][number][] = [];
    for (const flow of plan.flows) {
      const there = here.flows.get(flow.flowId) ?? null;
      const copy = flow.copies && there ? await copied(client, there, flow, given.copyName) : null;
      await save(client, bundle, flow, there);
      const published =
        given.publish === undefined || flow.state === "same" ? null : await publish(client, flow, given.publish);
      done.push({
        ...{ flowId: flow.flowId, copy },
        published: published?.ok ? published.value.version.number : null,
        refused: published && !published.ok ? published.error : null,
      });
    }
    return { plan, flows: done };
  });
}

/** By hash in the bundle, the hash here: another installation may have written the same sound with other bytes. */
async function addAudio(bundle: FlowBundle, { client, hasMedia }: CarryOutGiven): Promise<Record<string, string>> {
  const mapped: Record<string, string> = {};
  for (const [sha, text] of Object.entries(bundle.audio)) {
    if (await hasMedia(sha)) continue;
    const file = fromBase64(text);
    if (!file) continue;
    const { sha256 } = demanded(await client.call("audio.add", { file }));
    if (sha256 !== sha) mapped[`sha256:${sha}`] = `sha256:${sha256}`;
  }
  return mapped;
}

async function addPrompts(bundle: FlowBundle, { prompts }: ImportPlan, client: ApiClient) {
  const made: Record<string, string> = {};
  for (const { id, name, here } of prompts) {
    const brought = bundle.prompts[id];
    if (here !== null || !brought) continue;
    const body = { name, texts: brought.texts, replaces: null };
    const { promptId } = demanded(await client.call("prompts.create", { body }));
    made[id] = promptId;
    for (const [language, sha] of Object.entries(brought.audio)) {
      const file = fromBase64(bundle.audio[sha] ?? "");
      if (file?.length) demanded(await client.call("prompts.upload", { params: { promptId, language }, file }));
    }
  }
  return made;
}

async function copied(client: ApiClient, { raw }: FlowHere, flow: PlannedFlow, copyName: CarryOutGiven["copyName"]) {
  const name = copyName(flow.mine?.name ?? flow.flowId).slice(0, 120);
  return demanded(await client.call("flows.create", { body: { name, document: { ...raw, name } } })).flowId;
}

async function save(client: ApiClient, bundle: FlowBundle, flow: PlannedFlow, here: FlowHere | null): Promise<void> {
  const params = { flowId: flow.flowId };
  if (here === null || flow.state !== "same") {
    const body = { rev: here?.draftRev ?? null, document: { ...flow.document } };
    demanded(await client.call("flows.saveDraft", { params, body }));
  }
  if (flow.scenariosChanged) {
    const body = { rev: here?.scenariosRev ?? null, scenarios: [...flow.scenarios] };
    demanded(await client.call("flowScenarios.save", { params, body }));
  }
  const origin = {
    ...{ kind: "import" as const, from: bundle.from, templateId: null, values: {} },
    ...{ document: { ...flow.theirs }, mapped: withoutEmpty(flow.mapped) },
    scenarios: [...flow.came],
  };
  demanded(await client.call("flowOrigins.save", { params, body: { rev: here?.originRev ?? null, origin } }));
}

const withoutEmpty = (mapped: PlannedFlow["mapped"]) =>
  Object.fromEntries(
    Object.entries(mapped).flatMap(([kind, ids]) => (Object.keys(ids).length > 0 ? [[kind, { ...ids }] as const] : [])),
  );

const publish = (client: ApiClient, flow: PlannedFlow, note: string) =>
  client.call("flows.publish", { params: { flowId: flow.flowId }, body: { document: { ...flow.document }, note } });
