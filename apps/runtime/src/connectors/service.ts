import type { Company, Connector, ConnectorFields, ConnectorTrial, Texts } from "@cordboard/api";
import type { FoundContacts, LookUpContactEffect } from "@cordboard/node-kit";
import type { SqlReader } from "@cordboard/sql-connector";
import type { Connection } from "mongoose";
import {
  assertUnused,
  demand,
  type Owned,
  ownedCollection,
  type PlaceOfUse,
  type Scope,
  systemScope,
} from "../access/index.ts";
import type { CallerAsked } from "../contacts/index.ts";
import { UserError } from "../errors/index.ts";
import { judgedAddress, type OutgoingHttp } from "../outgoing-http/index.ts";
import type { Bus, Clock, MakeId } from "../ports/index.ts";
import { assertAddressAllowed } from "../scripts/index.ts";
import type { Secrets } from "../secrets/index.ts";
import { askConnector, secretsNamed } from "./ask-connector.ts";
import { askDatabase } from "./ask-database.ts";
import { mapAnswer } from "./map-answer.ts";

interface ConnectorDocument extends Owned, ConnectorFields {}

const collectionOf = (connection: Connection, bus: Bus) =>
  ownedCollection<ConnectorDocument>(
    connection,
    { name: "connectors", resource: "connectors", singular: "connector", unique: "name", sortBy: "name" },
    bus,
  );

/** Creates the indexes; safe to call at each start. */
export async function prepareConnectors(connection: Connection): Promise<void> {
  await connection.collection("connectors").createIndex({ companyId: 1, name: 1 }, { unique: true });
}

export interface ConnectorsGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly secrets: Pick<Secrets, "reveal">;
  readonly companyOf: (companyId: string) => Promise<Pick<Company, "country">>;
  readonly http: OutgoingHttp;
  /** Reads databases. */
  readonly sql: SqlReader;
  /** Private hosts that the company may ask. */
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
  readonly operators: (companyId: string) => Promise<readonly { readonly operatorId: string; readonly code: string }[]>;
  readonly normalised: (key: string, country: string) => string;
  readonly placesOfUse: (scope: Scope, connectorId: string) => Promise<readonly PlaceOfUse[]>;
}

const SHOWN_ANSWER = 4_000;

