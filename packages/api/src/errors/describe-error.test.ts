import { expect, test } from "vitest";
import { describeError } from "./index.ts";

test("a thing that is missing is named in the reader's language", () => {
  expect(describeError("notFound", { what: "call" }, "fr").message).toBe("Introuvable : cet appel.");
  expect(describeError("notFound", { what: "flow version" }, "en").message).toBe(
    "Not found: this version of the flow.",
  );
  expect(describeError("notFound", { what: { fr: "cette adresse", en: "this address" } }, "fr").message).toBe(
    "Introuvable : cette adresse.",
  );
});
