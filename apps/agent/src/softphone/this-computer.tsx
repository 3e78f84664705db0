import { Notice } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { canChooseOutput } from "../alerts/output-device.ts";
import { useDesk, useSoftphone } from "../session/desk-context.tsx";
import { RingOutput } from "../sign-in/ring-output.tsx";
import styles from "../sign-in/telephone-choice.module.css";
import { MicrophoneCheck } from "./microphone-check.tsx";

type Props = {
  /** Of the group of telephones. */
  name: string;
  /** Another telephone is being asked about. */
  asked: boolean;
  onChoose: () => void;
};

/** The browser among the telephones; once it is chosen, its microphone and where the other side is heard. */
export function ThisComputer({ name, asked, onChoose }: Props) {
  const { desk, state } = useDesk();
  const { softphone, shown } = useSoftphone();
  const { t } = useTranslation("softphone");
  if (softphone === null) return null;
  const isMine = state.view?.telephone?.softphone !== undefined;
  const isHere = isMine && shown.status !== "elsewhere";
  const choose = () => {
    onChoose();
    void desk.chooseSoftphone(softphone.browserId);
  };
  return (
    <>
      <label className={styles.telephone}>
        <input
          type="radio"
          className={styles.radio}
          name={name}
          checked={isHere && !asked}
          disabled={!softphone.possible}
          onChange={choose}
        />
        <span className={styles.name}>{t("name")}</span>
        <span className={styles.holder}>{t(isHere ? "yours" : "hint")}</span>
      </label>
      {!softphone.possible && <p className={styles.words}>{t("impossible")}</p>}
      {isMine && shown.status === "elsewhere" && (
        <Notice kind="warning" remedy={{ label: t("elsewhereHere"), onSelect: choose }}>
          {t("elsewhere")}
        </Notice>
      )}
      {isHere && !asked && softphone.possible && (
        <div className={styles.own}>
          <Standing />
          <MicrophoneCheck softphone={softphone} />
          {canChooseOutput() && <RingOutput output={softphone.output} of="voice" />}
        </div>
      )}
    </>
  );
}

function Standing() {
  const { shown } = useSoftphone();
  const { t } = useTranslation("softphone");
  const { status } = shown;
  if (status === "lost" || status === "refused") return <Notice kind="warning">{t(status)}</Notice>;
  return (
    <p className={styles.words} role="status">
      {t(status === "ready" ? "ready" : "starting")}
    </p>
  );
}
