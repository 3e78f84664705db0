import type { Questionnaire, Script, ScriptFields, Texts } from "@cordboard/api";
import { checkQuestionnaire, parametersIn } from "@cordboard/api/questionnaire";
import type { Connection } from "mongoose";
import { assertUnused, type BinPort, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, MakeId } from "../ports/index.ts";
import { addressFor, type CallerKnown } from "./address-for.ts";
import { type ScriptDocument, scriptCollection } from "./model.ts";
import { checkScriptTemplate, renderScriptUrl, type ScriptUrlFault, schemeMayBeAllowed } from "./script-url.ts";

export interface ScriptsGiven {
  /** What is deleted lies there for a while; absent: nowhere. */
  readonly bin?: BinPort;
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  /** Schemes that the company allows besides http and https. */
  readonly schemesOf: (scope: Scope) => Promise<readonly string[]>;
  /** Queues and flows that use a script: it may not be deleted meanwhile. */
  readonly placesOfUse: (scope: Scope, id: string) => Promise<readonly PlaceOfUse[]>;
}

type Parameters = Readonly<Record<string, string | null>>;

/** What is ready to be opened on the operator's side. */
export interface ScriptOpener extends Pick<Script, "name" | "window" | "place"> {
  /** It is a questionnaire: the names between braces in its texts. Null: it is an address. */
  readonly guided: readonly string[] | null;
  /** The address with a call's values in place; `null` when nothing opens, or when the address is refused. */
  open(caller: CallerKnown, parameters: Parameters): string | null;
}

/** Scripts: what opens on the operator's side when a call is accepted. */
export function createScripts({ connection, bus, bin, makeId, schemesOf, placesOfUse }: ScriptsGiven) {
  const collection = scriptCollection(connection, bus, bin);

  async function checked(scope: Scope, fields: ScriptFields): Promise<ScriptFields> {
    const { questionnaire = null, url, urlSeveral = null, urlUnknown = null } = fields;
    const addresses = [url, urlSeveral, urlUnknown].filter((each) => each !== null);
    if (questionnaire) {
      if (addresses.length > 0) throw new UserError("requestInvalid", { where: "/body/url", problem: eitherOr });
      assertUsable(questionnaire);
      return fields;
    }
    if (url === null) throw new UserError("requestInvalid", { where: "/body/url", problem: neither });
    const schemes = await schemesOf(scope);
    for (const each of addresses) assertAddressAllowed(each, schemes);
    return fields;
  }

  return {
    list: async (scope: Scope): Promise<Script[]> => (await collection(scope).list()).map(toScript),
    get: async (scope: Scope, id: string): Promise<Script> => toScript(await collection(scope).get(id)),
    create: async (scope: Scope, fields: ScriptFields): Promise<Script> =>
      toScript(await collection(scope).insert(makeId("script"), await checked(scope, fields))),
    change: async (scope: Scope, id: string, rev: number, fields: ScriptFields): Promise<Script> =>
      toScript(await collection(scope).change(id, rev, await checked(scope, fields))),
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "scripts");
      assertUnused(await placesOfUse(scope, id));
      await collection(scope).remove(id);
    },
    /** What a script opens for a call; `null` when it does not exist (any more). Hidden numbers are passed as `null` and render as nothing. */
    async opener(scope: Scope, id: string): Promise<ScriptOpener | null> {
      const script = await collection(scope).peek(id);
      if (!script) return null;
      const schemes = await schemesOf(scope);
      const { name, window, place, url: forKnown, questionnaire, parameters: named, ...others } = toScript(script);
      return {
        ...{ name, window, place, guided: questionnaire && named },
        open: (caller, parameters) => {
          const url = forKnown === null ? null : addressFor({ url: forKnown, ...others }, caller);
          return url === null ? null : renderScriptUrl({ url }, parameters, schemes);
        },
      };
    },
    /** The questionnaire of a script; `null` when it has none, or does not exist (any more). */
    async drawn(
      { companyId }: Scope,
      id: string,
    ): Promise<{ readonly name: string; readonly rev: number; readonly questionnaire: Questionnaire } | null> {
      const script = await collection(systemScope(companyId)).peek(id);
      const { name, rev, questionnaire } = script ?? {};
      return name !== undefined && rev !== undefined && questionnaire ? { name, rev, questionnaire } : null;
    },
  };
}

export type Scripts = ReturnType<typeof createScripts>;

/** Refuses an address whose values could reach another server than it names. */
export function assertAddressAllowed(url: string, extraSchemes: readonly string[]): void {
  const check = checkScriptTemplate(url, extraSchemes);
  if (!check.ok) throw new UserError("scriptUrlRefused", { why: faults[check.fault] });
}

const eitherOr: Texts = {
  fr: "va avec une adresse ou avec un questionnaire, pas avec les deux",
  en: "goes with an address or with a questionnaire, not with both",
};
const neither: Texts = {
  fr: "manque : un script a une adresse ou un questionnaire",
  en: "is missing: a script has an address or a questionnaire",
};

/** Refuses a questionnaire that could lead nowhere, with the first thing that is wrong. */
function assertUsable(questionnaire: Questionnaire): void {
  const faults = checkQuestionnaire(questionnaire);
  const [first] = faults;
  if (first) throw new UserError("questionnaireRefused", { count: faults.length, first: first.words });
}

/** Refuses company settings that would let scripts run code. */
export function assertSchemesAllowed(schemes: readonly string[]): void {
  const refused = schemes.find((scheme) => !schemeMayBeAllowed(scheme));
  if (refused !== undefined) throw new UserError("scriptUrlRefused", { why: refused });
}

const faults: Readonly<Record<ScriptUrlFault, Texts>> = {
  scheme: { fr: "son schéma n’est pas permis", en: "its scheme is not allowed" },
  host: { fr: "un paramètre y touche au nom du serveur", en: "a parameter reaches into the server’s name" },
  placeholder: { fr: "un paramètre n’y est pas écrit {{nom}}", en: "a parameter is not written {{name}}" },
  unreadable: { fr: "un navigateur ne saurait pas l’ouvrir", en: "a browser could not open it" },
};

function toScript({ _id, rev, name, url, window, ...later }: ScriptDocument): Script {
  // Scripts of a release that opened one address for everybody have none of these.
  const { urlSeveral = null, urlUnknown = null, place = "tab", questionnaire = null } = later;
  const parameters = [url, urlSeveral, urlUnknown].flatMap((each) => {
    if (each === null) return [];
    const check = checkScriptTemplate(each, [each.slice(0, each.indexOf(":")).toLowerCase()]);
    return check.ok ? check.parameters : [];
  });
  const texts = (questionnaire?.steps ?? []).flatMap(({ say, questions }) => [
    say,
    ...questions.map(({ text }) => text),
  ]);
  return {
    ...{ scriptId: _id, rev, name, url, urlSeveral, urlUnknown, place, window, questionnaire },
    parameters: [...new Set([...parameters, ...texts.flatMap(parametersIn)])],
  };
}
