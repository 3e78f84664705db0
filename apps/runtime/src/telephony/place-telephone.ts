import type { JambonzTarget, PlacingAnswer, TelephonyRest } from "../ports/index.ts";

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
  readonly placed?: { readonly telephoneId: string } | null;
}

/** Has the operator's telephone of a call called. */
export const placeTelephoneBy =
  ({ rest, telephone }: PlaceTelephoneGiven) =>
  async ({ _id, companyId, from, placed }: CallToPlace, ringMs: number): Promise<PlacingAnswer> => {
    const to = placed && (await telephone(companyId, placed.telephoneId));
    if (!to) return { kind: "refused", why: "the telephone does not exist any more" };
    return rest.place({ ourCallId: _id, from: from ?? "anonymous", to, ringMs });
  };
