import type { ApiProblem } from "@cordboard/api";
import { Notice } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { PlaceList } from "./place-list.tsx";
import { placesOf } from "./places-of-use.ts";

/** Why the server refused. What is still in use says where, as links to those places. */
export function FormProblem({ problem, onDismiss }: { problem: ApiProblem | null; onDismiss: () => void }) {
  const { t } = useTranslation("listing");
  const places = problem?.code === "inUse" ? placesOf(problem) : [];
  if (problem === null || places.length === 0) return <ProblemNotice problem={problem} onDismiss={onDismiss} />;
  return (
    <div>
      <Notice kind="error" onDismiss={onDismiss}>
        {t("inUse")}
      </Notice>
      <PlaceList places={places} />
    </div>
  );
}
