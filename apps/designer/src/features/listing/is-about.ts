import type { FormProblem } from "./resource.ts";

/** Whether a refusal is about one of these fields of what was sent, or about a thing of these kinds that is not there. */
export function isAbout(problem: FormProblem, fields: readonly string[], kinds: readonly string[]): boolean {
  if (problem === null) return false;
  const { where, what } = problem.details;
  if (typeof where === "string") {
    const [, part, member] = where.split(/[/ ]/);
    return part === "body" && member !== undefined && fields.includes(member);
  }
  return problem.code === "notFound" && typeof what === "string" && kinds.includes(what);
}
