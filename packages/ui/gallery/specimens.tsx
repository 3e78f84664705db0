import { Check, Play, Undo2, Voicemail } from "lucide-react";
import { useState } from "react";
import {
  Button,
  Card,
  Checkbox,
  CountdownBar,
  Duration,
  EmptyState,
  IconButton,
  Key,
  Loading,
  Logo,
  Notice,
  type OperatorState,
  PasswordField,
  PhoneNumber,
  Select,
  StateLamp,
  TextArea,
  TextField,
  useUiLanguage,
} from "../src/index.ts";
import styles from "./gallery.module.css";

const states: OperatorState[] = [
  "available",
  "offered",
  "ringing",
  "dialling",
  "talking",
  "wrapUp",
  "handedOver",
  "paused",
  "offline",
];
const colours = [
  "ink",
  "ink-2",
  "line",
  "line-strong",
  "accent",
  "say",
  "ask",
  "route",
  "wait",
  "ok",
  "warning",
  "danger",
];

/** Each component on a card of its own. */
export function Specimens() {
  const french = useUiLanguage() === "fr";
  return (
    <>
      <Card
        title={french ? "Boutons" : "Buttons"}
        actions={<IconButton icon={Undo2} label={french ? "Annuler" : "Undo"} />}
      >
        <div className={styles.stack}>
          <div className={styles.row}>
            <Button kind="primary">{french ? "Publier" : "Publish"}</Button>
            <Button icon={Play}>{french ? "Essayer" : "Try"}</Button>
            <Button kind="quiet" icon={Check}>
              {french ? "Prêt" : "Ready"}
            </Button>
            <Button kind="danger">{french ? "Supprimer" : "Delete"}</Button>
          </div>
          <div className={styles.row}>
            <Button kind="primary" busy>
              {french ? "Connexion" : "Sign in"}
            </Button>
            <Button busy>{french ? "Essai" : "Trying"}</Button>
            <Button disabled>{french ? "Indisponible" : "Not yet"}</Button>
            <Button kind="primary" disabled>
              {french ? "Indisponible" : "Not yet"}
            </Button>
          </div>
          <div className={styles.row}>
            <Key name="1" /> <Key name="#" /> <Key name="Escape" /> <Key name="Enter" /> <Key name="ArrowUp" />
          </div>
        </div>
      </Card>
      <Card title={french ? "Champs" : "Fields"}>
        <Fields />
      </Card>
      <Card title={french ? "États des opérateurs" : "Operator states"}>
        <ul className={styles.stack}>
          {states.map((state) => (
            <li key={state}>
              <StateLamp state={state} detail={state === "paused" ? (french ? "déjeuner" : "lunch") : undefined} />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={french ? "Messages" : "Notices"}>
        <Notices />
      </Card>
      <Card title={french ? "Temps et numéros" : "Time and numbers"}>
        <div className={styles.stack}>
          <CountdownBar label="a" startedAt={0} deadline={20} now={2} />
          <CountdownBar label="b" startedAt={0} deadline={20} now={17} />
          <div className={styles.row}>
            <Duration ms={9_000} />·<Duration ms={102_000} />·<Duration ms={3_900_000} />
          </div>
          <div className={styles.row}>
            <PhoneNumber text="06 12 34 56 78" />·<PhoneNumber text="05 56 11 22 33" href="tel:+33556112233" />·
            <PhoneNumber text={null} />
          </div>
          <div className={styles.row}>
            <Logo size={16} /> <Logo size={20} name /> <Logo size={48} />
          </div>
        </div>
      </Card>
      <Card title={french ? "Attente et vide" : "Waiting and empty"}>
        <Loading />
        <EmptyState
          icon={Voicemail}
          title={french ? "Aucun message" : "No messages"}
          action={<Button>{french ? "Appeler la boîte" : "Call the box"}</Button>}
        >
          {french
            ? "Les messages que vos appelants laissent arriveront ici."
            : "The messages that your callers leave will arrive here."}
        </EmptyState>
      </Card>
      <Card title={french ? "Couleurs" : "Colours"}>
        <div className={styles.swatches}>
          {colours.map((colour) => (
            <div key={colour} className={styles.swatch}>
              <span style={{ background: `var(--cb-${colour})` }} />
              {colour}
            </div>
          ))}
        </div>
      </Card>
    </>
  );
}

function Fields() {
  const french = useUiLanguage() === "fr";
  const [telephone, setTelephone] = useState<"214" | "215" | null>(null);
  const [patience, setPatience] = useState("6");
  return (
    <div className={styles.stack}>
      <TextField
        label={french ? "Code" : "Code"}
        placeholder={french ? "Quatre chiffres" : "Four digits"}
        hint={french ? "Celui que votre superviseur vous a donné." : "The one your supervisor gave you."}
        required
      />
      <TextField
        label={french ? "Silence accepté" : "Silence allowed"}
        inputMode="numeric"
        unit="s"
        value={patience}
        onChange={(event) => setPatience(event.target.value)}
      />
      <PasswordField
        label={french ? "Mot de passe" : "Password"}
        defaultValue="cordboard"
        error={
          french
            ? "Ce mot de passe n'est pas le bon. Il reste 8 essais."
            : "This is not the right password. 8 attempts left."
        }
      />
      <Select
        label={french ? "Téléphone" : "Telephone"}
        placeholder={french ? "Choisir…" : "Choose…"}
        options={[
          { value: "214", label: french ? "Poste 214 · bureau 3" : "Extension 214 · desk 3" },
          { value: "215", label: french ? "Poste 215 · accueil" : "Extension 215 · reception" },
        ]}
        value={telephone}
        onChange={setTelephone}
      />
      <TextField label={french ? "Identifiant" : "Identifier"} value="n3f8" readOnly />
      <TextArea
        label={french ? "Texte du message" : "Text of the prompt"}
        hint={french ? "Dit par une synthèse, ou enregistré." : "Spoken by a synthesiser, or recorded."}
        defaultValue={french ? "Bonjour, bienvenue chez Martin & Fils." : "Hello, and welcome to Martin & Sons."}
      />
      <div>
        <Checkbox label="Assistance" defaultChecked detail={french ? "4 en attente" : "4 waiting"} />
        <Checkbox label={french ? "Facturation" : "Billing"} />
        <Checkbox label={french ? "Réservé aux responsables" : "For team leads only"} disabled />
      </div>
    </div>
  );
}

function Notices() {
  const french = useUiLanguage() === "fr";
  const [shown, setShown] = useState(true);
  return (
    <div className={styles.stack}>
      {shown && (
        <Notice kind="info" onDismiss={() => setShown(false)}>
          {french ? "La version 14 est en service." : "Version 14 is in service."}
        </Notice>
      )}
      <Notice
        kind="warning"
        remedy={{ label: french ? "Essayer le son" : "Try the sound", onSelect: () => setShown(true) }}
      >
        {french
          ? "Le navigateur bloque le son : vous n'entendriez pas les appels proposés."
          : "The browser blocks sound: you would not hear offered calls."}
      </Notice>
      <Notice
        kind="error"
        remedy={{ label: french ? "Relier à « Équipe Commandes »" : "Connect to “Orders”", href: "#orders" }}
      >
        {french
          ? "« sans réponse » ne mène nulle part : l'appelant entendrait un silence."
          : "“no answer” leads nowhere: the caller would hear silence."}
      </Notice>
    </div>
  );
}
