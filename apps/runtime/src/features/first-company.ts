import type { CompanyFields, InputOf, OutputOf, Routes } from "@cordboard/api";
import { type Scope, systemScope } from "../access/index.ts";
import type { Audit } from "../audit/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { makePassword, type Users } from "../users/index.ts";

export interface FirstCompanyGiven {
  readonly companies: Pick<Companies, "create" | "all">;
  readonly users: Pick<Users, "list" | "create">;
  readonly audit: Pick<Audit, "write">;
  /** Whether this is the key of the installation's own command line. */
  readonly isLocalKey: (key: string) => boolean;
}

type Asked = InputOf<Routes["companies.create"]>["body"];
type Made = OutputOf<Routes["companies.create"]>;

/** What a company begins with where nobody was asked. */
const usual: Omit<CompanyFields, "name" | "country" | "timeZone" | "languages"> = {
  pauseReasons: [
    { code: "break", name: { fr: "Pause", en: "Break" } },
    { code: "lunch", name: { fr: "Déjeuner", en: "Lunch" } },
  ],
  scriptSchemes: [],
  authorsMayPublish: true,
  switchboardTelephoneId: null,
  voices: {},
  callRetentionDays: 180,
  contactFields: [],
};

/**
 * Makes companies for whoever owns the machine. One that was made and whose administrator was not (a crash between the two) is gone on
 * with when it is asked for again.
 */
export function createFirstCompany({ companies, users, audit, isLocalKey }: FirstCompanyGiven) {
  async function make({ code, admin, ...fields }: Asked, address: string): Promise<Made> {
    const begun = (await companies.all()).find((company) => company.code === code);
    if (begun && (await users.list(systemScope(begun.companyId))).length > 0) {
      throw new UserError("alreadyExists", { field: "code", value: code });
    }
    const company = begun ?? (await companies.create({ code, fields: { ...usual, ...fields } }));
    const { companyId } = company;
    const newPassword = makePassword();
    const user = { ...admin, role: "admin" as const, enabled: true, password: newPassword };
    await users.create(systemScope(companyId), user);
    const scope: Scope = { companyId, role: "admin", actorId: null };
    const made = { resource: "company" as const, targetId: companyId, targetName: company.name };
    await audit.write({
      scope,
      routeId: "companies.create",
      address,
      changes: [{ ...made, before: null, after: company }],
    });
    return { companyId, code, admin: { email: admin.email, newPassword } };
  }

  const handlers: Pick<Handlers, "companies.create"> = {
    "companies.create": async ({ input, bearer, address }) => {
      if (bearer === null || !isLocalKey(bearer)) throw new UserError("notSignedIn");
      return make(input.body, address);
    },
  };
  return handlers;
}
