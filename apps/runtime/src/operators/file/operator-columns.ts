import type { OperatorColumn } from "@cordboard/api";
import { plainWord } from "../../tables/index.ts";

/** How people call the columns, in either language, compared as plain words. */
const known: Readonly<Record<OperatorColumn | "role", RegExp>> = {
  code: /^(code|codeoperateur|operatorcode|identifiant|login|matricule|numerooperateur|id)$/,
  name: /^(nom|nomcomplet|nometprenom|prenometnom|operateur|name|fullname|displayname|operator)$/,
  password: /^(motdepasse|mdp|password)$/,
  language: /^(langue|language|lang)$/,
  enabled: /^(actif|active|enabled|peuttravailler|maywork)$/,
  email: /^(email|mail|courriel|adresseelectronique|emailaddress)$/,
  queues: /^(files?|filesdattente|queues?)$/,
  telephone: /^(telephone|tel|poste|phone|extension)$/,
  role: /^(role|profil|profile)$/,
};

export interface FoundColumn {
  readonly at: number;
  /** As it stands in the file. */
  readonly heading: string;
}

/** Which columns a heading names; of two that name the same the first one counts, and the other is left out like one that says nothing. */
export function operatorColumnsOf(headings: readonly string[]): {
  readonly columns: Readonly<Partial<Record<OperatorColumn | "role", FoundColumn>>>;
  readonly ignored: readonly string[];
} {
  const columns: Partial<Record<OperatorColumn | "role", FoundColumn>> = {};
  const ignored: string[] = [];
  for (const [at, heading] of headings.entries()) {
    const word = plainWord(heading);
    const found = columnNames.find((name) => known[name].test(word));
    if (found && !columns[found]) columns[found] = { at, heading };
    else if (heading !== "") ignored.push(heading);
  }
  return { columns, ignored };
}

const columnNames = Object.keys(known).filter((name): name is keyof typeof known => Object.hasOwn(known, name));
