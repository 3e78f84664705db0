import type { ApiProblem } from "@cordboard/api";

/** A refusal or a failure where there is nobody to give it to as a value: in a loop over events or rows. */
export class CordboardError extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem) {
    super(`${problem.message} ${problem.remedy}`.trim());
    this.name = "CordboardError";
    this.problem = problem;
  }
}