/** Connectors: other systems that are asked who calls, while the caller waits for the answer. */
export function createConnectors(given: ConnectorsGiven) {
  const { clock, makeId, secrets, http } = given;
  const collection = collectionOf(given.connection, given.bus);

  async function ask(companyId: string, connector: ConnectorFields, key: string, code?: string) {
    const [listed, revealed, operators] = await Promise.all([
      given.privateHosts(companyId),
      secrets.reveal(companyId, secretsOf(connector)),
      given.operators(companyId),
    ]);
    const answer = connector.sql
      ? await askDatabase({
          ...{ connector, sql: connector.sql, key, secrets: revealed, reader: given.sql },
          country: (await given.companyOf(companyId)).country,
          addressOf: (host) => judgedAddress(host, listed),
        })
      : await askConnector({
          ...{ connector, key, secrets: revealed, listed, http },
          ...(code !== undefined && { code }),
        });
    const codes = new Map(operators.map(({ code, operatorId }) => [code.toLowerCase(), operatorId]));
    return {
      answer,
      mapped: answer.ok ? mapAnswer(answer.json, connector.mapping, codes) : { contacts: [], matches: 0 },
    };
  }

  return {
    list: async (scope: Scope): Promise<Connector[]> => (await collection(scope).list()).map(toConnector),
    get: async (scope: Scope, id: string): Promise<Connector> => toConnector(await collection(scope).get(id)),
    create: async (scope: Scope, fields: ConnectorFields): Promise<Connector> =>
      toConnector(await collection(scope).insert(makeId("conn"), checked(fields))),
    change: async (scope: Scope, id: string, rev: number, fields: ConnectorFields): Promise<Connector> =>
      toConnector(await collection(scope).change(id, rev, checked(fields))),
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "connectors");
      assertUnused(await given.placesOfUse(scope, id));
      await collection(scope).remove(id);
    },
    /** The connectors that name a secret. */
    async usingSecret(scope: Scope, name: string): Promise<PlaceOfUse[]> {
      const all = await collection(systemScope(scope.companyId)).list();
      return all
        .filter((connector) => secretsOf(connector).includes(name))
        .map((connector) => ({ kind: "connector", id: connector._id, name: connector.name }));
    },
    ids: async ({ companyId }: Scope): Promise<ReadonlySet<string>> =>
      new Set((await collection(systemScope(companyId)).list()).map(({ _id }) => _id)),
    async try(scope: Scope, fields: ConnectorFields, key: string): Promise<ConnectorTrial> {
      demand(scope, "write", "connectors");
      const began = clock.now();
      const { answer, mapped } = await ask(scope.companyId, checked(fields), key);
      return {
        tookMs: Math.max(0, Math.round(clock.now() - began)),
        status: answer.status,
        answer: answer.text.slice(0, SHOWN_ANSWER),
        contacts: mapped.contacts.map(
          ({ preferredOperatorId: _, lastOperatorId: _last, externalIds: _ids, ...contact }) => ({
            ...contact,
            notes: contact.notes ?? "",
          }),
        ),
        problem: answer.ok ? null : answer.problem,
      };
    },
    /** Has a code checked or sent; null: there is no such connector, or nobody answers. `found`: the answer has a contact in it. */
    async withCode(companyId: string, id: string, { key, code }: { readonly key: string; readonly code: string }) {
      const connector = await collection(systemScope(companyId)).peek(id);
      // A database sees no code: whom it knows would have proved nothing.
      if (!connector || connector.sql) return null;
      const { answer, mapped } = await ask(companyId, connector, key, code);
      return answer.status === null ? null : { status: answer.status, found: answer.ok && mapped.matches > 0 };
    },
    /** For a call: `null` when there is no such connector. What went wrong is an answer of its own, never an exception. */
    async lookUp({ companyId }: CallerAsked, { source, by, key }: LookUpContactEffect): Promise<FoundContacts | null> {
      const connector = await collection(systemScope(companyId)).peek(source);
      if (!connector || key === null) return null;
      const { country } = await given.companyOf(companyId);
      const asked = by === "number" ? given.normalised(key, country) : key;
      const { answer, mapped } = await ask(companyId, connector, asked);
      if (!answer.ok) return { source, result: "failed", matches: 0, contacts: [] };
      const { contacts, matches } = mapped;
      const blocked = contacts.some((contact) => contact.blocked);
      const result = matches === 0 ? "none" : blocked ? "blocked" : matches === 1 ? "found" : "several";
      return { source, result, matches, contacts };
    },
  };
}

export type Connectors = ReturnType<typeof createConnectors>;

/** The secrets that a connector names: the password of a database, or what an address wants to hear. */
const secretsOf = (connector: ConnectorFields): readonly string[] =>
  connector.sql ? [connector.sql.secret] : secretsNamed(connector);

function checked(fields: ConnectorFields): ConnectorFields {
  if (fields.sql) return fields;
  assertAddressAllowed(fields.url, []);
  const { body } = fields;
  if (fields.method === "POST" && body !== null && !isJson(body)) {
    throw new UserError("requestInvalid", { where: "/body/body", problem: notJson });
  }
  return fields;
}

/** With something in place of the braces, which stand inside strings. */
function isJson(template: string): boolean {
  try {
    JSON.parse(template.replace(/\{\{[^{}]*\}\}/g, "x"));
    return true;
  } catch {
    return false;
  }
}

const notJson: Texts = { fr: "n’est pas du JSON", en: "is no JSON" };

function toConnector({ _id, companyId: _, ...fields }: ConnectorDocument): Connector {
  return { ...fields, connectorId: _id };
}
