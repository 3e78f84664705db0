import { setTimeout as pause } from "node:timers/promises";
import type { CheckResult, TestCall } from "@cordboard/api";
import { examine, installationOf } from "@cordboard/api/doctor";
import { type Connection, connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";

export interface DoctorOptions extends ServerOptions {
  /** A number, or the name of a telephone, that is rung to try the way of a call. */
  readonly call?: string;
}

const ASK_EVERY_MS = 500;
/** A test call that says nothing for so long is given up: its own clocks are shorter. */
const PATIENCE_MS = 180_000;

const signs = { ok: "✓", warning: "!", error: "✗", skipped: "·", waiting: "…" } as const;

/**
 * Examines the jambonz installation and says what to mend: by the running product, which knows its lines and telephones, or without it by what
 * the environment says. 0 when nothing is wrong (warnings are no fault), 1 when something is.
 */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
  const connection = await connect(options);
  const answer = await connection.client.call("telephony.check");
  if (!answer.ok && answer.error.status !== 0) return explain(answer.error, connection.url);
  const runs = answer.ok;
  if (!runs && options.server !== undefined) return explain(answer.error, connection.url);
  const items = runs
    ? answer.value.items
    : await examine(installationOf(options.env), { fetch, now: () => Date.now() });
  if (options.json) console.log(JSON.stringify({ running: runs, items }));
  else {
    if (!runs) console.log(t("doctor.notRunning"));
    for (const item of items) console.log(checkLines(item));
    console.log(summary(items));
  }
  const isWrong = items.some(({ state }) => state === "error");
  if (options.call === undefined) return isWrong ? 1 : 0;
  if (!runs) {
    console.error(t("doctor.callNeedsProduct"));
    return 3;
  }
  const called = await testCall(connection, options.call, options);
  return called === 0 && isWrong ? 1 : called;
}

async function testCall(connection: Connection, target: string, options: DoctorOptions): Promise<ExitCode> {
  const { client, url } = connection;
  const telephones = await client.call("telephones.list");
  if (!telephones.ok) return explain(telephones.error, url);
  const named = telephones.value.items.find(({ name }) => name === target);
  const to = named
    ? ({ kind: "telephone", telephoneId: named.telephoneId } as const)
    : ({ kind: "number", number: target } as const);
  const placed = await client.call("telephony.testCall", { body: { to } });
  if (!placed.ok) {
    const code = explain(placed.error, url);
    if (placed.error.remedy !== "") console.error(placed.error.remedy);
    return code;
  }
  if (!options.json) console.log(t("doctor.calling", { target }));
  const said = new Set<string>();
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const asked = await client.call("telephony.testCallSteps", { params: { callId: placed.value.callId } });
    if (!asked.ok && asked.error.status !== 404) return explain(asked.error, url);
    if (asked.ok) {
      const { steps, over } = asked.value;
      if (!options.json) sayNew(steps, said);
      if (over || Date.now() > until) {
        if (options.json) console.log(JSON.stringify({ call: asked.value }));
        return steps.every(({ state }) => state === "ok") ? 0 : 1;
      }
    }
    await pause(ASK_EVERY_MS);
  }
}

/** What has been decided since it was looked at last, each once. */
function sayNew(steps: TestCall["steps"], said: Set<string>): void {
  for (const { step, state, sentence, remedy } of steps) {
    if (state === "waiting" || said.has(step)) continue;
    said.add(step);
    console.log(line(state, sentence[language], remedy?.[language] ?? null));
  }
}

/** One check, as it is printed. */
function checkLines({ state, title, sentence, remedy }: CheckResult): string {
  return line(state, `${title[language]}${t("doctor.colon")}${sentence[language]}`, remedy?.[language] ?? null);
}

const line = (state: keyof typeof signs, words: string, remedy: string | null): string =>
  `${signs[state]} ${words}${remedy === null ? "" : `\n    → ${remedy}`}`;

function summary(items: readonly CheckResult[]): string {
  const count = (wanted: CheckResult["state"]) => items.filter(({ state }) => state === wanted).length;
  const [errors, warnings] = [count("error"), count("warning")];
  return errors + warnings === 0 ? t("doctor.well") : t("doctor.found", { errors, warnings });
}
