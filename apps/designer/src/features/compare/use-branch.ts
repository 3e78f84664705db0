import type { ApiProblem } from "@cordboard/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useApi } from "../../app/session-context.tsx";
import { useApiChange } from "../../app/use-api-query.ts";

/** Makes a flow of its own of a version, named after both, and opens it. */
export function useBranch() {
  const { t } = useTranslation("compare");
  const api = useApi();
  const navigate = useNavigate();
  const create = useApiChange("flows.create", { refreshes: ["flows.list"] });
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const branch = async (from: { flowId: string; versionId: string; number: number; name: string }) => {
    const { flowId, versionId, number } = from;
    const version = await api.call("flows.getVersion", { params: { flowId, versionId } });
    if (!version.ok) return setProblem(version.error);
    setProblem(null);
    const name = t("branchName", { name: from.name.slice(0, 90), number });
    const answer = await create.run({ body: { name, document: { ...version.value.document, name } } });
    if (answer.ok) void navigate(`/flows/${answer.value.flowId}`);
  };
  return { branch, busy: create.busy, problem: problem ?? create.problem };
}
