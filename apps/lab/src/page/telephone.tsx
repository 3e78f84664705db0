import type { TelephoneState } from "@cordboard/simulator/server";
import { Button, Card, Duration, useNow } from "@cordboard/ui";
import { Headphones, Phone, PhoneOff, Volume2 } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { LabCommand } from "../protocol/messages.ts";
import styles from "./lab.module.css";
import { promptName } from "./sound/prompt-name.ts";

export interface TelephoneProps {
  readonly title: string;
  readonly telephone: TelephoneState | undefined;
  readonly id: string;
  readonly skew: number;
  readonly listening: boolean;
  readonly onListen: () => void;
  readonly send: (command: LabCommand) => void;
  /** What stands under the keys while the telephone talks. */
  readonly mouth?: ReactNode;
  /** What stands where the telephone can dial. */
  readonly dialler?: ReactNode;
}

/** How the simulator names an end; anything else is a SIP status. */
const endWords: Readonly<Record<string, string>> = { "this telephone": "endedHere", "other side": "endedThere" };

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** One virtual telephone: what it does, what is heard in it, and its keys. */
export function Telephone({ title, telephone, id, skew, listening, onListen, send, mouth, dialler }: TelephoneProps) {
  const { t } = useTranslation();
  const phase = telephone?.phase ?? "idle";
  const call = telephone?.call;
  const busy = phase !== "idle";
  const place = useRef<HTMLDivElement>(null);
  useKeepFocus(phase, place);
  return (
    <Card
      title={title}
      tone={phase === "ringing" ? "offered" : "plain"}
      actions={
        <Button
          kind={listening ? "secondary" : "quiet"}
          icon={listening ? Volume2 : Headphones}
          aria-pressed={listening}
          onClick={onListen}
        >
          {t("listen")}
        </Button>
      }
    >
      <div ref={place} className={styles.telephone}>
        <p className={styles.state} role="status">
          <span className={styles.lamp} data-phase={phase} aria-hidden="true" />
          <strong>{t(`phase.${phase}`)}</strong>
        </p>
        {call && phase === "ringing" && (
          <p className={styles.number}>
            {isHidden(call.from) ? t("incomingHidden") : t("incoming", { number: call.from })}
          </p>
        )}
        <p className={styles.hears}>
          {busy && call ? (
            <>
              <Hears call={call} />
              {phase === "talking" && (
                <>
                  {" · "}
                  <Since at={call.hearsSince - skew} />
                </>
              )}
            </>
          ) : call?.endedBy ? (
            t(endWords[call.endedBy] ?? "endedBy", { how: call.endedBy })
          ) : (
            !dialler && t("idle")
          )}
        </p>
        {!busy && dialler}
        {phase === "ringing" && (
          <div className={styles.pair}>
            <Button size="large" icon={PhoneOff} onClick={() => send({ do: "refuse", telephone: id })}>
              {t("refuse")}
            </Button>
            <Button size="large" kind="primary" icon={Phone} onClick={() => send({ do: "answer", telephone: id })}>
              {t("answer")}
            </Button>
          </div>
        )}
        {(phase === "calling" || phase === "talking") && (
          <>
            <fieldset tabIndex={-1} className={styles.keypad} aria-label={t("keypad")}>
              {KEYS.map((key) => (
                <Button key={key} size="large" onClick={() => send({ do: "press", telephone: id, keys: key })}>
                  {key}
                </Button>
              ))}
            </fieldset>
            {dialler && <p className={styles.hint}>{t("keyboard")}</p>}
            {phase === "talking" && mouth}
            <Button
              size="large"
              kind="danger"
              wide
              icon={PhoneOff}
              onClick={() => send({ do: "hangUp", telephone: id })}
            >
              {t("hangUp")}
            </Button>
          </>
        )}
      </div>
    </Card>
  );
}

/** What had the focus goes when the telephone changes: who works by keyboard is then put on what came, not at the top of the page. */
function useKeepFocus(phase: string, place: RefObject<HTMLDivElement | null>): void {
  const before = useRef(phase);
  useEffect(() => {
    const changed = before.current !== phase;
    before.current = phase;
    if (!changed || document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLElement>("fieldset, [type=submit]")?.focus({ preventScroll: true });
  }, [phase, place]);
}

function Since({ at }: { readonly at: number }) {
  const now = useNow(1_000);
  return <Duration ms={Math.max(0, now - at)} />;
}

function Hears({ call }: { readonly call: NonNullable<TelephoneState["call"]> }) {
  const { t } = useTranslation();
  const sound = call.hears;
  if (call.phase === "ringing") return null;
  if (sound.kind === "audio") {
    const name = promptName(sound.url);
    if (name) return <>{t("hears.named", { name: t(`prompt.${name}`) })}</>;
    return <>{t(isPrivate(sound.url) ? "hears.recording" : "hears.audio")}</>;
  }
  if (sound.kind === "speech") return <>{t("hears.speech", { text: sound.text })}</>;
  if (sound.kind === "bridged") {
    const other = call.direction === "out" ? call.to : call.from;
    return <>{t("hears.bridged", { who: isHidden(other) ? t("somebody") : other })}</>;
  }
  return <>{t(`hears.${sound.kind}`)}</>;
}

/** What somebody recorded lies under a secret in its path. */
function isPrivate(url: string): boolean {
  return /\/media\/[^/]+\/[0-9a-f]{64}\.wav$/.test(url);
}

function isHidden(number: string): boolean {
  return /anonymous|restricted/i.test(number) || number === "";
}
