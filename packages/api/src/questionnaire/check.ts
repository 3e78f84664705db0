import { isFillable } from "./fill-text.ts";
import type { Branch, Question, Questionnaire, QuestionnaireStep } from "./questionnaire.ts";

/** What is wrong with a questionnaire, where, and in a sentence that says what to do. */
export interface QuestionnaireFault {
  readonly code: FaultCode;
  readonly stepId: string | null;
  readonly question: string | null;
  readonly words: { readonly fr: string; readonly en: string };
}

export type FaultCode =
  | "stepTwice"
  | "questionTwice"
  | "optionTwice"
  | "optionsMissing"
  | "limits"
  | "placeholder"
  | "stepMissing"
  | "questionMissing"
  | "questionLater"
  | "conditionUnfit"
  | "unreached"
  | "noWayOut"
  | "tooLarge";

/** More than one request to the server carries, with room for the script's other fields. */
const LARGEST = 90_000;

/** Everything that is wrong with a questionnaire whose shape is right; empty: it can be used. */
export function checkQuestionnaire(questionnaire: Questionnaire): readonly QuestionnaireFault[] {
  const { steps } = questionnaire;
  const faults = [...doubles(questionnaire), ...steps.flatMap((step) => stepFaults(step, questionnaire))];
  if (new TextEncoder().encode(JSON.stringify(questionnaire)).length > LARGEST) {
    faults.push(
      fault("tooLarge", null, null, {
        fr: "Le questionnaire est trop grand : faites-en deux scripts, ou raccourcissez ses textes.",
        en: "The questionnaire is too large: make two scripts of it, or shorten its texts.",
      }),
    );
  }
  // The ways through it mean something only where every step is one.
  return faults.some(({ code }) => code === "stepTwice" || code === "stepMissing")
    ? faults
    : [...faults, ...wayFaults(steps)];
}

const fault = (
  code: FaultCode,
  step: Pick<QuestionnaireStep, "stepId"> | null,
  question: Pick<Question, "key"> | null,
  words: QuestionnaireFault["words"],
): QuestionnaireFault => ({ code, stepId: step?.stepId ?? null, question: question?.key ?? null, words });

function doubles({ steps }: Questionnaire): QuestionnaireFault[] {
  const faults: QuestionnaireFault[] = [];
  const stepIds = new Set<string>();
  const keys = new Set<string>();
  for (const step of steps) {
    if (stepIds.has(step.stepId)) {
      faults.push(
        fault("stepTwice", step, null, {
          fr: `Deux étapes ont l’identifiant « ${step.stepId} » : donnez-en un autre à « ${step.title} ».`,
          en: `Two steps have the identifier “${step.stepId}”: give “${step.title}” another one.`,
        }),
      );
    }
    stepIds.add(step.stepId);
    for (const question of step.questions) {
      if (keys.has(question.key)) {
        faults.push(
          fault("questionTwice", step, question, {
            fr: `La clé « ${question.key} » est donnée à deux questions : changez-la dans « ${step.title} ».`,
            en: `The key “${question.key}” is given to two questions: change it in “${step.title}”.`,
          }),
        );
      }
      keys.add(question.key);
    }
  }
  return faults;
}

function stepFaults(step: QuestionnaireStep, questionnaire: Questionnaire): QuestionnaireFault[] {
  const { title } = step;
  const faults = step.questions.flatMap((question) => questionFaults(question, step));
  if (!isFillable(step.say)) {
    faults.push(
      fault("placeholder", step, null, {
        fr: `« ${title} » : un paramètre n’est pas écrit {{nom}} dans ce qui est dit.`,
        en: `“${title}”: a parameter in what is said is not written {{name}}.`,
      }),
    );
  }
  for (const to of [...step.branches.map((branch) => branch.to), step.next]) {
    if (to === null || questionnaire.steps.some(({ stepId }) => stepId === to)) continue;
    faults.push(
      fault("stepMissing", step, null, {
        fr: `« ${title} » mène à une étape qui n’existe pas (« ${to} ») : choisissez-en une autre.`,
        en: `“${title}” leads to a step that does not exist (“${to}”): choose another one.`,
      }),
    );
  }
  for (const branch of step.branches) faults.push(...branchFaults(branch, step, questionnaire));
  return faults;
}

