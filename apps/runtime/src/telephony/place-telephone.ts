import type { DialTarget } from "@cordboard/node-kit";
import type { CalledParty, JambonzTarget, PlacingAnswer, TelephonyRest } from "../ports/index.ts";

export interface PlaceTelephoneGiven {
  readonly rest: Pick<TelephonyRest, "place">;
  /** How a company's telephone is reached; `null` when it does not exist (any more). */
  readonly telephone: (companyId: string, telephoneId: string) => Promise<JambonzTarget | null>;
}

/** What of a call says whom to call. */
export interface CallToPlace {
  readonly _id: string;
  readonly companyId: string;
  readonly from: string | null;
  readonly to: string;
  readonly placed?: {
    readonly telephoneId: string;
    readonly party?: CalledParty;
    readonly first?: "operator" | "party";
    readonly leavesMachines?: true;
  } | null;
}

/** Has whoever is to be called first in a call called: the operator's telephone, or the other party. */
export const placeTelephoneBy =
  ({ rest, telephone }: PlaceTelephoneGiven) =>
  async (call: CallToPlace, ringMs: number): Promise<PlacingAnswer> => {
    const { _id, from, placed } = call;
    const to = await targetOf(call, telephone);
    if (!to) return { kind: "refused", why: "the telephone does not exist any more" };
    const tellMachines = placed?.leavesMachines === true && placed.first === "party";
    return rest.place({ ourCallId: _id, from: from ?? "anonymous", to, ringMs, ...(tellMachines && { tellMachines }) });
  };

export interface PlaceConsultedGiven extends PlaceTelephoneGiven {
  /** The telephone that the company named as its switchboard; `null` when it named none. */
  readonly switchboard: (companyId: string) => Promise<JambonzTarget | null>;
  /** How long it rings. */
  readonly ringMs: number;
}

/**
 * Has whoever is asked first called into a call (decision record 50). They are shown the line that was called, which is the company's: carriers
 * let nobody show what is not theirs.
 */
export const placeConsultedBy =
  ({ rest, telephone, switchboard, ringMs }: PlaceConsultedGiven) =>
  async (call: Pick<CallToPlace, "companyId" | "to">, target: DialTarget, id: string): Promise<PlacingAnswer> => {
    const { companyId, to: from } = call;
    const to = await consultedTarget(companyId, target, { telephone, switchboard });
    if (!to) return { kind: "refused", why: "the telephone does not exist any more" };
    return rest.place({ ourCallId: id, from, to, ringMs });
  };

async function consultedTarget(
  companyId: string,
  target: DialTarget,
  { telephone, switchboard }: Pick<PlaceConsultedGiven, "telephone" | "switchboard">,
): Promise<JambonzTarget | null> {
  if (target.kind === "telephone") return telephone(companyId, target.telephoneId);
  if (target.kind === "switchboard") return switchboard(companyId);
  return target.kind === "number" ? { type: "phone", number: target.number } : null;
}

async function targetOf(
  { companyId, to: number, placed }: CallToPlace,
  telephone: PlaceTelephoneGiven["telephone"],
): Promise<JambonzTarget | null> {
  if (!placed) return null;
  if (placed.first !== "party") return telephone(companyId, placed.telephoneId);
  const { party } = placed;
  return party?.kind === "telephone" ? telephone(companyId, party.telephoneId) : { type: "phone", number };
}
