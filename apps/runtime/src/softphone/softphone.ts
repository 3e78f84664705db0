import type { AgentView, SoftphoneKey } from "@cordboard/api";
import { demand, type Scope, systemScope } from "../access/index.ts";
import type { Desk, Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { KeptTelephone } from "../telephones/index.ts";
import type { SoftphoneKeys } from "./softphone-keys.ts";

/** The border controller with which browsers register, and their passwords there. */
export interface SoftphoneBorder {
  readonly url: string;
  readonly realm: string;
  readonly keys: SoftphoneKeys;
}

export interface SoftphoneGiven {
  /** `null`: nobody can telephone in the browser. */
  readonly border: SoftphoneBorder | null;
  readonly desk: Pick<Desk, "view" | "command">;
  readonly directories: Directories;
  /** As it is kept, not as somebody remembers it. */
  readonly telephoneOf: (scope: Scope, telephoneId: string) => Promise<KeptTelephone | null>;
  /** The operator's own telephone of this kind, made where there is none, changed where it is another. */
  readonly ownTelephone: (
    companyId: string,
    ownerId: string,
    name: string,
    target: { readonly kind: "user"; readonly name: string },
  ) => Promise<string>;
}

/** The operator's browser as their telephone (record 52). */
export function createSoftphone({ border, desk, directories, telephoneOf, ownTelephone }: SoftphoneGiven) {
  const operatorOf = ({ actorId }: Scope): string => actorId ?? "";

  /** Has the operator's calls ring in this browser from now on, and in no other one. */
  async function choose(scope: Scope, browserId: string): Promise<AgentView> {
    demand(scope, "write", "desk");
    if (!border) throw new UserError("softphoneOff");
    const { operators } = await directories.of(scope.companyId);
    const owner = operators.get(operatorOf(scope));
    const browser = owner?.language === "fr" ? "navigateur" : "browser";
    const name = `${owner?.name ?? ""} · ${browser} (${owner?.code ?? ""})`.slice(0, 120);
    const user = border.keys.userOf(operatorOf(scope), browserId);
    const target = { kind: "user", name: `${user}@${border.realm}` } as const;
    const telephoneId = await ownTelephone(scope.companyId, operatorOf(scope), name, target);
    const view = await desk.command(scope, { kind: "chooseTelephone", telephoneId, takeOver: false });
    // The names that views are made with may be those of a moment ago.
    return { ...view, telephone: view.telephone && { ...view.telephone, softphone: user } };
  }

  /** With which this browser registers, as long as the operator's calls ring in it. */
  async function issue(scope: Scope, browserId: string): Promise<SoftphoneKey> {
    if (!border) throw new UserError("softphoneOff");
    const user = border.keys.userOf(operatorOf(scope), browserId);
    const { telephone } = await desk.view(scope);
    const kept = telephone && (await telephoneOf(systemScope(scope.companyId), telephone.telephoneId));
    const rung = kept?.target.kind === "user" ? kept.target.name : null;
    if (rung !== `${user}@${border.realm}`) throw new UserError("softphoneElsewhere");
    return { address: border.url, realm: border.realm, user, ...border.keys.issue(user) };
  }

  return { choose, issue };
}

export type Softphone = ReturnType<typeof createSoftphone>;
