import type { Company, Operator, Queue, Telephone } from "@cordboard/api";
import { systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import type { Operators } from "../operators/index.ts";
import { type Bus, type Clock, settingsChannel } from "../ports/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Telephones } from "../telephones/index.ts";

/** The names that views need, all of one company's, as they were a moment ago. */
export interface Directory {
  readonly company: Company;
  readonly operators: ReadonlyMap<string, Operator>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly telephones: ReadonlyMap<string, Telephone>;
}

/** A change that another process made and whose message was lost shows after this. */
const freshMs = 30_000;

/** Names for views, read once and kept until something changes: a view is sent with every change of an operator's row. */
export function createDirectories(given: {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly companies: Companies;
  readonly operators: Operators;
  readonly queues: Queues;
  readonly telephones: Telephones;
}) {
  const { bus, clock, companies, operators, queues, telephones } = given;
  const kept = new Map<string, { readonly until: number; readonly directory: Promise<Directory> }>();
  const subscriptions = new Map<string, () => void>();

  async function read(companyId: string): Promise<Directory> {
    const scope = systemScope(companyId);
    const [company, everyOperator, everyQueue, everyTelephone] = await Promise.all([
      companies.get(scope),
      operators.list(scope),
      queues.list(scope),
      telephones.list(scope),
    ]);
    return {
      company,
      operators: new Map(everyOperator.map((one) => [one.operatorId, one])),
      queues: new Map(everyQueue.map((one) => [one.queueId, one])),
      telephones: new Map(everyTelephone.map((one) => [one.telephoneId, one])),
    };
  }

  return {
    async of(companyId: string): Promise<Directory> {
      const known = kept.get(companyId);
      if (known && known.until > clock.now()) return known.directory;
      if (!subscriptions.has(companyId)) {
        const forget = () => kept.delete(companyId);
        subscriptions.set(companyId, bus.subscribe(settingsChannel(companyId), forget));
      }
      const directory = read(companyId);
      kept.set(companyId, { until: clock.now() + freshMs, directory });
      directory.catch(() => kept.delete(companyId));
      return directory;
    },
    close(): void {
      for (const end of subscriptions.values()) end();
    },
  };
}

export type Directories = ReturnType<typeof createDirectories>;
