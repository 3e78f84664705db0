/** What the demo company has, by the format in which templates ask for it. Of several things the question's name chooses. */
export type DemoThings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Answers the questions of a template: each `format` names a kind of thing, and of several the one whose key stands in the question's name
 * (`supportQueue` → `support`), else the first. What has no such format keeps its default.
 */
export function answersFor(
  parameters: Readonly<Record<string, unknown>>,
  things: DemoThings,
): Readonly<Record<string, string>> {
  const answers = Object.entries(Object(parameters.properties)).flatMap(([name, question]) => {
    const { format } = Object(question);
    const known = Object.entries(typeof format === "string" ? (things[format] ?? {}) : {});
    const chosen = known.find(([key]) => name.toLowerCase().includes(key)) ?? known[0];
    return chosen ? [[name, chosen[1]] as const] : [];
  });
  return Object.fromEntries(answers);
}
