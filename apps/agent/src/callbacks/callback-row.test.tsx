import type { Callback } from "@cordboard/api";
import { expect, test } from "vitest";
import { drawn } from "../testing/drawn.tsx";
import { CallbackRow } from "./callback-row.tsx";

const now = Date.now();
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const callback: Callback = {
  callbackId: "call_9",
  queueId: "queue_1",
  queueName: "Support",
  number: "+33556112233",
  numberText: "05 56 11 22 33",
  callerName: "M. Leroy",
  lineName: "Accueil",
  promisedAt: ago(12),
  promisedInCallId: "call_8",
  origin: null,
  state: "waiting",
  heldBack: null,
  notBefore: null,
  slotAt: null,
  operator: null,
  attempts: [],
  attemptsAllowed: 3,
  endedAt: null,
  result: null,
};
const row = (part: Partial<Callback>, mayCall = true, language: "fr" | "en" = "fr") =>
  drawn(
    <CallbackRow
      callback={{ ...callback, ...part }}
      mayCall={mayCall}
      onCall={() => {}}
      onCancel={async () => {}}
      onChanged={() => {}}
    />,
    {},
    { language },
  );

test("says to whom, at which number, by which queue and when it was promised", async () => {
  const { words, html } = await row({});
  for (const fact of ["M. Leroy", "05 56 11 22 33", "Support", "promis"]) expect(words).toContain(fact);
  expect(html).toContain('aria-label="Rappeler M. Leroy"');
  expect(html).toContain('aria-label="Annuler le rappel de M. Leroy"');
});

test("says which program, or who, asked for it where no call did", async () => {
  const program = { promisedInCallId: null, origin: { kind: "key", name: "Web site" } } as const;
  expect((await row(program, true, "en")).words).toContain("asked for by the program “Web site”");
  const user = { promisedInCallId: null, origin: { kind: "user", name: "Claire" } } as const;
  expect((await row(user)).words).toContain("demandé par Claire");
});

test("says what was tried and what holds it back", async () => {
  const attempts = [
    { at: ago(5), operatorId: "op_1", operatorName: "Paul", result: "numberSilent" as const, callId: "call_7" },
  ];
  const tried = await row({ attempts, heldBack: "retry", notBefore: ago(-10) });
  expect(tried.words.replaceAll("\u00a0", " ")).toMatch(
    /essai 1 sur 3 : pas de réponse · prochain essai .*\d\d h \d\d/,
  );
  const slotAt = ago(-90);
  const later = await row({ heldBack: "slot", notBefore: slotAt, slotAt });
  expect(later.words.replaceAll("\u00a0", " ")).toMatch(/à rappeler .*\d\d h \d\d/);
  expect((await row({ heldBack: "closed" })).words).toContain("attend l’ouverture");
  expect((await row({ heldBack: "onTheLine" }, true, "en")).words).toContain("the caller is on the line again");
});

test.each([
  ["offered", "proposé à Paul"],
  ["calling", "Paul rappelle"],
] as const)("one that a colleague has (%s) says so, and is not to be called or cancelled", async (state, words) => {
  const shown = await row({ state, operator: { operatorId: "op_1", name: "Paul" } });
  expect(shown.words).toContain(words);
  expect(shown.buttons).toEqual([]);
});

test("who is not free cannot call back now", async () => {
  expect((await row({}, false)).html).toMatch(
    /<button[^>]*disabled[^>]*aria-label="Rappeler M. Leroy"|aria-label="Rappeler M. Leroy"[^>]*disabled/,
  );
  expect((await row({}, true)).html).not.toMatch(/disabled/);
});
