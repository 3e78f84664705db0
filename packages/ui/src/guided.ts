/** Guided conversations, for the pages that have one: apart from the rest, so that others do not carry them. */
export { AnswerList, type GivenAnswer } from "./guided-step/answer-list.tsx";
export { GuidedStep, type GuidedStepProps } from "./guided-step/guided-step.tsx";
