import { type Alarm, type AlarmCall, alarmCallResults } from "@cordboard/api";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const id = (prefix: string, digit: number) => `${prefix}_${String(digit).repeat(32)}`;
const onCall = "Astreinte informatique";

/** Alarms of every kind: two that go on, one of which somebody takes care of, and some that are over. */
export function alarmsLately(): readonly Alarm[] {
  const alarm = (at: number, part: Partial<Alarm>): Alarm => ({
    ...{ alarmId: id("alarm", at), kind: "storeSlow", about: null, since: ago(at * 97), endedAt: null },
    ...{ confirmed: null },
    ...part,
  });
  return [
    alarm(1, {
      kind: "queueUnstaffed",
      about: "Assistance technique et suivi des réparations sous garantie",
      since: ago(12),
      confirmed: { at: ago(9), name: onCall },
    }),
    alarm(2, { kind: "diskFilling", about: "cordboard-1" }),
    alarm(3, { kind: "jambonzGone", endedAt: ago(280) }),
    alarm(4, { kind: "noSpeech", endedAt: ago(384), confirmed: { at: ago(386), name: "Inès Martin" } }),
    alarm(5, { endedAt: ago(480) }),
  ];
}

/** Calls by which alarms told somebody, with everything that can come of one. */
export function alarmCallsLately(): readonly AlarmCall[] {
  return [null, ...alarmCallResults].map((result, at) => ({
    ...{ callId: id("call", at), at: ago(at * 6 + 1), trial: at === 3, result },
    ...{ name: at % 2 === 0 ? onCall : "Inès Martin", number: "+33639987702", numberText: "06 39 98 77 02" },
    alarms:
      at === 3
        ? []
        : [
            { alarmId: id("alarm", 1), kind: "queueUnstaffed", about: "Assistance" },
            ...(at === 1 ? [{ alarmId: id("alarm", 2), kind: "diskFilling" as const, about: "cordboard-1" }] : []),
          ],
    endedAt: result === null ? null : ago(at * 6),
  }));
}
