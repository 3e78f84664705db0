import { expect, test } from "vitest";
import { describeError } from "./index.ts";

test("a thing that is missing is named in the reader's language", () => {
  expect(describeError("notFound", { what: "call" }, "fr").message).toBe("Introuvable\u00a0: cet appel.");
  expect(describeError("notFound", { what: "flow version" }, "en").message).toBe(
    "Not found: this version of the flow.",
  );
  expect(describeError("notFound", { what: { fr: "cette adresse", en: "this address" } }, "fr").message).toBe(
    "Introuvable\u00a0: cette adresse.",
  );
});

test("an operator's state is named in the reader's language, never by its code", () => {
  expect(describeError("notNow", { state: "wrapUp" }, "fr").message).toBe(
    "Impossible dans l’état actuel (après-appel).",
  );
  expect(describeError("notNow", { state: "ringing" }, "en").message).toBe(
    "Not possible in the present state (the telephone is ringing).",
  );
  // A state that this page does not know yet is shown as it is.
  expect(describeError("notNow", { state: "constructor" }, "en").message).toContain("(constructor)");
});
