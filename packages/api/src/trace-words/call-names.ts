import type { ApiClient } from "../client.ts";
import type { CallSummary } from "../routes/calls.ts";
import type { ScreenLanguage } from "../schemas.ts";
import outputNames from "./output-names.generated.json" with { type: "json" };
import type { CallNames } from "./trace-step.ts";

/** What a published flow says of itself, as far as a trace needs it. */
export interface FlowWords {
  readonly nodes: ReadonlyMap<
    string,
    { readonly name: string; readonly type: string; readonly choices: ReadonlyMap<string, string> }
  >;
  readonly prompts: ReadonlyMap<
    string,
    {
      readonly name: string | null;
      readonly texts: Readonly<Record<string, string>>;
      /** The announcement of the product that is heard where there are no texts. */
      readonly builtIn: string | null;
    }
  >;
}

const noWords: FlowWords = { nodes: new Map(), prompts: new Map() };

/**
 * Fetches the names of everything that a call's trace mentions, in the reader's language where they have one. What cannot be had is shown by
 * its id: a trace is never held back.
 */
export async function loadCallNames(
  api: ApiClient,
  call: CallSummary,
  readerLanguage: ScreenLanguage,
): Promise<CallNames> {
  const [queues, operators, telephones, scripts, schedules, boxes, announcements, flow] = await Promise.all([
    api.call("queues.list").then((answer) => named(answer.ok ? answer.value.items : [], "queueId")),
    api.call("operators.list").then((answer) => named(answer.ok ? answer.value.items : [], "operatorId")),
    api.call("telephones.list").then((answer) => named(answer.ok ? answer.value.items : [], "telephoneId")),
    api.call("scripts.list").then((answer) => named(answer.ok ? answer.value.items : [], "scriptId")),
    api.call("schedules.list").then((answer) => named(answer.ok ? answer.value.items : [], "scheduleId")),
    api.call("voicemailBoxes.list").then((answer) => named(answer.ok ? answer.value.items : [], "boxId")),
    api
      .call("prompts.builtIn")
      .then((answer) => new Map((answer.ok ? answer.value.items : []).map(({ name, texts }) => [name, texts]))),
    loadFlowWords(api, call),
  ]);
  // The call knows how its own two numbers are written.
  const numbers = new Map([
    [call.from, call.fromText],
    [call.to, call.toText],
  ]);
  const number = (kept: string) => numbers.get(kept) ?? kept;
  return {
    node: (nodeId) => nodeName(flow, nodeId),
    output: (nodeId, output) => outputName(flow, nodeId, output, readerLanguage),
    prompt: (promptId, language) => {
      const prompt = flow.prompts.get(promptId);
      const shipped = announcements.get(prompt?.builtIn ?? promptId);
      return textIn(prompt?.texts, language) ?? textIn(shipped, language) ?? prompt?.name ?? promptId;
    },
    queue: (id) => queues.get(id) ?? id,
    operator: (id) => operators.get(id) ?? id,
    telephone: (id) => telephones.get(id) ?? number(id),
    script: (id) => scripts.get(id) ?? id,
    schedule: (id) => schedules.get(id) ?? id,
    voicemailBox: (id) => boxes.get(id) ?? id,
    number,
  };
}

/** In that language, else in one of the same tongue, else in any; `undefined` where nothing is written. */
function textIn(texts: Readonly<Record<string, string>> = {}, language: string): string | undefined {
  const tongue = (tag: string) => tag.slice(0, 2);
  const near = Object.keys(texts).find((tag) => tongue(tag) === tongue(language));
  return texts[language] ?? texts[near ?? ""] ?? Object.values(texts)[0];
}

/** A node inside a sub-flow has a path, `n1/n4`: the node that runs it is known here, what is inside only by its id. */
export function nodeName(flow: FlowWords, nodeId: string): string {
  const [outer = nodeId, ...inside] = nodeId.split("/");
  return [flow.nodes.get(outer)?.name ?? outer, ...inside].join(" / ");
}

function named<Key extends string>(
  items: readonly ({ readonly name: string } & Readonly<Record<Key, string>>)[],
  key: Key,
): ReadonlyMap<string, string> {
  return new Map(items.map((item) => [item[key], item.name]));
}

async function loadFlowWords(api: ApiClient, { flowId, versionId, everydayId }: CallSummary): Promise<FlowWords> {
  if (flowId === null || versionId === null) return noWords;
  const answer =
    everydayId === undefined
      ? await api.call("flows.getVersion", { params: { flowId, versionId } })
      : await api.call("everyday.asRun", { params: { flowId, versionId, everydayId } });
  return answer.ok ? flowWords(answer.value.document) : noWords;
}

/** Reads names out of a flow document without trusting its shape: the page that explains a broken call must not break on it. */
export function flowWords(document: Readonly<Record<string, unknown>>): FlowWords {
  const nodes = list(document.nodes).map((node) => {
    const id = text(node.id);
    const { choices, branches } = record(node.config);
    // A menu's choices and a condition's branches; one without a caption is known by its key or by what it asks.
    const captions = [...list(choices), ...list(branches)].map(
      (choice) => [text(choice.id), text(choice.label) || text(choice.digit) || text(choice.when)] as const,
    );
    return [
      id,
      {
        name: text(node.name) || id,
        type: text(node.type),
        choices: new Map(captions.filter(([, caption]) => caption !== "")),
      },
    ] as const;
  });
  const prompts = Object.entries(record(document.prompts)).map(([id, value]) => {
    const prompt = record(value);
    const texts = Object.entries(record(prompt.texts)).map(([language, said]) => [language, text(said)] as const);
    const words = {
      name: text(prompt.name) || null,
      texts: Object.fromEntries(texts),
      builtIn: text(prompt.builtIn) || null,
    };
    return [id, words] as const;
  });
  return { nodes: new Map(nodes), prompts: new Map(prompts) };
}

/** What an output is called: by its caption in the flow, else as its node type calls it, else by its id. */
export function outputName(flow: FlowWords, nodeId: string | null, output: string, language: ScreenLanguage): string {
  const node = nodeId === null ? undefined : flow.nodes.get(nodeId);
  if (!node) return output;
  const ofType: Readonly<Record<string, Readonly<Record<ScreenLanguage, string>>>> =
    new Map(Object.entries(outputNames)).get(node.type) ?? {};
  return node.choices.get(output) ?? new Map(Object.entries(ofType)).get(output)?.[language] ?? output;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
