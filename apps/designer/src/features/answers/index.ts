/** What guided conversations ask, for the pages that count or find calls by it. */
export { useQuestions } from "./use-questions.ts";
