import type { Questionnaire, ReportName, ScreenLanguage } from "@cordboard/api";
import { withoutValues } from "@cordboard/api/questionnaire";
import { reportWord } from "@cordboard/api/report-words";
import { type FlowWords, flowWords, nodeName, outputName } from "@cordboard/api/trace-words";
import type { Connection } from "mongoose";
import { PASS_ON_FLOW } from "../calls/passings.ts";
import { numberText } from "../companies/index.ts";
import type { Directory } from "../desk/index.ts";
import { flowCollections, parseDocument } from "../flows/index.ts";
import { CALLBACK_FLOW } from "../routing/callback-flow.ts";

/** What a row is called, and what it belongs to. */
export interface RowName {
  readonly name: string;
  readonly of: string | null;
}

interface Asked {
  readonly companyId: string;
  readonly directory: Directory;
  /** What ids were called then. */
  readonly names: Readonly<Record<string, string>>;
  readonly language: ScreenLanguage;
}

/** Gives the rows of a report their names of today, and what has none any more the name that it had; ids where nothing is known. */
export async function rowNames(
  connection: Connection,
  report: ReportName,
  ids: readonly string[],
  { companyId, directory, names, language }: Asked,
): Promise<(id: string) => RowName> {
  const { queues, operators, company } = directory;
  const own = (id: string) => queues.get(id)?.name ?? operators.get(id)?.name ?? names[id] ?? id;
  if (report === "queues" || report === "operators") return (id) => ({ name: own(id), of: null });
  if (report === "outcomes") {
    const outcomes = new Map((company.outcomes ?? []).map(({ code, name }) => [code, name[language]]));
    return (id) => {
      const [queueId = "", ...code] = id.split("|");
      return { name: outcomes.get(code.join("|")) ?? code.join("|"), of: queueId === "" ? null : own(queueId) };
    };
  }
  if (report === "answers") return await answerNames(connection, ids, companyId, names, language, own);
  if (report === "lines") {
    const lines = await connection
      .collection<{ _id: string; companyId: string; name: string }>("lines")
      .find({ companyId }, { projection: { name: 1 } })
      .toArray();
    const now = new Map(lines.map(({ _id, name }) => [_id, name]));
    return (id) => ({ name: now.get(id) ?? names[id] ?? id, of: null });
  }
  const { flows, versions } = flowCollections(connection);
  const all = await flows.find({ companyId }, { projection: { flowId: 1, name: 1 } }).toArray();
  const flowNames = new Map(all.map(({ flowId, name }) => [flowId, name]));
  const flow = (flowId: string) => flowNames.get(flowId) ?? builtIn[flowId]?.[language] ?? flowId;
  if (report === "flows") return (id) => ({ name: flow(id), of: null });
  if (report === "transfers") {
    return (id) => {
      const [by = "", kind = "", ...to] = id.split("|");
      const target = to.join("|");
      const name =
        kind === "flow" ? flow(target) : kind === "number" ? numberText(target, company.country) : own(target);
      return { name, of: `${by} ${kind}` };
    };
  }
  const versionIds = [...new Set(ids.flatMap((id) => id.split("|")[1] || []))];
  const known = await versions
    .find({ companyId, _id: { $in: versionIds } }, report === "versions" ? { projection: { number: 1 } } : {})
    .toArray();
  const byId = new Map(known.map((version) => [version._id, version]));
  const version = (flowId: string, versionId: string) => {
    const number = byId.get(versionId)?.number;
    return number === undefined ? flow(flowId) : `${flow(flowId)} · ${number}`;
  };
  if (report === "versions") {
    return (id) => {
      const [flowId = "", versionId = ""] = id.split("|");
      return { name: version(flowId, versionId), of: flow(flowId) };
    };
  }
  const documents = new Map(known.map(({ _id, text }) => [_id, text ? parseDocument(text) : {}]));
  const words = new Map<string, FlowWords>([...documents].map(([id, document]) => [id, flowWords(document)]));
  return (id) => {
    const [flowId = "", versionId = "", nodeId = "", ...output] = id.split("|");
    const known = words.get(versionId);
    const entry = documents.get(versionId)?.entry;
    const place = nodeId === "" && typeof entry === "string" ? entry : nodeId;
    const node = known ? nodeName(known, place) : place;
    const of = version(flowId, versionId);
    return report === "exits"
      ? { name: node, of }
      : {
          name: known ? outputName(known, place, output.join("|"), language) : output.join("|"),
          of: `${of} · ${node}`,
        };
  };
}

/** Questions and answers as the script has them today, and what is no more in it as it was called then. */
async function answerNames(
  connection: Connection,
  ids: readonly string[],
  companyId: string,
  then: Readonly<Record<string, string>>,
  language: ScreenLanguage,
  own: (id: string) => string,
): Promise<(id: string) => RowName> {
  const scriptIds = [...new Set(ids.flatMap((id) => id.split("|")[1] ?? []))];
  const scripts = await connection
    .collection<{ _id: string; companyId: string; name: string; questionnaire?: Questionnaire | null }>("scripts")
    .find({ companyId, _id: { $in: scriptIds } }, { projection: { name: 1, questionnaire: 1 } })
    .toArray();
  const now: Record<string, string> = {};
  for (const { _id, name, questionnaire } of scripts) {
    now[_id] = name;
    for (const { key, text, options = [] } of questionnaire?.steps.flatMap(({ questions }) => questions) ?? []) {
      now[`${_id}|${key}`] = withoutValues(text);
      for (const option of options) now[`${_id}|${key}|${option.key}`] = option.label;
    }
  }
  const name = (id: string) => now[id] ?? then[id];
  return (id) => {
    const [group = "", scriptId = "", key = "", value = ""] = id.split("|");
    const question = `${scriptId}|${key}`;
    const inWords = value === "true" || value === "false" ? reportWord(language, `answer.${value}`) : value;
    return {
      name: value === "" ? "" : (name(`${question}|${value}`) ?? inWords),
      of: [...(group === "" ? [] : [own(group)]), name(scriptId) ?? scriptId, name(question) ?? key].join(" · "),
    };
  };
}

const builtIn: Readonly<Record<string, Readonly<Record<ScreenLanguage, string>>>> = {
  [PASS_ON_FLOW]: { fr: "Appels transmis par un opérateur", en: "Calls passed on by an operator" },
  [CALLBACK_FLOW]: { fr: "Rappels", en: "Callbacks" },
};
