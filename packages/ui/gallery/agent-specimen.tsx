import { Phone, PhoneIncoming } from "lucide-react";
import {
  Button,
  Card,
  Checkbox,
  CountdownBar,
  Duration,
  Icon,
  PhoneNumber,
  StateLamp,
  useUiLanguage,
} from "../src/index.ts";
import styles from "./gallery.module.css";

/** The components together, as the agent shows an offered call. */
export function AgentSpecimen() {
  const french = useUiLanguage() === "fr";
  return (
    <Card flush>
      <div className={styles.status}>
        <StateLamp state="offered" />
        <span>{french ? "poste 214" : "extension 214"}</span>
      </div>
      <div className={styles.offer}>
        <p className={styles.faint}>
          <Icon as={PhoneIncoming} />
          <span>
            Assistance · {french ? "ligne" : "line"} <PhoneNumber text="01 43 67 09 03" />
          </span>
        </p>
        <p className={styles.who}>Claire Fontaine</p>
        <p className={styles.number}>
          <PhoneNumber text="06 12 34 56 78" />
        </p>
        <p className={styles.faint}>
          <span>
            {french ? "Attend depuis" : "Waiting for"} <Duration ms={102_000} />
          </span>
        </p>
        <CountdownBar
          label={french ? "Temps pour répondre" : "Time to answer"}
          startedAt={0}
          deadline={20_000}
          now={7_600}
        />
        <div>
          <Button size="large" keyHint="Escape" wide>
            {french ? "Refuser" : "Refuse"}
          </Button>
          <Button size="large" kind="primary" icon={Phone} wide>
            {french ? "Accepter" : "Accept"} · 9 s
          </Button>
        </div>
      </div>
      <div className={styles.queues}>
        <h2>{french ? "Mes files" : "My queues"}</h2>
        <ul>
          <li>
            <Checkbox label="Assistance" defaultChecked detail={<Waiting count={4} ms={102_000} />} />
          </li>
          <li>
            <Checkbox
              label={french ? "Commandes" : "Orders"}
              defaultChecked
              detail={<Waiting count={1} ms={20_000} />}
            />
          </li>
          <li>
            <Checkbox label={french ? "Facturation" : "Billing"} />
          </li>
        </ul>
      </div>
    </Card>
  );
}

function Waiting({ count, ms }: { count: number; ms: number }) {
  const french = useUiLanguage() === "fr";
  return (
    <>
      {count} {french ? "en attente" : "waiting"} · <Duration ms={ms} />
    </>
  );
}