function questionFaults(question: Question, step: QuestionnaireStep): QuestionnaireFault[] {
  const { options = [], kind, min = null, max = null } = question;
  const where = { fr: `« ${step.title} », « ${question.text} » :`, en: `“${step.title}”, “${question.text}”:` };
  const faults: QuestionnaireFault[] = [];
  const add = (code: FaultCode, fr: string, en: string) =>
    faults.push(fault(code, step, question, { fr: `${where.fr} ${fr}`, en: `${where.en} ${en}` }));
  const chosen = kind === "single" || kind === "several";
  if (chosen && options.length === 0) {
    add(
      "optionsMissing",
      "il n’y a rien à choisir ; ajoutez une réponse.",
      "there is nothing to choose; add an answer.",
    );
  }
  if (new Set(options.map(({ key }) => key)).size < options.length) {
    add("optionTwice", "deux réponses ont la même clé ; changez-en une.", "two answers have the same key; change one.");
  }
  if (min !== null && max !== null && min > max) {
    add("limits", "le minimum dépasse le maximum ; changez l’un.", "the least is above the most; change one.");
  }
  if (!isFillable(question.text)) {
    add("placeholder", "un paramètre n’y est pas écrit {{nom}}.", "a parameter in it is not written {{name}}.");
  }
  return faults;
}

function branchFaults(branch: Branch, step: QuestionnaireStep, { steps }: Questionnaire): QuestionnaireFault[] {
  const home = steps.find(({ questions }) => questions.some(({ key }) => key === branch.question));
  const question = home?.questions.find(({ key }) => key === branch.question);
  const { title } = step;
  if (!home || !question) {
    return [
      fault("questionMissing", step, null, {
        fr: `« ${title} » se décide sur une question qui n’existe pas (« ${branch.question} ») : choisissez-en une autre.`,
        en: `“${title}” decides by a question that does not exist (“${branch.question}”): choose another one.`,
      }),
    ];
  }
  if (!isFit(branch, question)) {
    return [
      fault("conditionUnfit", step, question, {
        fr: `« ${title} » : la condition ne va pas avec « ${question.text} » ; choisissez-la de nouveau.`,
        en: `“${title}”: the condition does not fit “${question.text}”; choose it again.`,
      }),
    ];
  }
  if (home.stepId !== step.stepId && !reachedFrom(home.stepId, steps).has(step.stepId)) {
    return [
      fault("questionLater", step, question, {
        fr: `« ${title} » se décide sur « ${question.text} », qui n’est jamais posée avant : choisissez une question antérieure.`,
        en: `“${title}” decides by “${question.text}”, which is never asked before it: choose an earlier question.`,
      }),
    ];
  }
  return [];
}

function isFit({ holds, value }: Branch, { kind, options = [] }: Question): boolean {
  switch (holds) {
    case "answered":
    case "unanswered":
      return value === null;
    case "is":
      if (kind === "yesNo") return typeof value === "boolean";
      return (kind === "single" || kind === "several") && options.some(({ key }) => key === value);
    case "atLeast":
    case "below":
      return kind === "number" && typeof value === "number";
  }
}

const waysOf = ({ branches, next }: QuestionnaireStep) => [...branches.map(({ to }) => to), next];

/** The steps that one can come to from a step, by at least one way; itself only by a loop. */
function reachedFrom(from: string, steps: readonly QuestionnaireStep[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps.find(({ stepId }) => stepId === id);
    for (const to of step ? waysOf(step) : []) {
      if (to === null || reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}

/** Steps that nobody comes to, and steps from which nobody comes to the end. Every branch is taken for one that can be gone. */
function wayFaults(steps: readonly QuestionnaireStep[]): QuestionnaireFault[] {
  const first = steps[0];
  if (!first) return [];
  const reached = reachedFrom(first.stepId, steps);
  const faults: QuestionnaireFault[] = [];
  for (const step of steps) {
    if (step !== first && !reached.has(step.stepId)) {
      faults.push(
        fault("unreached", step, null, {
          fr: `Aucun chemin ne mène à « ${step.title} » : menez-y depuis une autre étape, ou supprimez-la.`,
          en: `No way leads to “${step.title}”: lead to it from another step, or remove it.`,
        }),
      );
      continue;
    }
    const after = [step, ...steps.filter(({ stepId }) => reachedFrom(step.stepId, steps).has(stepId))];
    if (after.some((one) => waysOf(one).includes(null))) continue;
    faults.push(
      fault("noWayOut", step, null, {
        fr: `De « ${step.title} », la conversation tourne en rond sans jamais finir : menez un chemin à la fin.`,
        en: `From “${step.title}” the conversation goes in circles and never ends: lead one way to the end.`,
      }),
    );
  }
  return faults;
}
