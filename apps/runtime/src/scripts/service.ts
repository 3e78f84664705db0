import type { Script, ScriptFields, Texts } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, demand, type PlaceOfUse, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, MakeId } from "../ports/index.ts";
import { type ScriptDocument, scriptCollection } from "./model.ts";
import { checkScriptTemplate, renderScriptUrl, type ScriptUrlFault, schemeMayBeAllowed } from "./script-url.ts";

export interface ScriptsGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  /** Schemes that the company allows besides http and https. */
  readonly schemesOf: (scope: Scope) => Promise<readonly string[]>;
  /** Queues and flows that use a script: it may not be deleted meanwhile. */
  readonly placesOfUse: (scope: Scope, id: string) => Promise<readonly PlaceOfUse[]>;
}

/** What is ready to be opened on the operator's side. */
interface RenderedScript {
  readonly name: string;
  readonly url: string;
  readonly window: string | null;
}

/** Scripts: what opens on the operator's side when a call is accepted. */
export function createScripts({ connection, bus, makeId, schemesOf, placesOfUse }: ScriptsGiven) {
  const collection = scriptCollection(connection, bus);

  async function checked(scope: Scope, fields: ScriptFields): Promise<ScriptFields> {
    const check = checkScriptTemplate(fields.url, await schemesOf(scope));
    if (!check.ok) throw new UserError("scriptUrlRefused", { why: faults[check.fault] });
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
    /**
     * The script with a call's values in place, or `null` when it does not exist or its address is refused. Hidden numbers are passed
     * as `null` and render as nothing.
     */
    async render(
      scope: Scope,
      id: string,
      parameters: Readonly<Record<string, string | null>>,
    ): Promise<RenderedScript | null> {
      const script = await collection(scope).peek(id);
      if (!script) return null;
      const url = renderScriptUrl(script, parameters, await schemesOf(scope));
      return url === null ? null : { name: script.name, url, window: script.window };
    },
  };
}

export type Scripts = ReturnType<typeof createScripts>;

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

function toScript({ _id, rev, name, url, window }: ScriptDocument): Script {
  const check = checkScriptTemplate(url, [url.slice(0, url.indexOf(":")).toLowerCase()]);
  return { scriptId: _id, rev, name, url, window, parameters: check.ok ? [...check.parameters] : [] };
}
