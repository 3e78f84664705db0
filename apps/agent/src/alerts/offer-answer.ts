/** What an operator did to the notification of an offered call. */
export interface OfferAnswer {
  readonly kind: "offerAnswer";
  readonly offerId: string;
  /** `show`: a click on its text; the agent is only to come to the front. */
  readonly answer: "accept" | "refuse" | "show";
}

/** A message of the service worker that says so. */
export function isOfferAnswer(value: unknown): value is OfferAnswer {
  if (typeof value !== "object" || value === null) return false;
  const { kind, offerId, answer } = value as Partial<Record<keyof OfferAnswer, unknown>>;
  return kind === "offerAnswer" && typeof offerId === "string" && ["accept", "refuse", "show"].includes(String(answer));
}
