import type { DraftSaved, FlowTemplate, InputOf, OutputOf, Routes } from "@cordboard/api";
import { adopt, type FlowDocument } from "@cordboard/flow-schema";
import { demand, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Flows } from "../flows/index.ts";

export interface TemplatesGiven {
  /** What ships with the product. */
  readonly read: () => Promise<readonly FlowDocument[]>;
  readonly flows: Pick<Flows, "create">;
}

type Answers = InputOf<Routes["templates.adopt"]>["body"];

/** Templates: flows that ask a few questions before they become a company's own. */
export function createTemplates({ read, flows }: TemplatesGiven) {
  async function needTemplate(templateId: string): Promise<FlowDocument> {
    const found = (await read()).find(({ id }) => id === templateId);
    if (!found) throw new UserError("notFound", { what: "template" });
    return found;
  }

  return {
    async list(scope: Scope): Promise<FlowTemplate[]> {
      demand(scope, "read", "flows");
      return (await read()).map(toTemplate);
    },
    async get(scope: Scope, templateId: string): Promise<OutputOf<Routes["templates.get"]>> {
      demand(scope, "read", "flows");
      const found = await needTemplate(templateId);
      return { ...toTemplate(found), document: { ...found } };
    },
    /** Begins a flow of the company's own as a draft; `templateAnswersInvalid` names the first answer that is missing or does not fit. */
    async adopt(scope: Scope, templateId: string, { name, flowId, values }: Answers): Promise<DraftSaved> {
      demand(scope, "write", "flows");
      const adoption = adopt(await needTemplate(templateId), values);
      if (!adoption.ok) {
        const [first] = adoption.problems;
        throw new UserError("templateAnswersInvalid", {
          where: first?.parameter ?? "",
          problem: first ? { ...first.message } : "",
          problems: adoption.problems,
        });
      }
      const document = { ...adoption.document };
      return flows.create(scope, { name, document, ...(flowId !== undefined && { flowId }) });
    },
  };
}

export type Templates = ReturnType<typeof createTemplates>;

function toTemplate({ id, name, languages, nodes, parameters }: FlowDocument): FlowTemplate {
  return { templateId: id, name, languages: [...languages], nodeCount: nodes.length, parameters };
}
