import type { Company, CompanyFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type PlaceOfUse, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { type Bus, type Clock, type MakeId, type SettingsMessage, settingsChannel } from "../ports/index.ts";
import { assertSchemesAllowed } from "../scripts/index.ts";
import { type CompanyDocument, companyCollection } from "./model.ts";

export interface CompanyDefaults {
  readonly code: string;
  readonly fields: CompanyFields;
}

/** Companies: a company reads and changes itself; finding one by code, and creating one, is the runtime's own (sign-in, seeding). */
export function createCompanies(given: {
  connection: Connection;
  bus: Bus;
  clock: Clock;
  makeId: MakeId;
  telephoneExists: (companyId: string, telephoneId: string) => Promise<boolean>;
}) {
  const { bus, clock, makeId } = given;
  const collection = companyCollection(given.connection);
  const read = async (companyId: string): Promise<Company> => {
    const found = await collection.findOne({ _id: companyId });
    if (!found) throw new UserError("notFound", { what: "company" });
    return toCompany(found);
  };
  return {
    async get(scope: Scope): Promise<Company> {
      demand(scope, "read", "company");
      return read(scope.companyId);
    },
    async change(scope: Scope, rev: number, fields: CompanyFields): Promise<Company> {
      demand(scope, "write", "company");
      assertTimeZone(fields.timeZone);
      assertSchemesAllowed(fields.scriptSchemes);
      assertKeysOnce(fields.contactFields);
      const { switchboardTelephoneId } = fields;
      if (switchboardTelephoneId && !(await given.telephoneExists(scope.companyId, switchboardTelephoneId))) {
        throw new UserError("notFound", { what: "telephone" });
      }
      const before = await collection.findOneAndUpdate(
        { _id: scope.companyId, rev },
        { $set: { ...fields }, $inc: { rev: 1 } },
        { returnDocument: "before" },
      );
      if (!before) throw new UserError("changedMeanwhile");
      const changed = { ...before, ...fields, rev: rev + 1 };
      const { companyId } = scope;
      scope.changed?.({ resource: "company", targetId: companyId, targetName: fields.name, before, after: changed });
      const message: SettingsMessage = { resource: "company", id: scope.companyId };
      bus.publish(settingsChannel(scope.companyId), message);
      return toCompany(changed);
    },
    /** Where a company's settings name a telephone. */
    async using({ companyId }: Scope, telephoneId: string): Promise<PlaceOfUse[]> {
      const { name, switchboardTelephoneId } = await read(companyId);
      return switchboardTelephoneId === telephoneId ? [{ kind: "company", id: companyId, name }] : [];
    },
    /** The company that somebody signs in to: by its code, or the only one there is. `companyNeeded` when there are several. */
    async forSignIn(code: string | undefined): Promise<Company | null> {
      const found = await collection.find(code === undefined ? {} : { code }, { limit: 2 }).toArray();
      if (code === undefined && found.length > 1) throw new UserError("companyNeeded");
      return found[0] ? toCompany(found[0]) : null;
    },
    async severalExist(): Promise<boolean> {
      return (await collection.find({}, { limit: 2 }).toArray()).length > 1;
    },
    /** Every company, for the runtime's own work. */
    async all(): Promise<Company[]> {
      return (await collection.find({}).toArray()).map(toCompany);
    },
    async create({ code, fields }: CompanyDefaults): Promise<Company> {
      assertTimeZone(fields.timeZone);
      const document = { _id: makeId("co"), code, rev: 1, ...fields, createdAt: clock.now() };
      try {
        await collection.insertOne(document);
      } catch (cause) {
        throw isDuplicate(cause) ? new UserError("alreadyExists", { field: "code", value: code }) : cause;
      }
      return toCompany(document);
    },
  };
}

export type Companies = ReturnType<typeof createCompanies>;

function assertTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    const problem = {
      fr: `« ${timeZone} » n’est pas un fuseau horaire (Europe/Paris, par exemple)`,
      en: `“${timeZone}” is no time zone (Europe/Paris, for example)`,
    };
    throw new UserError("requestInvalid", { where: "/body/timeZone", problem });
  }
}

function assertKeysOnce(fields: Company["contactFields"]): void {
  const keys = fields.map(({ key }) => key);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice < 0) return;
  const problem = { fr: "est déjà la clé d’un autre champ", en: "is another field’s key already" };
  throw new UserError("requestInvalid", { where: `/body/contactFields/${twice}/key`, problem });
}

function toCompany({ _id, createdAt, languages, pauseReasons, scriptSchemes, ...document }: CompanyDocument): Company {
  return {
    ...document,
    listening: document.listening ?? "shown",
    // Companies of a release that did not know these.
    switchboardTelephoneId: document.switchboardTelephoneId ?? null,
    voices: { ...document.voices },
    callRetentionDays: document.callRetentionDays ?? 180,
    skills: [...(document.skills ?? [])],
    outcomes: document.outcomes ?? [],
    contactFields: [...(document.contactFields ?? [])],
    companyId: _id,
    languages: [...languages],
    pauseReasons: [...pauseReasons],
    scriptSchemes: [...scriptSchemes],
  };
}
