import { type ApiClient, type ApiProblem, FlowFinding } from "@cordboard/api";
import { canonicalText, type FlowDocument, readFlow } from "@cordboard/flow-schema";
import Type from "typebox";
import { Check } from "typebox/value";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";
import { explainFile, findingLine, readFlowFile } from "./read-flow-file.ts";

export interface PushOptions extends ServerOptions {
  /** Publish it, with this sentence; otherwise it becomes the draft. */
  readonly publish?: string;
  /** Take the place of a draft that holds somebody's unpublished work. */
  readonly overwrite?: boolean;
}

/** Sends a flow file to the server: as the flow's draft, or published. Somebody's unpublished draft is not written over unasked. */
export async function pushFlow(file: string, options: PushOptions): Promise<ExitCode> {
  const read = readFlowFile(file);
  if (!read.ok) {
    explainFile(read);
    return 1;
  }
  const { document } = read;
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
  if (options.publish === undefined) {
    console.log(options.json ? JSON.stringify({ flowId, rev: saved.value.rev }) : t("flow.pushed", { flow: flowId }));
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
