import { Button, Card, formatDateTime, Notice, useUiLanguage } from "@cordboard/ui";
import { RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { Finding } from "./finding.tsx";
import styles from "./telephony.module.css";
import { TestCallCard } from "./test-call-card.tsx";

/** The telephone system, examined: what is right of it, what to mend, and a call that tries it. */
export function Page() {
  const { t } = useTranslation("telephony");
  const language = useUiLanguage();
  const form = useTimeForm();
  const check = useApiQuery("telephony.check", {});
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        words={t("words")}
        actions={
          <Button icon={RefreshCw} busy={check.isFetching} onClick={() => void check.refetch()}>
            {t("again")}
          </Button>
        }
      />
      <QueryView query={check}>
        {({ at, items }) => {
          const count = (wanted: string) => items.filter(({ state }) => state === wanted).length;
          const [errors, warnings] = [count("error"), count("warning")];
          return (
            <div className={styles.parts}>
              <Notice kind={errors > 0 ? "error" : warnings > 0 ? "warning" : "info"}>
                {errors + warnings === 0 ? t("well") : t("found", { errors, warnings })}{" "}
                {t("at", { time: formatDateTime(Date.parse(at), form) })}
              </Notice>
              <TestCallCard />
              <Card flush title={t("checks")}>
                <ul className={styles.list} aria-label={t("checks")}>
                  {/* What is to be mended first, in the order of the way of a call. */}
                  {[...items]
                    .sort((a, b) => weight[a.state] - weight[b.state])
                    .map((item) => (
                      <Finding
                        key={`${item.check}.${item.code}`}
                        state={item.state}
                        title={item.title[language]}
                        sentence={item.sentence[language]}
                        remedy={item.remedy?.[language] ?? null}
                      />
                    ))}
                </ul>
              </Card>
            </div>
          );
        }}
      </QueryView>
    </PageBody>
  );
}

const weight = { error: 0, warning: 1, ok: 2, skipped: 3 } as const;
