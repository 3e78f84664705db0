import type { DraftSaved, FlowTemplate, InputOf, OutputOf, Routes, ScreenLanguage } from "@cordboard/api";
import { adopt, type FlowDocument, translateTemplate } from "@cordboard/flow-schema";
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
  async function needTemplate(templateId: string, language: ScreenLanguage): Promise<FlowDocument> {
    const found = (await read()).find(({ id }) => id === templateId);
    if (!found) throw new UserError("notFound", { what: "template" });
    return translateTemplate(found, language);
  }

  return {
    async list(scope: Scope, language: ScreenLanguage): Promise<FlowTemplate[]> {
      demand(scope, "read", "flows");
      return (await read()).map((template) => toTemplate(translateTemplate(template, language)));
    },
    async get(scope: Scope, templateId: string, language: ScreenLanguage): Promise<OutputOf<Routes["templates.get"]>> {
      demand(scope, "read", "flows");
      const found = await needTemplate(templateId, language);
      return { ...toTemplate(found), document: { ...found } };
    },
    /**
     * Begins a flow of the company's own as a draft, its nodes called as the author's language calls them; `templateAnswersInvalid` names the first answer that is missing or does not fit.
     */
    async adopt(
      scope: Scope,
      templateId: string,
      { name, flowId, values }: Answers,
      language: ScreenLanguage,
    ): Promise<DraftSaved> {
      demand(scope, "write", "flows");
      const template = await needTemplate(templateId, language);
      const adoption = adopt(template, values);
      if (!adoption.ok) {
        const [first] = adoption.problems;
        throw new UserError("templateAnswersInvalid", {
          where: questionOf(template, first?.parameter ?? "", language),
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

/** A question as it is asked, or its name where it has no words. */
function questionOf({ parameters }: FlowDocument, name: string, language: ScreenLanguage): string {
  const { title, titles } = Object(Object(parameters.properties)[name]);
  const asked: unknown = Object(titles)[language] ?? title;
  return typeof asked === "string" ? asked : name;
}

function toTemplate({ id, name, languages, nodes, parameters }: FlowDocument): FlowTemplate {
  return { templateId: id, name, languages: [...languages], nodeCount: nodes.length, parameters };
}
