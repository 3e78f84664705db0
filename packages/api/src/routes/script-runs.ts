/** The guided conversations that operators lead in their calls. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { AnswerValue, Question, Questionnaire, RunChange } from "../questionnaire/questionnaire.ts";
import { Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
/** Of something that may have been deleted since. */
const KeptId = Type.String({ minLength: 1, maxLength: 100 });
const operator = ["operator"] as const;

/** A guided conversation under way: the questionnaire as it was when it was begun, with the call's values in its texts. */
export const ScriptRun = Type.Object(
  {
    scriptId: KeptId,
    name: Type.String(),
    /** Rises with every change of the run. */
    rev: Type.Integer({ minimum: 0 }),
    questionnaire: Questionnaire,
    /** Whose values are in the texts, where one was chosen among several. */
    contactId: nullable(Type.String()),
    /** The steps that it came through; it stands at the last. */
    path: Type.Array(Type.String()),
    answers: Type.Array(
      Type.Object(
        {
          key: Type.String(),
          value: AnswerValue,
          operatorId: KeptId,
          operatorName: Type.String(),
          at: IsoTime,
          rev: Type.Integer({ minimum: 0 }),
          /** As the browser said that gave it, milliseconds. */
          givenAt: Type.Integer({ minimum: 0 }),
        },
        closed,
      ),
    ),
    finished: Type.Boolean(),
  },
  { ...closed, title: "ScriptRun" },
);
export type ScriptRun = Static<typeof ScriptRun>;

/** What was answered in a call by one script, in the words of the script as it was then. */
export const ScriptAnswers = Type.Object(
  {
    scriptId: KeptId,
    name: Type.String(),
    /** The script's `rev` when the conversation began. */
    scriptRev: Type.Integer({ minimum: 1 }),
    startedAt: IsoTime,
    /** Null: it was not led to its end. */
    finishedAt: nullable(IsoTime),
    answers: Type.Array(
      Type.Object(
        {
          key: Type.String(),
          step: Type.String(),
          question: Type.String(),
          kind: Question.properties.kind,
          value: AnswerValue,
          /** What was chosen, in words. */
          labels: Type.Array(Type.String()),
          /** What follows a number; empty: nothing. */
          unit: Type.String(),
          operatorId: KeptId,
          operatorName: Type.String(),
          at: IsoTime,
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "ScriptAnswers" },
);
export type ScriptAnswers = Static<typeof ScriptAnswers>;

/** `current`: what the operator leads; `others`: what colleagues answered in the same call by other scripts. */
export const CallScripts = Type.Object(
  { current: nullable(ScriptRun), others: Type.Array(ScriptAnswers) },
  { ...closed, title: "CallScripts" },
);
export type CallScripts = Static<typeof CallScripts>;

export const scriptRunRoutes = {
  "desk.openScript": defineRoute({
    id: "desk.openScript",
    method: "POST",
    path: "/api/desk/calls/:callId/script",
    roles: operator,
    summary:
      "Begins the guided conversation of the operator’s call, or goes on with the one that was begun; with what colleagues answered before.",
    request: {
      params: Type.Object({ callId: Id }),
      body: Type.Object(
        {
          /** Of several contacts that fit the caller, the one that it is. */
          contactId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        },
        closed,
      ),
    },
    response: CallScripts,
    errors: ["notYourCall", "callCentreUnavailable"],
    audited: false,
  }),
  "desk.tellScript": defineRoute({
    id: "desk.tellScript",
    method: "POST",
    path: "/api/desk/calls/:callId/script/:scriptId/changes",
    roles: operator,
    summary:
      "Keeps answers and moves of a guided conversation, in order. What cannot be kept is named; a colleague’s newer answer stands. Also after the call, from who led it.",
    request: {
      params: Type.Object({ callId: Id, scriptId: Id }),
      body: Type.Object({ changes: Type.Array(RunChange, { minItems: 1, maxItems: 50 }) }, closed),
    },
    response: Type.Object(
      {
        run: ScriptRun,
        refused: Type.Array(
          Type.Object(
            {
              key: Type.String(),
              why: Type.Enum(["invalid", "answeredMeanwhile"]),
              /** Whose answer stands. */
              operatorName: nullable(Type.String()),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    errors: ["notYourCall", "callCentreUnavailable"],
    audited: false,
  }),
} as const;
