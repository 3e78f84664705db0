import type { Texts } from "@cordboard/api";
import type { CalledParty, ToldAlarm } from "../ports/index.ts";

/** The id of the flow of the calls that tell of technical alarms; nobody draws it. */
export const ALARM_FLOW = "alarm-call";

/** Which part of such a call asks: its trace is read by it. */
export const ALARM_QUESTION = "nConfirm";

/** By which way out of the question an alarm is confirmed. */
export const ALARM_CONFIRMED = "confirmed";

/** The recorded sentence of each alarm: heard without a synthesiser, which may be what is broken. */
const recordedAs: Readonly<Partial<Record<ToldAlarm["kind"], string>>> = {
  queueUnstaffed: "alarmQueueUnstaffed",
  noSpeech: "alarmNoSpeech",
  storeSlow: "alarmStoreSlow",
  diskFilling: "alarmDiskFilling",
};

/** No call lists more than so many things: who is called looks at the page then. */
const MOST_TOLD = 5;

/**
 * What somebody hears who is told of technical alarms: what is wrong, in recorded sentences, each with the name of the queue or machine where
 * texts can be spoken, and a request for a key. Nothing told: it is a trial.
 */
export function alarmFlow(
  languages: readonly string[],
  { told, speaks }: Extract<CalledParty, { kind: "alarm" }>,
): Record<string, unknown> {
  const french = languages[0]?.startsWith("fr") ?? false;
  const named = ({ fr, en }: Texts) => (french ? fr : en);
  const node = (id: string, caption: Texts, type: string, config: object) => ({
    ...{ id, name: named(caption), type, typeVersion: 1, config },
  });
  const sentences =
    told.length === 0 ? [{ builtIn: "alarmTrial", about: null }] : told.slice(0, MOST_TOLD).flatMap(said);
  const prompts: Record<string, object> = {
    pHello: { name: "Hello", texts: {}, builtIn: "alarmHello" },
    pConfirm: { name: "Confirm", texts: {}, builtIn: "alarmConfirmKeys" },
    pConfirmed: { name: "Confirmed", texts: {}, builtIn: "alarmConfirmed" },
    pNot: { name: "Not confirmed", texts: {}, builtIn: "alarmNotConfirmed" },
  };
  const says = told.length === 0 ? [] : [play("nHello", "pHello")];
  for (const [at, { builtIn, about }] of sentences.entries()) {
    prompts[`pWhat${at}`] = { name: builtIn, texts: {}, builtIn };
    says.push(play(`nWhat${at}`, `pWhat${at}`));
    if (about === null || !speaks) continue;
    prompts[`pAbout${at}`] = { name: about, texts: Object.fromEntries(languages.map((tag) => [tag, about])) };
    says.push(play(`nAbout${at}`, `pAbout${at}`));
  }
  const first = says[0]?.id ?? ALARM_QUESTION;
  return {
    formatVersion: 1,
    id: ALARM_FLOW,
    name: named({ fr: "Appel d’alarme", en: "Alarm call" }),
    languages: [...languages],
    prompts,
    entry: first,
    nodes: [
      ...says,
      node(ALARM_QUESTION, { fr: "Confirmation", en: "Confirmation" }, "menu", {
        prompt: "pConfirm",
        choices: [
          { id: ALARM_CONFIRMED, digit: "1", label: "1" },
          { id: "again", digit: "2", label: "2" },
        ],
        ...{ attempts: 3, patienceMs: 6_000, invalidPrompt: null, noInputPrompt: null },
      }),
      node("nConfirmed", { fr: "Confirmé", en: "Confirmed" }, "hangup", { prompt: "pConfirmed" }),
      node("nNot", { fr: "Non confirmé", en: "Not confirmed" }, "hangup", { prompt: "pNot" }),
    ],
    edges: [
      ...says.map(({ id }, at) => ({ from: id, output: "done", to: says[at + 1]?.id ?? ALARM_QUESTION })),
      { from: ALARM_QUESTION, output: ALARM_CONFIRMED, to: "nConfirmed" },
      { from: ALARM_QUESTION, output: "again", to: first },
      { from: ALARM_QUESTION, output: "noInput", to: "nNot" },
      { from: ALARM_QUESTION, output: "noMatch", to: "nNot" },
    ],
  };
}

const play = (id: string, prompt: string) => ({
  ...{ id, name: id, type: "play", typeVersion: 1, config: { prompt, bargeIn: true } },
});

function said({ kind, about }: ToldAlarm) {
  const builtIn = recordedAs[kind];
  // A name is a name: nothing in it is worked out.
  return builtIn === undefined ? [] : [{ builtIn, about: about === null ? null : about.replaceAll(/[{}]/g, " ") }];
}
