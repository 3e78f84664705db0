import { Button, Icon } from "@cordboard/ui";
import { Check, CircleAlert, CircleDashed } from "lucide-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { askForNotifications, notificationState, notify } from "../alerts/notifier.ts";
import { canChooseOutput } from "../alerts/output-device.ts";
import { tabState, tryTab } from "../alerts/test-tab.ts";
import { takeTelephoneLinks, telephoneLinks } from "../dialling/telephone-links.ts";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./browser-checks.module.css";
import { RingOutput } from "./ring-output.tsx";

/** Whether this browser lets a call be heard, seen and opened: tried now, not at the first call, with what to do where it does not. */
export function BrowserChecks() {
  const { ring } = useDesk();
  const { t } = useTranslation("signIn");
  const sound = useSyncExternalStore(ring.subscribe, ring.state, ring.state);
  const [heard, setHeard] = useState(false);
  const [notifications, setNotifications] = useState(notificationState);
  const [tabs, setTabs] = useState(tabState);
  const [links, setLinks] = useState(telephoneLinks);
  const soundWords = sound === "missing" ? "missing" : !heard ? "waiting" : sound;
  return (
    <section aria-labelledby="browser-checks">
      <h2 id="browser-checks" className={styles.title}>
        {t("checks.title")}
      </h2>
      <ul>
        <CheckRow
          name={t("checks.sound")}
          words={t(`checks.sound.${soundWords}`)}
          result={soundWords === "waiting" ? "open" : soundWords === "ready" ? "good" : "bad"}
          onTest={() => void ring.test().then(() => setHeard(true))}
        >
          {canChooseOutput() && <RingOutput output={ring.output} />}
        </CheckRow>
        <CheckRow
          name={t("checks.notifications")}
          words={t(`checks.notifications.${notifications}`)}
          result={notifications === "notAsked" ? "open" : notifications === "ready" ? "good" : "bad"}
          onTest={() =>
            void askForNotifications().then((found) => {
              setNotifications(found);
              notify("Cordboard", t("checks.notifications.sample"), "cordboard.test");
            })
          }
        />
        <CheckRow
          name={t("checks.tabs")}
          words={t(`checks.tabs.${tabs}`)}
          result={tabs === "notTried" ? "open" : tabs === "ready" ? "good" : "bad"}
          onTest={() => setTabs(tryTab(t("checks.tabs.sample")))}
        />
        {links !== "missing" && (
          <CheckRow
            name={t("checks.links")}
            words={t(`checks.links.${links}`)}
            result={links === "asked" ? "good" : "open"}
            onTest={() => setLinks(takeTelephoneLinks())}
          />
        )}
      </ul>
    </section>
  );
}

type Row = { name: string; words: string; result: "good" | "bad" | "open"; onTest: () => void; children?: ReactNode };

const signs = { good: Check, bad: CircleAlert, open: CircleDashed };

function CheckRow({ name, words, result, onTest, children }: Row) {
  const { t } = useTranslation("signIn");
  return (
    <li className={styles.row}>
      <span className={styles[result]}>
        <Icon as={signs[result]} />
      </span>
      <div className={styles.what}>
        <p className={styles.name}>{name}</p>
        <p className={styles.words} role="status">
          {words}
        </p>
        {children}
      </div>
      <Button onClick={onTest} aria-label={`${t("checks.test")} · ${name}`}>
        {t("checks.test")}
      </Button>
    </li>
  );
}
