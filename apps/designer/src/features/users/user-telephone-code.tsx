import { Button, formatDateTime } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./users.module.css";

/** Where a user has a telephone code: since when, and taking it away. It is theirs to make, under their name in the navigation. */
export function UserTelephoneCode({ userId }: { userId: string }) {
  const { t } = useTranslation("users");
  const form = useTimeForm();
  const { data } = useApiQuery("users.telephoneCode", { params: { userId } });
  const remove = useApiChange("users.removeTelephoneCode", { refreshes: ["users.telephoneCode"] });
  const madeAt = data?.madeAt ?? null;
  if (madeAt === null) return null;
  const press = async () => {
    const answer = await remove.run({ params: { userId } });
    if (answer.ok) showToast(t("codeRemoved"));
    else showToast(`${answer.error.message} ${answer.error.remedy}`, { kind: "error" });
  };
  return (
    <div className={styles.code}>
      <Button busy={remove.busy} onClick={() => void press()}>
        {t("removeCode")}
      </Button>
      <p className={styles.hint}>{t("codeMade", { when: formatDateTime(Date.parse(madeAt), form) })}</p>
    </div>
  );
}
