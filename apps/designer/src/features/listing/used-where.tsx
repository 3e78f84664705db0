import { isAllowed, type UsedKind } from "@cordboard/api";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { FormSection } from "./form-section.tsx";
import { PlaceList } from "./place-list.tsx";
import { placesIn } from "./places-of-use.ts";

/** Where a thing is used, with links to the places: what keeps it from being deleted, and what a change of it touches. */
export function UsedWhere({ kind, id }: { kind: UsedKind; id: string }) {
  const { t } = useTranslation("listing");
  const { role, queueIds } = useSignedIn();
  // Who supervises some queues is not told of the others.
  const enabled = queueIds === null && isAllowed(role, "read", "flows");
  const { data } = useApiQuery("uses.list", { query: { kind, id } }, { enabled });
  if (!enabled || !data) return null;
  const places = placesIn(data.items);
  return (
    <FormSection id="uses" title={t("used")} summary={[t("used.count", { count: places.length })]} holds={[]}>
      {places.length === 0 ? <p>{t("used.nowhere")}</p> : <PlaceList places={places} />}
    </FormSection>
  );
}
