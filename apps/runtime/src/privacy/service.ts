import type { PersonalData, PersonalDataExport } from "@cordboard/api";
import { demand, type Scope, systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import type { Holder } from "./holder.ts";
import { type Person, personBy } from "./person.ts";

export interface PrivacyGiven {
  readonly companies: Pick<Companies, "get">;
  readonly clock: Clock;
  /** Everything that keeps something of callers, in the order in which it is erased. */
  readonly holders: readonly Holder[];
}

/** What is held of one person: counted, given out, erased. That it was asked for is in the audit log; of whom is not. */
export function createPrivacy({ companies, clock, holders }: PrivacyGiven) {
  async function personOf(scope: Scope, number: string): Promise<Person> {
    const { country } = await companies.get(systemScope(scope.companyId));
    const person = personBy(scope.companyId, number, country);
    if (!person) throw new UserError("numberUnreadable");
    return person;
  }

  async function counted(person: Person, count: (holder: Holder) => Promise<number>): Promise<PersonalData> {
    const data = {
      ...{ calls: 0, messages: 0, recordings: 0, callbacks: 0 },
      ...{ contacts: 0, told: 0, changes: 0, underWay: 0 },
    };
    for (const holder of holders) data[holder.what] += await count(holder);
    for (const holder of holders) data.underWay += await holder.underWay(person);
    return data;
  }

  /** Numbers alone: who it was about is not for the log. */
  const tell = (scope: Scope, after: object) =>
    scope.changed?.({ resource: "personalData", targetId: "", targetName: null, before: null, after });

  return {
    async find(scope: Scope, number: string): Promise<PersonalData> {
      demand(scope, "read", "personalData");
      const person = await personOf(scope, number);
      return counted(person, (holder) => holder.count(person));
    },
    async export(scope: Scope, number: string): Promise<PersonalDataExport> {
      demand(scope, "read", "personalData");
      const person = await personOf(scope, number);
      const held = {
        calls: [],
        messages: [],
        recordings: [],
        callbacks: [],
        contacts: [],
        told: [],
        changes: [],
      } as Record<Holder["what"], Record<string, unknown>[]>;
      for (const holder of holders) held[holder.what] = [...held[holder.what], ...(await holder.export(person))];
      tell(scope, Object.fromEntries(Object.entries(held).map(([what, items]) => [what, items.length])));
      return { number: person.number, madeAt: new Date(clock.now()).toISOString(), ...held };
    },
    async erase(scope: Scope, number: string): Promise<PersonalData> {
      demand(scope, "write", "personalData");
      const person = await personOf(scope, number);
      const erased = await counted(person, (holder) => holder.erase(person));
      tell(scope, erased);
      return erased;
    },
  };
}

export type Privacy = ReturnType<typeof createPrivacy>;
