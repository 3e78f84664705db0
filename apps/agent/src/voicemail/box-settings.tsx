import type { DeskVoicemailBox, GreetingState } from "@cordboard/api";
import { Button, PasswordField } from "@cordboard/ui";
import { SoundPlayer, SoundRecorder } from "@cordboard/ui/sound";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./box-settings.module.css";

const states: readonly GreetingState[] = ["absent", "busy", "closed"];
const forDays = 86_400_000;

/** What whoever hears a box sets of it: the code that opens it from a telephone, and what it says to callers. */
export function BoxSettings({ box }: { box: DeskVoicemailBox }) {
  const { t } = useTranslation("voicemail");
  return (
    <div className={styles.settings}>
      <CodeForm box={box} />
      <h3 className={styles.title}>{t("greetings")}</h3>
      <p className={styles.faint}>{t("greetingsWords")}</p>
      {states.map((state) => (
        <Greeting key={state} box={box} state={state} />
      ))}
    </div>
  );
}

function CodeForm({ box }: { box: DeskVoicemailBox }) {
  const { desk } = useDesk();
  const { t } = useTranslation("voicemail");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const set = async (wanted: string | null) => {
    setBusy(true);
    const answer = await desk.ask("deskMessages.setCode", { params: { boxId: box.boxId }, body: { code: wanted } });
    setBusy(false);
    setProblem(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
    setSaved(answer.ok);
    if (answer.ok) setCode("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (/^\d{4,10}$/.test(code)) void set(code);
    else setProblem(t("codeForm"));
  };
  const stands = box.hasCode ? t("codeSet") : t("codeMissing");
  return (
    <form className={styles.code} onSubmit={submit}>
      <h3 className={styles.title}>{t("byTelephone")}</h3>
      <p className={styles.faint}>{box.number === null ? t("noNumber") : t("number", { number: box.number })}</p>
      <PasswordField
        label={t("code")}
        hint={saved ? t("codeSaved") : stands}
        {...(problem !== null && { error: problem })}
        autoComplete="new-password"
        inputMode="numeric"
        maxLength={10}
        value={code}
        onChange={(event) => {
          setSaved(false);
          setCode(event.target.value);
        }}
      />
      <div className={styles.tools}>
        <Button type="submit" busy={busy} disabled={code === ""}>
          {t("setCode")}
        </Button>
        {box.hasCode && (
          <Button kind="quiet" disabled={busy} onClick={() => void set(null)}>
            {t("removeCode")}
          </Button>
        )}
      </div>
    </form>
  );
}

function Greeting({ box, state }: { box: DeskVoicemailBox; state: GreetingState }) {
  const { desk } = useDesk();
  const { t } = useTranslation("voicemail");
  const greeting = box.greetings[state];
  const params = { boxId: box.boxId, state };
  const name = t(`greeting.${state}`);
  const words = (answer: { ok: true } | { ok: false; error: { message: string; remedy: string } }) =>
    answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`;
  return (
    <div className={styles.greeting}>
      <h4 className={styles.state}>{name}</h4>
      {greeting ? (
        <SoundPlayer
          key={greeting.sha256}
          durationMs={greeting.durationMs}
          peaks={[]}
          fileName={`${box.name} ${name}`}
          address={async () => ({ url: `/media/${greeting.sha256}.wav`, validForMs: forDays })}
        />
      ) : (
        <p className={styles.faint}>{t(state === "absent" ? "greetingBuiltIn" : "greetingNone")}</p>
      )}
      <SoundRecorder
        label={name}
        onRecorded={async (file) => words(await desk.ask("deskMessages.recordGreeting", { params, file }))}
        onRemove={greeting ? async () => words(await desk.ask("deskMessages.removeGreeting", { params })) : null}
      />
    </div>
  );
}
