import type { Integration, IntegrationFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { canBeListed } from "../outgoing-http/index.ts";
import { type Bus, type Clock, type SettingsMessage, settingsChannel } from "../ports/index.ts";

interface IntegrationDocument extends IntegrationFields {
  /** The company's id: there is one a company. */
  readonly _id: string;
  readonly companyId: string;
  readonly rev: number;
}

interface IntegrationGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
}

const KEPT_MS = 5_000;

/** Closed to everybody, until an administrator says otherwise. */
const closedToAll: Integration = { rev: 0, frameOrigins: [], privateHosts: [] };

/** How far a company is open to other programs: which pages may frame the agent, which private hosts may be asked. */
export function createIntegration({ connection, bus, clock }: IntegrationGiven) {
  const collection = connection.collection<IntegrationDocument>("integration");
  let origins: { readonly all: readonly string[]; readonly until: number } = { all: [], until: 0 };

  async function read(companyId: string): Promise<Integration> {
    const found = await collection.findOne({ _id: companyId });
    if (!found) return closedToAll;
    const { rev, frameOrigins, privateHosts } = found;
    return { rev, frameOrigins: [...frameOrigins], privateHosts: [...privateHosts] };
  }

  return {
    async get(scope: Scope): Promise<Integration> {
      demand(scope, "read", "integration");
      return read(scope.companyId);
    },
    async change(scope: Scope, rev: number, fields: IntegrationFields): Promise<Integration> {
      demand(scope, "write", "integration");
      const { companyId } = scope;
      assertListable(fields.privateHosts);
      const before = await read(companyId);
      if (before.rev !== rev) throw new UserError("changedMeanwhile");
      const document = { _id: companyId, companyId, ...fields, frameOrigins: fields.frameOrigins.map(originOf) };
      try {
        if (rev === 0) await collection.insertOne({ ...document, rev: 1 });
        else {
          const set = { $set: { ...document, rev: rev + 1 } };
          const { matchedCount } = await collection.updateOne({ _id: companyId, rev }, set);
          if (matchedCount === 0) throw new UserError("changedMeanwhile");
        }
      } catch (cause) {
        throw isDuplicate(cause) ? new UserError("changedMeanwhile") : cause;
      }
      origins = { ...origins, until: 0 };
      const after = await read(companyId);
      scope.changed?.({ resource: "integration", targetId: companyId, targetName: null, before, after });
      const message: SettingsMessage = { resource: "integration", id: companyId };
      bus.publish(settingsChannel(companyId), message);
      return after;
    },
    /** Private hosts that this company's webhooks and flows may ask. For the runtime's own work. */
    privateHosts: async (companyId: string): Promise<readonly string[]> => (await read(companyId)).privateHosts,
    /**
     * Origins of every company whose pages may show the agent: who will sign in there is not known when it is loaded. Asked of the store again
     * after a few seconds; when the store does not answer, as they were.
     */
    async frameOrigins(): Promise<readonly string[]> {
      if (clock.now() < origins.until) return origins.all;
      try {
        const all = await collection.find({}, { projection: { frameOrigins: 1 } }).toArray();
        origins = { all: [...new Set(all.flatMap(({ frameOrigins }) => frameOrigins))], until: clock.now() + KEPT_MS };
      } catch {
        origins = { all: origins.all, until: clock.now() + KEPT_MS };
      }
      return origins.all;
    },
  };
}

export type IntegrationSettings = ReturnType<typeof createIntegration>;

function assertListable(hosts: readonly string[]): void {
  const at = hosts.findIndex((host) => !canBeListed(host));
  if (at < 0) return;
  const problem = {
    fr: "n’est ni un nom d’hôte, ni une adresse, ni une plage d’adresses (comme 10.1.0.0/16)",
    en: "is no host name, no address and no range of addresses (such as 10.1.0.0/16)",
  };
  throw new UserError("requestInvalid", { where: `/body/privateHosts/${at}`, problem });
}

/** As browsers write it: lower case, no port where it is the usual one. */
const originOf = (written: string): string => (URL.canParse(written) ? new URL(written).origin : written);
