import type { SupervisionMode } from "@cordboard/api";
import { Button, SegmentedControl, Select, TextField } from "@cordboard/ui";
import { PhoneCall } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import styles from "./dialogs.module.css";
import { type OwnTelephone, rememberedTelephone, rememberTelephone } from "./own-telephone.ts";

/** From the one that nobody hears to the one that both do. */
export const modes = ["listen", "whisper", "join"] as const satisfies readonly SupervisionMode[];

/** How one comes into a conversation, and at which telephone. */
export function ListenForm({ operatorId, onRings }: { operatorId: string; onRings: (supervisionId: string) => void }) {
  const { t } = useTranslation("live");
  const { user } = useSignedIn();
  const company = useApiQuery("company.get", {});
  const telephones = useApiQuery("telephones.list", {});
  const [mode, setMode] = useState<SupervisionMode>("listen");
  const [telephone, setTelephone] = useState<OwnTelephone>(() => rememberedTelephone(user.userId));
  const order = useApiChange("live.listen");
  const { telephoneId, number } = telephone;
  const ring = async () => {
    const rung =
      telephoneId === "" ? ({ kind: "number", number } as const) : ({ kind: "telephone", telephoneId } as const);
    const answer = await order.run({ params: { operatorId }, body: { mode, telephone: rung } });
    if (!answer.ok) return;
    rememberTelephone(user.userId, telephone);
    onRings(answer.value.supervisionId);
  };
  return (
    <form
      className={styles.sections}
      onSubmit={(event) => {
        event.preventDefault();
        void ring();
      }}
    >
      {company.data && (
        <p className={styles.words}>{t(company.data.listening === "unshown" ? "listen.unshown" : "listen.shown")}</p>
      )}
      <ProblemNotice problem={order.problem} onDismiss={order.forget} />
      <SegmentedControl
        label={t("listen.how")}
        segments={modes.map((value) => ({ value, label: t(`listen.mode.${value}`) }))}
        value={mode}
        onChange={setMode}
      />
      <p className={styles.words}>{t(`listen.words.${mode}`)}</p>
      <Select
        label={t("listen.telephone")}
        options={[
          { value: "", label: t("listen.aNumber") },
          ...(telephones.data?.items ?? []).map(({ telephoneId: value, name }) => ({ value, label: name })),
        ]}
        value={telephoneId}
        onChange={(chosen) => setTelephone({ ...telephone, telephoneId: chosen })}
      />
      {telephoneId === "" && (
        <TextField
          label={t("listen.number")}
          type="tel"
          value={number}
          required
          onChange={(event) => setTelephone({ ...telephone, number: event.target.value })}
        />
      )}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" icon={PhoneCall} busy={order.busy}>
          {t("listen.ring")}
        </Button>
      </div>
    </form>
  );
}
