import { Button, Dialog } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange } from "../../app/use-api-query.ts";

type Props = { number: string; onClose: () => void; onErased: () => void };

/** Asks first: what is erased is not brought back by anybody. */
export function EraseDialog({ number, onClose, onErased }: Props) {
  const { t } = useTranslation("privacy");
  const erase = useApiChange("personalData.erase", {
    refreshes: ["calls.list", "messages.list", "callbacks.list"],
  });
  const run = async () => {
    const answer = await erase.run({ body: { number } });
    if (answer.ok) onErased();
  };
  return (
    <Dialog
      title={t("eraseTitle", { number })}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button kind="danger" busy={erase.busy} onClick={() => void run()}>
            {t("erase")}
          </Button>
        </>
      }
    >
      <ProblemNotice problem={erase.problem} />
      <p>{t("eraseWords")}</p>
    </Dialog>
  );
}
