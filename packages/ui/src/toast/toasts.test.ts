import { afterEach, expect, test } from "vitest";
import { currentToasts, dismissToast, onToasts, showToast } from "./toasts.ts";

afterEach(() => {
  for (const { id } of currentToasts()) dismissToast(id);
});

test("a toast is told to whoever listens, and can be taken away by who showed it", () => {
  let told = 0;
  const stop = onToasts(() => {
    told += 1;
  });
  const takeAway = showToast("Ligne supprimée", { action: { label: "Annuler", onSelect: () => {} } });
  expect(currentToasts().map((toast) => toast.message)).toEqual(["Ligne supprimée"]);
  takeAway();
  expect(currentToasts()).toEqual([]);
  expect(told).toBe(2);
  stop();
});

test("three are shown at most, the last ones", () => {
  for (const word of ["un", "deux", "trois", "quatre"]) showToast(word);
  expect(currentToasts().map((toast) => toast.message)).toEqual(["deux", "trois", "quatre"]);
});
