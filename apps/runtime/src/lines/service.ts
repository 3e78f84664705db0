import type { Line, LineFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, type BinPort, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { type Companies, dialledForms, numberText, telephoneNumber } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, MakeId } from "../ports/index.ts";
import { type LineDocument, lineCollection } from "./model.ts";

export interface LinesGiven {
  /** What is deleted lies there for a while; absent: nowhere. */
  readonly bin?: BinPort;
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  readonly companies: Companies;
  readonly flowExists: (scope: Scope, flowId: string) => Promise<boolean>;
  /** Where a line is shown to those who are rung. */
  readonly placesOfUse: (scope: Scope, lineId: string) => Promise<readonly PlaceOfUse[]>;
  readonly queueExists: (scope: Scope, queueId: string) => Promise<boolean>;
}

/** A line as it is kept; how its number is written depends on who reads it. */
export type KeptLine = Omit<Line, "numberText">;

/** Lines: the numbers that callers dial, and the flow or queue that serves each. */
export function createLines(given: LinesGiven) {
  const { connection, bus, makeId, companies } = given;
  const collection = lineCollection(connection, bus, given.bin);
  // The one question that no company can be named for yet: whose number is this?
  const everybodys = connection.collection<LineDocument>("lines");

  const countryOf = async (scope: Scope) => (await companies.get(systemScope(scope.companyId))).country;
  const written = async (scope: Scope, document: LineDocument): Promise<Line> =>
    toLine(document, await countryOf(scope));

  async function checked(scope: Scope, fields: LineFields): Promise<LineFields> {
    const own = systemScope(scope.companyId);
    const number = telephoneNumber(fields.number, await countryOf(scope));
    if (number === null) throw new UserError("numberInvalid", { number: fields.number });
    if (fields.flowId !== null && fields.queueId !== null) {
      const problem = {
        fr: "ne va pas avec un scénario : l’un ou l’autre",
        en: "does not go with a flow: one or the other",
      };
      throw new UserError("requestInvalid", { where: "/body/queueId", problem });
    }
    if (fields.flowId !== null && !(await given.flowExists(own, fields.flowId))) {
      throw new UserError("notFound", { what: "flow" });
    }
    if (fields.queueId !== null && !(await given.queueExists(own, fields.queueId))) {
      throw new UserError("notFound", { what: "queue" });
    }
    return { ...fields, number };
  }

  return {
    async list(scope: Scope): Promise<Line[]> {
      const documents = await collection(scope).list();
      const country = await countryOf(scope);
      return documents.map((document) => toLine(document, country));
    },
    get: async (scope: Scope, id: string): Promise<Line> => written(scope, await collection(scope).get(id)),
    create: async (scope: Scope, fields: LineFields): Promise<Line> =>
      written(scope, await collection(scope).insert(makeId("line"), await checked(scope, fields))),
    change: async (scope: Scope, id: string, rev: number, fields: LineFields): Promise<Line> =>
      written(scope, await collection(scope).change(id, rev, await checked(scope, fields))),
    /** Throws where a line that comes back from the bin would lead to what is gone. */
    checkRestored: async (scope: Scope, document: object): Promise<void> => {
      const { flowId, queueId } = document as LineDocument;
      const own = systemScope(scope.companyId);
      if (flowId !== null && !(await given.flowExists(own, flowId))) throw new UserError("notFound", { what: "flow" });
      if (queueId !== null && !(await given.queueExists(own, queueId))) {
        throw new UserError("notFound", { what: "queue" });
      }
    },
    /** `inUse` while dialled calls show it; calls that are on it go on. */
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "lines");
      assertUnused(await given.placesOfUse(scope, id));
      await collection(scope).remove(id);
    },
    /** The lines that lead straight to a flow or a queue. */
    leadingTo: async (scope: Scope, target: { flowId: string } | { queueId: string }): Promise<PlaceOfUse[]> =>
      (await collection(systemScope(scope.companyId)).list(target)).map(({ _id, name }) => ({
        kind: "line",
        id: _id,
        name,
      })),
    /** The line that a caller dialled, in whatever form the trunk wrote the number; `null` when nobody has it. */
    async dialled(received: string): Promise<(KeptLine & { readonly companyId: string }) | null> {
      const countries = new Set((await companies.all()).map(({ country }) => country));
      const forms = [...countries].flatMap((country) => dialledForms(received, country));
      const found = await everybodys.findOne({ number: { $in: [...new Set(forms)] } });
      return found && { ...toKept(found), companyId: found.companyId };
    },
  };
}

export type Lines = ReturnType<typeof createLines>;

function toKept({ _id, companyId, ...fields }: LineDocument): KeptLine {
  // Lines of a release that knew no direct queue have none, and were answered at once.
  return { ...fields, queueId: fields.queueId ?? null, unansweredMs: fields.unansweredMs ?? null, lineId: _id };
}

function toLine(document: LineDocument, country: string): Line {
  return { ...toKept(document), numberText: numberText(document.number, country) };
}
