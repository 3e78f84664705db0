import { isAllowed, type Operator, type Queue } from "@cordboard/api";
import { Checkbox } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { type MadePassword, NewPasswordButton } from "../listing/index.ts";
import { OperatorOffers } from "../offers/index.ts";
import styles from "./operator-extra.module.css";

type Props = { operator: Operator; onNewPassword: (made: MadePassword) => void };

/** The queues that an operator may serve, and a new password: both work at once, for the queues are the queues' own. */
export function OperatorExtra({ operator, onNewPassword }: Props) {
  const { t } = useTranslation("operators");
  const { role } = useSignedIn();
  const titleId = useId();
  const queues = useApiQuery("queues.list", {});
  const change = useApiChange("queues.change", { refreshes: ["queues.list"] });
  const give = useApiChange("operators.newPassword");
  const { operatorId } = operator;
  const tick = async ({ queueId, ...queue }: Queue, ticked: boolean) => {
    // Not disabled meanwhile: whoever ticks by keyboard would lose their place.
    if (change.busy) return;
    const others = queue.operatorIds.filter((id) => id !== operatorId);
    const operatorIds = ticked ? [...others, operatorId] : others;
    const answer = await change.run({ params: { queueId }, body: { ...queue, operatorIds } });
    if (!answer.ok) showToast(`${answer.error.message} ${answer.error.remedy}`, { kind: "error" });
  };
  const items = queues.data?.items ?? [];
  return (
    <>
      {items.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would lie inside the form's own
        <div role="group" aria-labelledby={titleId}>
          <h3 id={titleId}>{t("queues")}</h3>
          <p className={styles.hint}>{t("queuesHint")}</p>
          {items.map((queue) => (
            <Checkbox
              key={queue.queueId}
              label={queue.name}
              checked={queue.operatorIds.includes(operatorId)}
              disabled={!isAllowed(role, "write", "queues")}
              onChange={(event) => void tick(queue, event.target.checked)}
            />
          ))}
        </div>
      )}
      {isAllowed(role, "read", "calls") && <OperatorOffers operatorId={operatorId} />}
      {isAllowed(role, "write", "operators") && (
        <NewPasswordButton
          name={operator.name}
          give={() => give.run({ params: { operatorId } })}
          onGiven={onNewPassword}
        />
      )}
    </>
  );
}
