/** What is held of one person, by their number: to be shown to them, and to be erased when they ask. The number is in no address and no log. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });

const body = Type.Object(
  {
    /** As anybody writes it. Whole: what merely contains it is somebody else's. */
    number: Type.String({ minLength: 2, maxLength: 40, examples: ["+33 6 12 34 56 78"] }),
  },
  closed,
);

/** How much is held. `underWay`: calls and promises that are not over; they are erased when they are, by asking again. */
export const PersonalData = Type.Object(
  {
    ...{ calls: Count, messages: Count, recordings: Count, callbacks: Count },
    /** `told`: events, what webhooks were sent, mails, and answers that are kept for programs. */
    ...{ contacts: Count, told: Count, changes: Count, underWay: Count },
  },
  { ...closed, title: "PersonalData" },
);
export type PersonalData = Static<typeof PersonalData>;

const Entries = Type.Array(Type.Record(Type.String(), Type.Unknown()));
export const PersonalDataExport = Type.Object(
  {
    number: Type.String(),
    madeAt: IsoTime,
    /** Each with its `trace`: what was heard and keyed, in order. */
    calls: Entries,
    /** Each with its `audio`: a WAV file in Base64. */
    messages: Entries,
    /** Recorded conversations, each with its `audio`. */
    recordings: Entries,
    callbacks: Entries,
    contacts: Entries,
    /** What programs and people outside were told of them, as far as it is kept. */
    told: Entries,
    /** What the audit log holds of them. */
    changes: Entries,
  },
  { ...closed, title: "PersonalDataExport" },
);
export type PersonalDataExport = Static<typeof PersonalDataExport>;

export const privacyRoutes = {
  "personalData.find": defineRoute({
    id: "personalData.find",
    method: "POST",
    path: "/api/personal-data/find",
    roles: permissions.personalData.read,
    summary: "Counts what is held of the person with a number.",
    request: { body },
    response: PersonalData,
    errors: ["numberUnreadable"],
    audited: false,
  }),
  "personalData.export": defineRoute({
    id: "personalData.export",
    method: "POST",
    path: "/api/personal-data/export",
    roles: permissions.personalData.read,
    summary: "Gives out all that is held of the person with a number, sound included.",
    request: { body },
    response: PersonalDataExport,
    errors: ["numberUnreadable"],
  }),
  "personalData.erase": defineRoute({
    id: "personalData.erase",
    method: "POST",
    path: "/api/personal-data/erase",
    roles: permissions.personalData.write,
    summary:
      "Erases what is held of the person with a number: messages, recordings, traces, promised callbacks, contacts, what was told outside; calls stay in the figures, as those of nobody. Cannot be undone.",
    request: { body },
    response: PersonalData,
    errors: ["numberUnreadable"],
  }),
} as const;
