import { type ApiClient, type ApiProblem, type ApiResult, FlowFinding, type FlowScenario } from "@cordboard/api";
import { canonicalText, type FlowDocument, readFlow } from "@cordboard/flow-schema";
import type { WrittenScenario } from "@cordboard/simulator/scenario";
import Type from "typebox";
import { Check } from "typebox/value";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";
import { explainFile, findingLine, readFlowFile } from "./read-flow-file.ts";
import { scenariosBeside } from "./scenario-files.ts";

export interface PushOptions extends ServerOptions {
  /** Publish it, with this sentence; otherwise it becomes the draft. */
  readonly publish?: string;
  /** Take the place of a draft that holds somebody's unpublished work. */
  readonly overwrite?: boolean;
}

/**
 * Sends a flow file, and the scenarios beside it, to the server: as the flow's draft, or published. Somebody's unpublished draft is not written
 * over unasked.
 */
export async function pushFlow(file: string, options: PushOptions): Promise<ExitCode> {
  const read = readFlowFile(file);
  if (!read.ok) {
    explainFile(read);
    return 1;
  }
  const { document } = read;
  const beside = scenariosBeside(file);
  if (!beside.ok) {
    for (const problem of beside.problems) console.error(problem);
    return 1;
  }
  const flowId = document.id;
  const { client, url } = await connect(options);
  const draft = await client.call("flows.getDraft", { params: { flowId } });
  if (!draft.ok && draft.error.status !== 404) return explain(draft.error, url);
  if (draft.ok && !options.overwrite && (await holdsWork(client, flowId, draft.value.document, document))) {
    const who = draft.value.savedBy?.name ?? "–";
    console.error(t("flow.draftInTheWay", { flow: flowId, who, when: localTime(draft.value.savedAt) }));
    return 1;
  }
  const rev = draft.ok ? draft.value.rev : null;
  const saved = await client.call("flows.saveDraft", { params: { flowId }, body: { rev, document } });
  if (!saved.ok) return explain(saved.error, url);
  const kept = beside.scenarios && (await sendScenarios(client, flowId, beside.scenarios, options.overwrite ?? false));
  if (kept && !kept.ok) return explain(kept.error, url);
  const scenarios = kept?.value.length ?? null;
  if (scenarios !== null && !options.json) console.log(t("flow.scenariosPushed", { flow: flowId, scenarios }));
  if (options.publish === undefined) {
    const { rev } = saved.value;
    console.log(options.json ? JSON.stringify({ flowId, rev, scenarios }) : t("flow.pushed", { flow: flowId }));
    return 0;
  }
  const published = await client.call("flows.publish", {
    params: { flowId },
    body: { document, note: options.publish },
  });
  if (!published.ok) {
    const exit = explain(published.error, url);
    for (const finding of findingsOf(published.error)) console.error(said(file, finding));
    return exit;
  }
  const { version, findings } = published.value;
  if (options.json) console.log(JSON.stringify({ flowId, version, findings }, null, 2));
  else {
    console.log(t("flow.published", { flow: flowId, number: version.number }));
    for (const finding of findings) console.log(said(file, finding));
  }
  return 0;
}

/**
 * Saves the scenarios of a file. What the server has under other names stays, since somebody may have kept it there meanwhile; `exactly`: only
 * the file's are left.
 */
async function sendScenarios(
  client: ApiClient,
  flowId: string,
  scenarios: readonly WrittenScenario[],
  exactly: boolean,
): Promise<ApiResult<readonly FlowScenario[]>> {
  const params = { flowId };
  const there = await client.call("flowScenarios.get", { params });
  if (!there.ok) return there;
  const names = new Set(scenarios.map(({ name }) => name));
  const others = exactly ? [] : there.value.scenarios.filter(({ name }) => !names.has(name));
  const all = [...scenarios, ...others];
  if (JSON.stringify(all) === JSON.stringify(there.value.scenarios)) return { ok: true, value: all };
  const saved = await client.call("flowScenarios.save", { params, body: { rev: there.value.rev, scenarios: all } });
  return saved.ok ? { ok: true, value: saved.value.scenarios } : saved;
}

/** Whether the server's draft has changes that are neither published nor in the file. */
async function holdsWork(client: ApiClient, flowId: string, draft: unknown, file: FlowDocument): Promise<boolean> {
  const theirs = readFlow(draft);
  // A draft that cannot even be read as a flow is somebody's unfinished work.
  if (!theirs.ok) return true;
  const text = drawnText(theirs.document);
  if (text === drawnText(file)) return false;
  const flow = await client.call("flows.get", { params: { flowId } });
  const versionId = flow.ok ? flow.value.published?.versionId : undefined;
  if (versionId === undefined) return true;
  const published = await client.call("flows.getVersion", { params: { flowId, versionId } });
  const version = published.ok ? readFlow(published.value.document) : null;
  return !version?.ok || drawnText(version.document) !== text;
}

/** The findings that a refusal to publish brings along. */
function findingsOf({ details }: ApiProblem): readonly FlowFinding[] {
  const { findings } = details;
  return Check(Type.Array(FlowFinding), findings) ? findings : [];
}

function said(file: string, { nodeId, ...finding }: FlowFinding): string {
  return findingLine(file, nodeId === null ? finding : { ...finding, nodeId });
}

function localTime(iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(Date.parse(iso));
}

/** What an author has made, but for where it stands: comments and groups too, which nobody would find again. */
const drawnText = (document: FlowDocument): string => canonicalText({ ...document, layout: {} });
