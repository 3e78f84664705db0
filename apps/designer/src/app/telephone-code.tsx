import { Button, Dialog, formatDateTime } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Copy } from "lucide-react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./problem-notice.tsx";
import { QueryView } from "./query-view.tsx";
import styles from "./telephone-code.module.css";
import { useApiChange, useApiQuery } from "./use-api-query.ts";
import { useTimeForm } from "./use-time-form.ts";

const refreshes = ["session.telephoneCode"] as const;

/** The code is what one looks at next; a second press of Enter neither draws another one nor closes it unread. */
const focus = (element: HTMLElement | null) => element?.focus();

/** One's own telephone code, by which one opens or closes a centre by telephone: made here, shown once, and taken away again. */
export function TelephoneCode({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const form = useTimeForm();
  const own = useApiQuery("session.telephoneCode", {});
  const make = useApiChange("session.makeTelephoneCode", { refreshes });
  const remove = useApiChange("session.removeTelephoneCode", { refreshes });
  const [code, setCode] = useState<string | null>(null);
  const madeAt = own.data?.madeAt ?? null;
  const draw = async () => {
    const answer = await make.run({});
    if (answer.ok) setCode(answer.value.code);
  };
  const takeAway = async () => {
    const answer = await remove.run({});
    if (!answer.ok) return;
    setCode(null);
    showToast(t("telephoneCode.removed"));
  };
  // Beside the navigation, which is folded away on a narrow screen.
  return createPortal(
    <Dialog
      title={t("telephoneCode")}
      size="small"
      onClose={onClose}
      actions={
        <>
          {madeAt !== null && (
            <Button kind="quiet" busy={remove.busy} onClick={() => void takeAway()}>
              {t("telephoneCode.remove")}
            </Button>
          )}
          <Button kind={code === null ? "primary" : "secondary"} busy={make.busy} onClick={() => void draw()}>
            {t(madeAt === null ? "telephoneCode.make" : "telephoneCode.makeAnother")}
          </Button>
          {code !== null && (
            <Button kind="primary" onClick={onClose}>
              {t("telephoneCode.noted")}
            </Button>
          )}
        </>
      }
    >
      <p>{t("telephoneCode.words")}</p>
      <ProblemNotice problem={make.problem ?? remove.problem} onDismiss={make.problem ? make.forget : remove.forget} />
      <QueryView query={own}>
        {() =>
          code === null ? (
            <p className={styles.state}>
              {madeAt === null
                ? t("telephoneCode.none")
                : t("telephoneCode.made", { when: formatDateTime(Date.parse(madeAt), form) })}
            </p>
          ) : (
            <div className={styles.shown}>
              <p>{t("telephoneCode.once")}</p>
              <p className={styles.line}>
                <code className={styles.code} translate="no" tabIndex={-1} ref={focus}>
                  {code.slice(0, 4)} {code.slice(4)}
                </code>
                <CopyButton code={code} />
              </p>
            </div>
          )
        }
      </QueryView>
    </Dialog>,
    document.body,
  );
}

function CopyButton({ code }: { code: string }) {
  const { t } = useTranslation("app");
  // Browsers lend the clipboard to secure origins only.
  if (navigator.clipboard === undefined) return null;
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => showToast(t("telephoneCode.copied")),
      () => showToast(t("telephoneCode.notCopied"), { kind: "error" }),
    );
  return (
    <Button icon={Copy} onClick={() => void copy()}>
      {t("telephoneCode.copy")}
    </Button>
  );
}
