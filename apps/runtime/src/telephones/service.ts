import type { Telephone, TelephoneFields, TelephoneTarget } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { type Companies, numberText, telephoneNumber } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, CallCentreCommands, MakeId } from "../ports/index.ts";
import { type TelephoneDocument, telephoneCollection } from "./model.ts";

export interface TelephonesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly makeId: MakeId;
  readonly companies: Companies;
  readonly commands: Pick<CallCentreCommands, "telephoneHolders">;
  /** Flows that ring a telephone, and the company's switchboard. */
  readonly placesOfUse: (scope: Scope, telephoneId: string) => Promise<readonly PlaceOfUse[]>;
  readonly operatorName: (companyId: string, operatorId: string) => Promise<string>;
}

/** A telephone as it is kept; how its number is written depends on who reads it. */
export type KeptTelephone = Omit<Telephone, "targetText">;

/** Telephones: what rings. Held by at most one shift at a time; who holds which is the call centre's to know. */
export function createTelephones(given: TelephonesGiven) {
  const { makeId, companies, commands } = given;
  const collection = telephoneCollection(given.connection, given.bus);

  const countryOf = async (scope: Scope) => (await companies.get(systemScope(scope.companyId))).country;
  const written = async (scope: Scope, document: TelephoneDocument): Promise<Telephone> =>
    toTelephone(document, await countryOf(scope));

  async function checked(scope: Scope, fields: TelephoneFields): Promise<TelephoneFields> {
    if (fields.target.kind !== "number") return fields;
    const number = telephoneNumber(fields.target.number, await countryOf(scope));
    if (number === null) throw new UserError("numberInvalid", { number: fields.target.number });
    return { ...fields, target: { kind: "number", number } };
  }

  return {
    async list(scope: Scope): Promise<Telephone[]> {
      const documents = await collection(scope).list();
      const country = await countryOf(scope);
      return documents.map((document) => toTelephone(document, country));
    },
    get: async (scope: Scope, id: string): Promise<Telephone> => written(scope, await collection(scope).get(id)),
    /** `null` when there is none: for who dials it. */
    find: async (scope: Scope, id: string): Promise<KeptTelephone | null> => {
      const found = await collection(scope).peek(id);
      return found && toKept(found);
    },
    create: async (scope: Scope, fields: TelephoneFields): Promise<Telephone> =>
      written(scope, await collection(scope).insert(makeId("tel"), await checked(scope, fields))),
    /** A telephone of an operator's own, made when it is first given; one operator has one of each kind. A number is as numbers are kept. */
    async own(companyId: string, ownerId: string, name: string, target: TelephoneTarget): Promise<string> {
      const own = collection(systemScope(companyId));
      const fields = { name, target, ownerId };
      const found = (await own.list({ ownerId })).find((one) => one.target.kind === target.kind);
      if (!found) return (await own.insert(makeId("tel"), fields))._id;
      const same = found.name === name && JSON.stringify(found.target) === JSON.stringify(fields.target);
      return same ? found._id : (await own.change(found._id, found.rev, fields))._id;
    },
    /** The telephones that are other operators' own numbers: nobody else may choose them. */
    ownedByOthers: async (companyId: string, operatorId: string): Promise<ReadonlySet<string>> =>
      new Set(
        (await collection(systemScope(companyId)).list()).flatMap(({ _id, ownerId }) =>
          ownerId != null && ownerId !== operatorId ? _id : [],
        ),
      ),
    change: async (scope: Scope, id: string, rev: number, fields: TelephoneFields): Promise<Telephone> =>
      written(scope, await collection(scope).change(id, rev, await checked(scope, fields))),
    /** `inUse` while a shift holds it, a flow rings it, or it is the switchboard. */
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "telephones");
      const holder = (await commands.telephoneHolders(scope.companyId)).get(id);
      const held: PlaceOfUse[] =
        holder === undefined
          ? []
          : [{ kind: "operator", id: holder, name: await given.operatorName(scope.companyId, holder) }];
      assertUnused([...held, ...(await given.placesOfUse(scope, id))]);
      await collection(scope).remove(id);
    },
  };
}

export type Telephones = ReturnType<typeof createTelephones>;

function toKept({ _id, rev, name, target, ownerId }: TelephoneDocument): KeptTelephone {
  return { telephoneId: _id, rev, name, target, ...(ownerId != null && { ownerId }) };
}

function toTelephone(document: TelephoneDocument, country: string): Telephone {
  return { ...toKept(document), targetText: textOf(document.target, country) };
}

function textOf(target: TelephoneTarget, country: string): string {
  switch (target.kind) {
    case "user":
      return target.name;
    case "number":
      return numberText(target.number, country);
    case "sipUri":
      return target.uri;
  }
}
