import type { CallScripts, OutputOf, Routes, RunChange, ScriptRun } from "@cordboard/api";
import { applyChange, begin, type Progress } from "@cordboard/api/questionnaire";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope } from "../access/index.ts";
import type { Directories } from "../desk/index.ts";
import { OutsideError, UserError } from "../errors/index.ts";
import type { CallCard, CallCentreCommands, Clock } from "../ports/index.ts";
import type { Scripts } from "../scripts/index.ts";
import { answersOfRun, filled } from "./answers.ts";
import { type ScriptRunDocument, scriptRunCollection } from "./model.ts";

export interface ScriptRunsGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly commands: Pick<CallCentreCommands, "view">;
  readonly directories: Directories;
  readonly scripts: Pick<Scripts, "drawn">;
}

/** So long after it was last on their screen somebody may still tell what their browser could not send. */
const LATE_MS = 12 * 3_600_000;
/** Two write into one run at once only while a colleague is asked: whoever loses does it again on what the other wrote. */
const MOST_TRIES = 20;

type Told = OutputOf<Routes["desk.tellScript"]>;

/**
 * Guided conversations under way. Each answer is one write of the call's run, done before it is answered for; whoever has the call next
 * goes on with the same run.
 */
export function createScriptRuns({ connection, clock, commands, directories, scripts }: ScriptRunsGiven) {
  const runs = scriptRunCollection(connection);

  const namesOf = async (companyId: string) => {
    const { operators } = await directories.of(companyId);
    return (operatorId: string) => operators.get(operatorId)?.name ?? operatorId;
  };

  /** The card of the operator's own call; undefined: it is not theirs, or no longer. */
  const cardOf = async ({ companyId, actorId }: Scope, callId: string): Promise<CallCard | undefined> => {
    const { call } = await commands.view(companyId, actorId ?? "");
    return call?.callId === callId ? call.card : undefined;
  };

  /** The run of the call's own script, begun where nobody has; null: the call has none (any more). */
  async function begun(scope: Scope, callId: string, card: CallCard): Promise<ScriptRunDocument | null> {
    const guided = card.script?.guided;
    if (!guided) return null;
    const { companyId } = scope;
    const _id = `${callId}.${guided.scriptId}`;
    const there = await runs.findOne({ _id, companyId });
    if (there) return there;
    const script = await scripts.drawn(scope, guided.scriptId);
    if (!script) return null;
    const now = clock.now();
    const document: ScriptRunDocument = {
      ...{ _id, companyId, callId, scriptId: guided.scriptId, name: script.name, scriptRev: script.rev },
      ...{ questionnaire: script.questionnaire, values: guided.values, contactId: null },
      ...{ startedAt: now, changedAt: now, finishedAt: null, path: begin(script.questionnaire).path, answers: [] },
      ...{ rev: 0, leaders: {} },
    };
    try {
      await runs.insertOne(document);
    } catch (error) {
      // Another tab was here in the same moment.
      if (!isDuplicate(error)) throw error;
    }
    return runs.findOne({ _id, companyId });
  }

  /** Notes that the operator has it on their screen, and, where they chose who the caller is, whose values are in it. */
  async function shown(run: ScriptRunDocument, operatorId: string, card: CallCard, contactId: string | undefined) {
    const now = clock.now();
    const chosen = card.contacts?.find((contact) => contact.contactId === contactId)?.values;
    const choice = chosen && contactId ? { contactId, values: chosen } : {};
    // Not an answer: what somebody else writes in this moment is not to fail for it.
    await runs.updateOne(
      { _id: run._id, companyId: run.companyId },
      { $set: { [`leaders.${operatorId}`]: now, ...choice } },
    );
    return { ...run, ...choice };
  }

  async function open(scope: Scope, callId: string, contactId: string | undefined): Promise<CallScripts> {
    demand(scope, "write", "desk");
    const card = await cardOf(scope, callId);
    if (!card) throw new UserError("notYourCall");
    const { companyId, actorId } = scope;
    const own = await begun(scope, callId, card);
    const all = await runs.find({ companyId, callId }).sort({ startedAt: 1, _id: 1 }).toArray();
    // Where the queue that the call came to has no questionnaire, its operator goes on with a colleague's.
    const latest = all.reduce<ScriptRunDocument | null>(
      (last, one) => (last && last.changedAt > one.changedAt ? last : one),
      null,
    );
    const current = own ?? latest;
    const names = await namesOf(companyId);
    return {
      current: current && toRun(await shown(current, actorId ?? "", card, contactId), names),
      others: all
        .filter(({ _id }) => _id !== current?._id)
        .map((run) => answersOfRun(run, names))
        .filter(({ answers }) => answers.length > 0),
    };
  }

  async function tell(
    scope: Scope,
    { callId, scriptId, changes }: { callId: string; scriptId: string; changes: readonly RunChange[] },
  ): Promise<Told> {
    demand(scope, "write", "desk");
    const { companyId } = scope;
    const operatorId = scope.actorId ?? "";
    const _id = `${callId}.${scriptId}`;
    const names = await namesOf(companyId);
    let theirs: boolean | null = null;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const run = await runs.findOne({ _id, companyId });
      if (!run) throw new UserError("notYourCall");
      theirs ??= ledBy(run, operatorId, clock.now()) || (await cardOf(scope, callId)) !== undefined;
      if (!theirs) throw new UserError("notYourCall");
      const at = clock.now();
      const by = { operatorId, at, rev: run.rev + 1 };
      const { progress, refused } = applied(run, changes, by, names);
      const { path, answers, finished } = progress;
      if (path === run.path && answers === run.answers && finished === (run.finishedAt !== null))
        return { run: toRun(run, names), refused };
      const finishedAt = finished ? (run.finishedAt ?? at) : null;
      const next = { ...run, path, answers, finishedAt, changedAt: at, rev: by.rev };
      const { matchedCount } = await runs.updateOne(
        { _id, companyId, rev: run.rev },
        { $set: { path, answers, finishedAt, changedAt: at, rev: by.rev, unrecorded: true } },
      );
      if (matchedCount === 1) return { run: toRun(next, names), refused };
    }
    throw new OutsideError("storeUnavailable");
  }

  return { open, tell };
}

