import { type GreetingState, isAllowed, type VoicemailBox } from "@cordboard/api";
import { Button, PasswordField } from "@cordboard/ui";
import { SoundPlayer, SoundRecorder } from "@cordboard/ui/sound";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import styles from "./box-extra.module.css";
import { useBoxTelephone } from "./queries.ts";

const states: readonly GreetingState[] = ["absent", "busy", "closed"];
const forDays = 86_400_000;

type Answer = { ok: true } | { ok: false; error: { message: string; remedy: string } };
const wordsOf = (answer: Answer) => (answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);

/** What works at once on a box: the code that opens it from a telephone, and its greetings. */
export function BoxExtra({ item: box }: { item: VoicemailBox }) {
  const { t } = useTranslation("voicemail");
  const { role } = useSignedIn();
  if (!isAllowed(role, "write", "voicemailBoxes")) return null;
  return (
    <section className={styles.extra}>
      <h3>{t("byTelephone")}</h3>
      <CodeForm box={box} />
      <h3>{t("greetings")}</h3>
      <p className={styles.faint}>{t("greetingsWords")}</p>
      {states.map((state) => (
        <Greeting key={state} box={box} state={state} />
      ))}
    </section>
  );
}

function CodeForm({ box }: { box: VoicemailBox }) {
  const { t } = useTranslation("voicemail");
  const { setCode: change } = useBoxTelephone();
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const set = async (wanted: string | null) => {
    if (wanted !== null && !/^\d{4,10}$/.test(wanted)) return setProblem(t("codeForm"));
    const answer = await change.run({ params: { boxId: box.boxId }, body: { code: wanted } });
    setProblem(wordsOf(answer));
    if (answer.ok) setCode("");
  };
  return (
    <div className={styles.code}>
      <PasswordField
        label={t("code")}
        hint={t(box.hasCode ? "codeSet" : "codeMissing")}
        {...(problem !== null && { error: problem })}
        autoComplete="new-password"
        inputMode="numeric"
        maxLength={10}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <div className={styles.tools}>
        <Button busy={change.busy} disabled={code === ""} onClick={() => void set(code)}>
          {t("setCode")}
        </Button>
        {box.hasCode && (
          <Button kind="quiet" disabled={change.busy} onClick={() => void set(null)}>
            {t("removeCode")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Greeting({ box, state }: { box: VoicemailBox; state: GreetingState }) {
  const { t } = useTranslation("voicemail");
  const { recordGreeting, removeGreeting } = useBoxTelephone();
  const greeting = box.greetings[state];
  const params = { boxId: box.boxId, state };
  const name = t(`greeting.${state}`);
  return (
    <div className={styles.greeting}>
      <h4>{name}</h4>
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
        onRecorded={async (file) => wordsOf(await recordGreeting.run({ params, file }))}
        onRemove={greeting ? async () => wordsOf(await removeGreeting.run({ params })) : null}
      />
    </div>
  );
}
