import {
  applyTheme,
  type Language,
  LanguageSwitch,
  Loading,
  Logo,
  Notice,
  rememberedTheme,
  ThemeSwitch,
  UiLanguage,
} from "@cordboard/ui";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CALLER, DESKS, SWITCHBOARD } from "../protocol/messages.ts";
import { type Dialled, Dialler } from "./dialler.tsx";
import { FirstSteps } from "./first-steps.tsx";
import styles from "./lab.module.css";
import { createEar, type Ear } from "./sound/ear.ts";
import { SpeakButton } from "./speak-button.tsx";
import { Telephone } from "./telephone.tsx";
import { useCallerKeys } from "./use-caller-keys.ts";
import { type LabState, useLab } from "./use-lab.ts";

/** The lab: the caller's telephone and the operators', in one page. */
export function LabPage() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language.startsWith("fr") ? "fr" : "en";
  const [theme, setTheme] = useState(rememberedTheme);
  const { state, connected, refusal, restarted, send, speak, forgetRefusal, forgetRestart } = useLab();
  const [dialled, setDialled] = useState<Dialled>({ from: "+33639981234", name: "", to: null, hidden: false });
  const { listening, listen } = useListening(state);

  const callerPhase = state?.telephones.find(({ id }) => id === CALLER)?.phase;
  useCallerKeys(connected && (callerPhase === "calling" || callerPhase === "talking"), (keys) =>
    send({ do: "press", telephone: CALLER, keys }),
  );

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Cordboard · ${t("title")}`;
  }, [language, t]);

  const telephone = (id: string) => state?.telephones.find((found) => found.id === id);
  return (
    <UiLanguage language={language}>
      <header className={styles.header}>
        <Logo />
        <h1>{t("title")}</h1>
        <div className={styles.settings}>
          <LanguageSwitch
            value={language}
            onChange={(chosen) => {
              localStorage.setItem("cordboard.language", chosen);
              void i18n.changeLanguage(chosen);
            }}
          />
          <ThemeSwitch
            value={theme}
            onChange={(chosen) => {
              applyTheme(chosen);
              setTheme(chosen);
            }}
          />
        </div>
      </header>
      <main className={styles.main}>
        {state ? <FirstSteps agentUrl={state.agentUrl} /> : <p className={styles.intro}>{t("intro")}</p>}
        {!connected && state && <Notice kind="warning">{t("lost")}</Notice>}
        {connected && restarted && (
          <Notice kind="info" onDismiss={forgetRestart}>
            {t("restarted")}
          </Notice>
        )}
        {refusal && (
          <Notice kind="error" onDismiss={forgetRefusal}>
            {refusal}
          </Notice>
        )}
        {!state ? (
          <Loading label={t("connecting")} />
        ) : (
          <div className={styles.telephones} inert={!connected}>
            <Telephone
              id={CALLER}
              title={t("caller")}
              telephone={telephone(CALLER)}
              skew={state.skew}
              listening={listening === CALLER}
              onListen={() => listen(CALLER)}
              send={send}
              mouth={<SpeakButton speak={speak} />}
              dialler={
                <Dialler
                  line={state.line}
                  dialled={dialled}
                  onChange={setDialled}
                  onCall={(from, to, callerName) => {
                    listen(CALLER);
                    send({ do: "call", from, to, callerName });
                  }}
                />
              }
            />
            {[...DESKS, SWITCHBOARD].map((number) => (
              <Telephone
                key={number}
                id={number}
                title={t(number === SWITCHBOARD ? "switchboard" : "desk", { number })}
                telephone={telephone(number)}
                skew={state.skew}
                listening={listening === number}
                onListen={() => listen(number)}
                send={send}
              />
            ))}
          </div>
        )}
      </main>
    </UiLanguage>
  );
}

/** Whose telephone is listened to, and what it plays. Sound begins with a click, because browsers allow none before. */
function useListening(state: LabState | null) {
  const [listening, setListening] = useState<string | null>(null);
  const ear = useRef<Ear | null>(null);
  const call = state?.telephones.find(({ id }) => id === listening)?.call;
  const phase = state?.telephones.find(({ id }) => id === listening)?.phase;
  const heard = call && phase !== "idle" ? JSON.stringify([phase, call.hears, call.hearsSince]) : null;
  const skew = useRef(0);
  skew.current = state?.skew ?? 0;

  useEffect(() => {
    if (!ear.current) return;
    if (heard === null) return ear.current.quiet();
    const [now, sound, since] = JSON.parse(heard) as [string, Parameters<Ear["hear"]>[0], number];
    if (now === "ringing") ear.current.ring();
    else ear.current.hear(sound, since - skew.current);
  }, [heard]);

  return {
    listening,
    listen(id: string) {
      ear.current ??= createEar();
      if (listening === id) ear.current.quiet();
      setListening(listening === id && id !== CALLER ? null : id);
    },
  };
}
