import type { CallNote, ScriptAnswers } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type CallNoteDocument, callCentreCollections } from "../call-centre/index.ts";
import { answersOfCalls } from "../script-runs/index.ts";

/** What operators noted of a call, and what was answered in it. */
export interface SaidOfCall {
  readonly notes: CallNote[];
  readonly scripts: ScriptAnswers[];
}

/** What was said of these calls of a company until now, by call. */
export async function saidOfCalls(
  connection: Connection,
  companyId: string,
  callIds: readonly string[],
  operatorName: (operatorId: string) => string,
): Promise<ReadonlyMap<string, SaidOfCall>> {
  const { callNotes } = callCentreCollections(connection);
  const [notes, answers] = await Promise.all([
    callNotes
      .find({ companyId, callId: { $in: [...callIds] } })
      .sort({ at: 1 })
      .toArray(),
    answersOfCalls(connection, companyId, callIds, operatorName),
  ]);
  const of = (callId: string): SaidOfCall => ({
    notes: notes.filter((note) => note.callId === callId).map((note) => wireNote(note, operatorName)),
    scripts: [...(answers.get(callId) ?? [])],
  });
  return new Map(callIds.map((callId) => [callId, of(callId)]));
}

/** A note as programs and people read it. */
export function wireNote(
  { operatorId, at, outcome, note }: CallNoteDocument,
  operatorName: (operatorId: string) => string,
): CallNote {
  return { operatorId, operatorName: operatorName(operatorId), at: new Date(at).toISOString(), outcome, note };
}
