import { Button, EmptyState, Loading } from "@cordboard/ui";
import type { UseQueryResult } from "@tanstack/react-query";
import { CloudOff, Compass } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiFault } from "./use-api-query.ts";

/** What is read from the server, in each of its states: being fetched, not to be had (with a way to try again), there. */
export function QueryView<Value>({
  query,
  children,
}: {
  query: UseQueryResult<Value, Error>;
  children: (value: Value) => ReactNode;
}) {
  const { t } = useTranslation("app");
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Loading />;
  const problem = query.error instanceof ApiFault ? query.error.problem : null;
  // What is not there is not there the next time either.
  const gone = problem?.status === 404;
  return (
    <EmptyState
      icon={gone ? Compass : CloudOff}
      title={problem?.message ?? t("crashed")}
      action={
        gone ? undefined : (
          <Button busy={query.isFetching} onClick={() => void query.refetch()}>
            {t("retry")}
          </Button>
        )
      }
    >
      {problem?.remedy ?? ""}
    </EmptyState>
  );
}
