/** In which languages a flow speaks, and in which of them it says a text that no recording stands for. */
export function spokenIn(document: unknown): { readonly languages: string[]; readonly spoken: string[] } {
  const languages = list(member(document, "languages")).filter((tag) => typeof tag === "string");
  const prompts = Object.values(Object(member(document, "prompts")));
  const spoken = languages.filter((language) =>
    prompts.some(
      (prompt) =>
        typeof member(prompt, "builtIn") !== "string" &&
        typeof member(member(prompt, "texts"), language) === "string" &&
        typeof member(member(prompt, "audio"), language) !== "string",
    ),
  );
  return { languages, spoken };
}

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
