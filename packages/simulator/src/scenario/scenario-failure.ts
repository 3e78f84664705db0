/** What a scenario expected did not come. The message tells what happened instead, with the story so far. */
export class ScenarioFailure extends Error {
  override readonly name = "ScenarioFailure";
}
