import { expect, test } from "vitest";
import { type AlarmNews, alarmMail, trialMail } from "./alarm-words.ts";

const frame = { timeZone: "Europe/Paris", company: "Demo", url: "https://calls.example" } as const;
/** 1 December 2026, 9:30 in Paris. */
const since = Date.UTC(2026, 11, 1, 8, 30);
const gone: AlarmNews = { kind: "jambonzGone", about: null, since, endedAt: null, what: "raised" };
const unstaffed: AlarmNews = { kind: "queueUnstaffed", about: "Ventes", since, endedAt: null, what: "raised" };

test("an alarm's mail says what is wrong, since when in the company's time, what to do, and where", () => {
  const { subject, text } = alarmMail([gone], { ...frame, language: "en" });
  expect(subject).toBe("Alarm · Demo · The telephone server (jambonz) does not answer.");
  expect(text).toContain("Since: 1 Dec 2026, 09:30\nCheck that jambonz runs");
  expect(text.trimEnd()).toMatch(/Demo · https:\/\/calls\.example\/designer\/alarms$/);
});

test("what an alarm is about is named in it, in the person's language", () => {
  const { subject, text } = alarmMail([unstaffed], { ...frame, language: "fr" });
  expect(subject).toBe(
    "Alarme · Demo · Des appelants attendent dans la file « Ventes » et personne n’y est en service.",
  );
  expect(text).toContain("Depuis : 1 déc. 2026, 09:30");
});

test("what is over says from when to when, and nothing to do", () => {
  const over: AlarmNews = { ...gone, endedAt: since + 600_000, what: "cleared" };
  const { subject, text } = alarmMail([over], { ...frame, language: "en" });
  expect(subject).toMatch(/^Over · Demo · /);
  expect(text).toContain("From 1 Dec 2026, 09:30 to 1 Dec 2026, 09:40.");
  expect(text).not.toContain("Check that");
});

test("several at once are one mail; it is an alarm as long as one of them is", () => {
  const over: AlarmNews = { ...gone, endedAt: since + 600_000, what: "cleared" };
  const { subject, text } = alarmMail([over, unstaffed], { ...frame, language: "fr" });
  expect(subject).toBe("Alarme · Demo · 2 nouvelles");
  expect(text.match(/jambonz/g)).toHaveLength(1);
  expect(text).toContain("Ventes");
});

test.each(["fr", "en"] as const)("a trial in %s says whose alarms arrive here", (language) => {
  const { subject, text } = trialMail(language, "Demo", "https://calls.example");
  expect(subject).toContain("Demo");
  expect(text).toContain("https://calls.example/designer/alarms");
});
