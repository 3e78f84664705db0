import type { ApiProblem } from "@cordboard/api";
import { Notice } from "@cordboard/ui";

/** Why the server refused, and what to do about it; nothing while there is no problem. */
export function ProblemNotice({ problem, onDismiss }: { problem: ApiProblem | null; onDismiss?: () => void }) {
  if (problem === null) return null;
  return (
    <Notice kind="error" onDismiss={onDismiss}>
      {problem.message} {problem.remedy}
    </Notice>
  );
}
