import type { ApiProblem } from "@cordboard/api";

/** What a refused answer says. */
export async function readProblem(answer: Response): Promise<ApiProblem> {
  const body: unknown = await answer.json().catch(() => null);
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
  const blank = { code: "internal", message: answer.statusText || `HTTP ${answer.status}`, remedy: "" } as const;
  return { ...blank, details: {}, requestId: "", ...(error as Partial<ApiProblem> | null), status: answer.status };
}
