/** The small shapes that contracts are made of. On the wire times are ISO 8601 UTC, numbers E.164, durations `…Ms`. */
import { type Static, Type } from "typebox";

/** `queue_3f…`: a prefix and 128 random bits. The prefix is for people; nothing depends on it. */
export const Id = Type.String({ pattern: "^[a-z]{2,8}_[0-9a-f]{32}$", maxLength: 48, title: "Id" });

/** An offer's id: those that one decision makes together are numbered from the second on. */
export const OfferId = Type.String({ pattern: "^offer_[0-9a-f]{32}(\\.[1-9][0-9]{0,3})?$", maxLength: 48 });

/** A flow's id is its document's own: a short word that its author chose. */
export const FlowId = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$" });

export const IsoTime = Type.String({ format: "date-time", examples: ["2026-11-24T08:30:00.000Z"] });

/** A day of a calendar. */
export const IsoDate = Type.String({ format: "date", examples: ["2026-12-25"] });

/** A name that a person gave; shown, never parsed. */
export const Name = Type.String({ minLength: 1, maxLength: 120, pattern: "\\S" });

/** A duration in milliseconds, up to a day. */
export const DurationMs = Type.Integer({ minimum: 0, maximum: 86_400_000 });

/** Counts the changes of a thing. Sent back with a change, so that two people do not overwrite each other. */
export const Rev = Type.Integer({ minimum: 1 });

/** IETF language tag, as flows name languages. */
export const LanguageTag = Type.String({ pattern: "^[a-z]{2}(-[A-Z]{2})?$", examples: ["fr-FR"] });

/** The language of screens. */
export const ScreenLanguage = Type.Union([Type.Literal("fr"), Type.Literal("en")]);
export type ScreenLanguage = Static<typeof ScreenLanguage>;

/** A text in every language of the screens. */
export const Texts = Type.Object(
  { fr: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);
export type Texts = Static<typeof Texts>;

/** At least 10 characters; long passphrases are welcome. Counted before hashing; the rest is the server's to judge. */
export const NewPassword = Type.String({ minLength: 10, maxLength: 200 });

/** What is typed to sign in: any length that could be a password. */
export const Password = Type.String({ minLength: 1, maxLength: 200 });

/** The short word that names a company at sign-in. */
export const CompanyCode = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$", examples: ["demo"] });

export const OperatorCode = Type.String({ pattern: "^[A-Za-z0-9._-]{1,32}$", examples: ["101"] });

/** How the company's identity provider calls a person, once and for all. */
export const ExternalId = Type.String({ minLength: 1, maxLength: 200, pattern: "^\\S(.*\\S)?$" });

export const Email = Type.String({ format: "email", maxLength: 254 });
