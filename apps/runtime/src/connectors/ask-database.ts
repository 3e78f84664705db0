import type { ConnectorFields, SqlSource, Texts } from "@cordboard/api";
import type { SqlProblem, SqlReader } from "@cordboard/sql-connector";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import { privateHostWords } from "../outgoing-http/index.ts";
import type { ConnectorAnswer } from "./ask-connector.ts";

export interface DatabaseAsked {
  readonly connector: ConnectorFields;
  readonly sql: SqlSource;
  readonly key: string;
  readonly country: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly reader: SqlReader;
  /** Where the host leads to; null: it is private and not listed. Rejects when there is no such name. */
  readonly addressOf: (host: string) => Promise<string | null>;
}

/** One more than is kept of an answer: that there are more is known then. */
const MOST_ROWS = 11;

/** Asks a database who calls: its rows are the answer, as if they had come as JSON. Never throws, and takes no longer than the time-out. */
export async function askDatabase(asked: DatabaseAsked): Promise<ConnectorAnswer> {
  const { connector, sql, key, secrets, reader } = asked;
  const { timeoutMs } = connector;
  const failed = (problem: Texts): ConnectorAnswer => ({ ok: false, status: null, text: "", problem });
  const password = secrets.get(sql.secret);
  if (password === undefined) return failed(noSecret(sql.secret));
  const columns = columnsOf(connector.mapping);
  if (columns.length === 0) return failed(nothingMapped);
  const address = await asked.addressOf(sql.host).catch(() => undefined);
  if (address === undefined) return failed(words("unreachable", sql, "ENOTFOUND"));
  if (address === null) return failed(privateHostWords(sql.host));
  const values = { key, digits: key.replace(/\D/g, ""), national: nationalOf(key, asked.country) };
  const { server: kind, host, port, database, user, tls, ca, view, match } = sql;
  const answer = await reader.read(
    { kind, host, address, port, database, user, password, tls, ca },
    {
      ...{ view, columns, limit: MOST_ROWS, timeoutMs },
      match: match.map(({ column, value }) => ({ column, value: values[value] })),
    },
  );
  if (!answer.ok) {
    return failed(answer.problem === "timeout" ? tooLate(timeoutMs) : words(answer.problem, sql, answer.detail));
  }
  const text = JSON.stringify(answer.rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
  return { ok: true, status: 200, text, json: JSON.parse(text) };
}

/** The columns that the mapping names: the first step of each pointer. */
function columnsOf({ list: _, fields, ...members }: ConnectorFields["mapping"]): readonly string[] {
  const pointers = [...Object.values(members), ...Object.values(fields)].filter((one) => one !== null);
  const first = (pointer: string) => (pointer.split("/")[1] ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
  return [...new Set(pointers.map(first))].filter((column) => column !== "");
}

/** The number as it is dialled inside the country, digits alone; of another country, or none at all: its digits. */
function nationalOf(key: string, country: string): string {
  if (!isSupportedCountry(country)) return key.replace(/\D/g, "");
  const parsed = parsePhoneNumberFromString(key, country);
  return parsed?.country === country ? parsed.formatNational().replace(/\D/g, "") : key.replace(/\D/g, "");
}

function words(problem: SqlProblem, { host, database, user, view }: SqlSource, detail: string): Texts {
  switch (problem) {
    case "credentials":
      return {
        fr: `La base refuse « ${user} » : vérifiez le nom et le secret.`,
        en: `The database refuses “${user}”: check the name and the secret.`,
      };
    case "denied":
      return {
        fr: `« ${user} » n’a pas le droit de lire « ${view} » : accordez-lui SELECT.`,
        en: `“${user}” may not read “${view}”: grant SELECT.`,
      };
    case "missing":
      return {
        fr: `La base « ${database} », la vue « ${view} » ou l’une des colonnes n’existe pas (${detail}).`,
        en: `There is no database “${database}”, view “${view}”, or one of the columns (${detail}).`,
      };
    case "tls":
      return {
        fr: `La connexion chiffrée échoue (${detail}) : donnez le certificat de l’autorité, ou changez « Chiffrement ».`,
        en: `The encrypted connection fails (${detail}): give the authority’s certificate, or change “Encryption”.`,
      };
    case "invalid":
      return {
        fr: "Le nom de la vue ou d’une colonne n’en est pas un : lettres, chiffres, _ ; « schéma.vue » pour une vue d’un schéma.",
        en: "The name of the view or of a column is none: letters, digits, _; “schema.view” for a view of a schema.",
      };
    case "busy":
      return {
        fr: `La base « ${database} » n’accepte plus de connexions : réessayez, ou augmentez leur nombre.`,
        en: `The database “${database}” takes no more connections: try again, or allow more.`,
      };
    case "timeout":
    case "unreachable":
    case "other":
      return {
        fr: `La base de « ${host} » est injoignable ou a refusé (${detail}).`,
        en: `The database of “${host}” cannot be reached, or refused (${detail}).`,
      };
  }
}

const noSecret = (name: string): Texts => ({
  fr: `Le secret « ${name} » n’existe pas : ajoutez-le.`,
  en: `There is no secret “${name}”: add it.`,
});
const nothingMapped: Texts = {
  fr: "Aucune colonne n’est nommée : dites au moins où se trouve le nom, par exemple /name.",
  en: "No column is named: say at least where the name stands, for example /name.",
};
const tooLate = (ms: number): Texts => ({
  fr: `Pas de réponse en ${ms} ms : un appelant n’attendrait pas davantage.`,
  en: `No answer within ${ms} ms: a caller would wait no longer.`,
});
