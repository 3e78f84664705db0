import { expect, test } from "vitest";
import { aCall } from "../testing/a-view.ts";
import { drawn } from "../testing/drawn.tsx";
import { CallControls } from "./call-controls.tsx";

test.each([
  ["on", "Suspendre l’enregistrement", "Cette conversation est enregistrée."],
  ["paused", "Reprendre l’enregistrement", "L’enregistrement est suspendu"],
  ["off", "Enregistrer", ""],
] as const)("a recording that is %s says so, and what can be done about it", async (recording, button, words) => {
  const page = await drawn(<CallControls call={aCall({ recording })} />);
  expect(page.buttons).toContain(button);
  expect(page.words).toContain(words);
});

test("of a call that is not recorded, and may not be, nothing is said", async () => {
  const page = await drawn(<CallControls call={aCall()} />);
  expect(page.words).not.toMatch(/nregistre/);
});

test("a call for help is shown until it is answered or taken back", async () => {
  expect((await drawn(<CallControls call={aCall()} />)).buttons).toContain("Demander de l’aide");
  const asked = await drawn(<CallControls call={aCall({ helpSince: "2026-11-24T09:01:00.000Z" })} />);
  expect(asked.buttons).toContain("Plus besoin d’aide");
  expect(asked.words).toContain("Les superviseurs voient que vous demandez de l’aide.");
});

test("of a callback, and of nothing else, it can be said that a machine answered", async () => {
  const callback = {
    callbackId: "callback_1",
    promisedAt: "2026-11-24T09:00:00.000Z",
    attempts: [],
    attemptsAllowed: 3,
  };
  const called = aCall({ callback: { ...callback, first: "operator" } });
  expect((await drawn(<CallControls call={called} />)).buttons).toContain("C’est un répondeur");
  expect((await drawn(<CallControls call={aCall()} />)).buttons).not.toContain("C’est un répondeur");
});
