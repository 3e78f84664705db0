/** What a guided conversation does and is checked by: without schemas, so that a browser carries no more than that. */
export { checkQuestionnaire, type FaultCode, type QuestionnaireFault } from "./check.ts";
export { fillText, parametersIn, withoutValues } from "./fill-text.ts";
export {
  type Applied,
  answerTo,
  applyChange,
  askedOnWay,
  begin,
  type ChangeRefusal,
  fillQuestionnaire,
  fits,
  isAnswer,
  type KeptAnswer,
  missingIn,
  nextOf,
  type Progress,
  stepAt,
} from "./run.ts";