export type ScriptRuns = ReturnType<typeof createScriptRuns>;

const ledBy = ({ leaders }: ScriptRunDocument, operatorId: string, now: number) =>
  (leaders[operatorId] ?? Number.NEGATIVE_INFINITY) > now - LATE_MS;

const progressOf = ({ path, answers, finishedAt }: ScriptRunDocument): Progress => ({
  ...{ path, answers, finished: finishedAt !== null },
});

function applied(
  run: ScriptRunDocument,
  changes: readonly RunChange[],
  by: { readonly operatorId: string; readonly at: number; readonly rev: number },
  operatorName: (operatorId: string) => string,
): { progress: Progress; refused: Told["refused"] } {
  let progress = progressOf(run);
  const refused: Told["refused"] = [];
  for (const change of changes) {
    const answer = applyChange(run.questionnaire, progress, change, by);
    if (answer.kind !== "refused") progress = answer.progress;
    else if (change.kind === "answer") {
      const whose = answer.by === null ? null : operatorName(answer.by);
      refused.push({ key: change.key, why: answer.reason, operatorName: whose });
    }
  }
  return { progress, refused };
}

function toRun(run: ScriptRunDocument, operatorName: (operatorId: string) => string): ScriptRun {
  const { scriptId, name, rev, contactId, path, answers, finishedAt } = run;
  return {
    ...{ scriptId, name, rev, contactId, path: [...path], finished: finishedAt !== null },
    questionnaire: filled(run),
    answers: answers.map(({ at, ...answer }) => ({
      ...answer,
      operatorName: operatorName(answer.operatorId),
      at: new Date(at).toISOString(),
    })),
  };
}
