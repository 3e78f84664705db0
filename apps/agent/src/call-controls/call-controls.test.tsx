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

test("what did not come by a queue can be neither passed on nor held", async () => {
  const { buttons } = await drawn(<CallControls call={aCall({ mayPassOn: false })} />);
  expect(buttons).not.toContain("Mettre en attente");
  expect(buttons).not.toContain("Transférer");
});
