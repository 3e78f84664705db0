import { useApiQuery } from "../../app/use-api-query.ts";
import { type KnownQuestion, questionsOf } from "./questions.ts";

/** What the company's scripts ask today; nothing until they are there, or where none asks anything. */
export function useQuestions(): readonly KnownQuestion[] {
  const scripts = useApiQuery("scripts.list", {});
  return questionsOf(scripts.data?.items ?? []);
}
