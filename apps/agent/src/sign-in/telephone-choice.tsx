import type { DeskChoices } from "@cordboard/api";
import { Button, Notice } from "@cordboard/ui";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import { ThisComputer } from "../softphone/this-computer.tsx";
import { OwnNumber } from "./own-number.tsx";
import styles from "./telephone-choice.module.css";
import { TryTelephone } from "./try-telephone.tsx";

type Telephone = DeskChoices["telephones"][number];

/** The telephones with who holds which. A free one is taken by choosing it; one that somebody holds only after asking. */
export function TelephoneChoice() {
  const { desk, state } = useDesk();
  const { t } = useTranslation("signIn");
  const [asked, setAsked] = useState<string | null>(null);
  const { wished, wish } = useWish((telephoneId) => desk.chooseTelephone(telephoneId, false));
  const name = useId();
  const telephones = (state.choices?.telephones ?? []).filter(({ softphone }) => softphone !== true);
  const maySoftphone = state.choices?.softphone === true;
  const mine = state.view?.telephone?.telephoneId ?? null;
  const operatorId = state.view?.operator.operatorId;
  const holderOf = ({ heldBy }: Telephone) => (heldBy !== null && heldBy.operatorId !== operatorId ? heldBy : null);
  const busy = state.busy.includes("chooseTelephone");
  const questioned = telephones.find((telephone) => telephone.telephoneId === asked);
  const holder = questioned === undefined ? null : holderOf(questioned);
  const choose = (telephone: Telephone) => {
    if (holderOf(telephone) !== null) return setAsked(telephone.telephoneId);
    setAsked(null);
    void wish(telephone.telephoneId);
  };
  return (
    <fieldset className={styles.choice} aria-busy={busy || undefined}>
      <legend className={styles.legend}>{t("telephone.legend")}</legend>
      {telephones.length === 0 && !maySoftphone && <p className={styles.holder}>{t("telephone.none")}</p>}
      {telephones.map((telephone) => {
        const { telephoneId } = telephone;
        const held = holderOf(telephone);
        const whose =
          telephoneId === mine
            ? t("telephone.yours")
            : held !== null
              ? t("telephone.heldBy", { holder: held.name })
              : t("telephone.free");
        return (
          <label key={telephoneId} className={styles.telephone}>
            <input
              type="radio"
              className={styles.radio}
              name={name}
              checked={telephoneId === (asked ?? wished ?? mine)}
              onChange={() => choose(telephone)}
            />
            <span className={styles.name}>{telephone.name}</span>
            <span className={styles.holder}>{whose}</span>
          </label>
        );
      })}
      {maySoftphone && (
        <ThisComputer name={name} asked={asked !== null || wished !== null} onChoose={() => setAsked(null)} />
      )}
      {state.choices?.ownNumbers === true && <OwnNumber />}
      {mine !== null && asked === null && <TryTelephone key={mine} />}
      {questioned !== undefined && holder !== null && (
        <div className={styles.question}>
          <Notice kind="warning">{t("telephone.takeOver", { telephone: questioned.name, holder: holder.name })}</Notice>
          <div className={styles.answers}>
            <Button
              busy={busy}
              onClick={() => {
                setAsked(null);
                void desk.chooseTelephone(questioned.telephoneId, true);
              }}
            >
              {t("telephone.takeOverYes")}
            </Button>
            <Button kind="quiet" onClick={() => setAsked(null)}>
              {t("telephone.takeOverNo")}
            </Button>
          </div>
        </div>
      )}
    </fieldset>
  );
}

/** What arrow keys came to, shown at once: the server is asked for one after the other, and for the last one whatever it takes. */
function useWish(ask: (telephoneId: string) => Promise<void>) {
  const [wished, setWished] = useState<string | null>(null);
  const next = useRef<string | null>(null);
  const wish = async (telephoneId: string) => {
    setWished(telephoneId);
    const isAsking = next.current !== null;
    next.current = telephoneId;
    if (isAsking) return;
    for (let asked = telephoneId; next.current !== null; asked = next.current ?? asked) {
      await ask(asked);
      if (next.current === asked) next.current = null;
    }
    setWished(null);
  };
  return { wished, wish };
}
