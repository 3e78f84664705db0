import type { AgentConsult } from "@cordboard/api";
import { expect, test } from "vitest";
import { aCall } from "../testing/a-view.ts";
import { drawn } from "../testing/drawn.tsx";
import { CallControls } from "./call-controls.tsx";

test("a caller on hold: it is said, and taking them back is offered; that the operator is muted matters only afterwards", async () => {
  const talking = await drawn(<CallControls call={aCall()} />);
  expect(talking.buttons).toContain("Mettre en attente");
  expect(talking.words).not.toContain("est en attente");
  const held = await drawn(<CallControls call={aCall({ held: true, muted: true })} />);
  expect(held.buttons).toContain("Reprendre");
  expect(held.buttons).not.toContain("Mettre en attente");
  expect(held.words).toMatch(/L’appelant est en attente\s: il entend de la musique/);
  expect(held.words).not.toContain("Votre micro est coupé");
});

const paul = (state: AgentConsult["state"], why: AgentConsult["why"] = null): AgentConsult => ({
  ...{ kind: "operator", name: "Paul Lefèvre", state, why, since: "2026-11-24T09:00:00.000Z" },
});

test.each([
  [paul("offered"), true, ["Revenir à l’appelant"], "Vous consultez Paul Lefèvre"],
  [paul("talking"), true, ["Transférer à Paul Lefèvre", "À trois", "Revenir à l’appelant seul"], "ne vous entend pas"],
  [paul("talking"), false, ["Transférer à Paul Lefèvre", "Sans l’appelant"], "vous parlez à trois"],
  [paul("failed", "busy"), true, ["Revenir à l’appelant", "Consulter quelqu’un d’autre", "Transférer"], "occupé"],
] as const)(
  "somebody is asked first (%o): how that stands is said, and what can be done",
  async (consult, held, buttons, words) => {
    const page = await drawn(<CallControls call={aCall({ consult, ...(held && { held }) })} />);
    for (const button of buttons) expect(page.buttons).toContain(button);
    expect(page.words).toContain(words);
    expect(page.words).not.toContain("est en attente");
    if (consult.state !== "failed") expect(page.buttons).not.toContain("Transférer");
  },
);

test("who is only asked is told so, and does nothing to the caller", async () => {
  const consultedBy = { operatorName: "Inès", at: "2026-11-24T09:00:00.000Z", outcome: null, note: "" };
  const { card } = aCall();
  const { buttons, words } = await drawn(
    <CallControls call={aCall({ card: { ...card, consultedBy }, mayPassOn: false })} />,
  );
  expect(words).toContain("Inès vous consulte avant de transférer l’appel.");
  expect(buttons).toContain("Quitter");
  expect(buttons).not.toContain("Touches");
});

test("what did not come by a queue can be neither passed on nor held", async () => {
  const { buttons } = await drawn(<CallControls call={aCall({ mayPassOn: false })} />);
  expect(buttons).not.toContain("Mettre en attente");
  expect(buttons).not.toContain("Transférer");
});
