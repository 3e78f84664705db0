import { companyKinds, type FlowBundle, type InstallationHere } from "@cordboard/flow-schema";
import { t } from "../texts/t.ts";

export type NameChoices =
  | { readonly ok: true; readonly names: Record<string, Record<string, string>> }
  | { readonly ok: false; readonly problem: string };

/**
 * What `--map` says: `queue:Sales=Support` puts the queue that is called Support here in the place of the one that is called Sales in the file.
 * Either may be an id.
 */
export function nameChoices(
  said: readonly string[],
  { names: there }: Pick<FlowBundle, "names">,
  { things }: Pick<InstallationHere, "things">,
): NameChoices {
  const names: Record<string, Record<string, string>> = {};
  for (const one of said) {
    const [, kind = "", from = "", to = ""] = /^(\w+):(.+?)=(.+)$/.exec(one) ?? [];
    const known = companyKinds.find((name) => name === kind);
    if (!known) return { ok: false, problem: t("import.mapWrong", { said: one, kinds: companyKinds.join(", ") }) };
    const left = Object.entries(there[known] ?? {}).find(([id, name]) => id === from || name === from);
    if (!left) return { ok: false, problem: t("import.mapNotThere", { said: one, name: from }) };
    const right = things[known]?.find(({ id, name }) => id === to || name === to);
    if (!right) return { ok: false, problem: t("import.mapNotHere", { said: one, name: to }) };
    names[known] = { ...names[known], [left[0]]: right.id };
  }
  return { ok: true, names };
}
