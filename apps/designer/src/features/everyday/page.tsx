import { EmptyState } from "@cordboard/ui";
import { SlidersHorizontal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useCompanyThings } from "../../widgets/company-things.ts";
import { ForceState } from "../schedules/index.ts";
import styles from "./everyday.module.css";
import { EverydayFlowCard } from "./everyday-flow-card.tsx";
import { useEveryday } from "./queries.ts";

/** What a supervisor changes from day to day, without the drawings: what is open, and the settings that authors marked. */
export function Page() {
  const { t } = useTranslation("everyday");
  const everyday = useEveryday();
  const schedules = useApiQuery("schedules.list", {}, { everyMs: 60_000 });
  const things = useCompanyThings();
  return (
    <PageBody>
      <PageHeader title={t("title")} words={t("words")} />
      <section className={styles.section} aria-labelledby="everyday-open">
        <h2 id="everyday-open">{t("open")}</h2>
        <p className={styles.quiet}>{t("openWords")}</p>
        <QueryView query={schedules}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{t("noSchedules")}</p>
            ) : (
              <div className={styles.centres}>
                {items.map((schedule) => (
                  // Forced elsewhere (by telephone, by a colleague): the form begins anew with what holds.
                  <ForceState
                    key={`${schedule.scheduleId} ${JSON.stringify(schedule.forced)}`}
                    item={schedule}
                    title={schedule.name}
                  />
                ))}
              </div>
            )
          }
        </QueryView>
      </section>
      <section className={styles.section} aria-labelledby="everyday-settings">
        <h2 id="everyday-settings">{t("settings")}</h2>
        <QueryView query={everyday}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon={SlidersHorizontal} title={t("none")}>
                {t("noneWords")}
              </EmptyState>
            ) : (
              items.map((flow) => <EverydayFlowCard key={flow.flowId} flow={flow} things={things} />)
            )
          }
        </QueryView>
      </section>
    </PageBody>
  );
}
