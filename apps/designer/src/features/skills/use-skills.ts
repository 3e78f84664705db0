import { useUiLanguage } from "@cordboard/ui";
import { useApiQuery } from "../../app/use-api-query.ts";

/** The company's skills, by name, and what one is called; one that is no more by its code. */
export function useSkills() {
  const language = useUiLanguage();
  const skills = useApiQuery("company.get", {}).data?.skills ?? [];
  const options = skills.map(({ code, name }) => ({ value: code, label: name[language] }));
  return { options, nameOf: (code: string) => options.find(({ value }) => value === code)?.label ?? code };
}
