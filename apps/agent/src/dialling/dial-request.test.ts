import { expect, test } from "vitest";
import { numberIn, takeDialRequest } from "./dial-request.ts";

test.each([
  ["tel:+33-6-12-34-56-78", "+33-6-12-34-56-78"],
  ["web+tel:0612345678;ext=12", "0612345678"],
  ["callto:0612345678", "0612345678"],
  [" 06 12 34 56 78\n", "06 12 34 56 78"],
  ["06\u00a012\u00a034\u00a056\u00a078", "06\u00a012\u00a034\u00a056\u00a078"],
  ["+33 (0)6.12.34.56.78", "+33 (0)6.12.34.56.78"],
  ["1000", "1000"],
])("%j is a number", (text, number) => expect(numberIn(text)).toBe(number));

test.each(["", "hello", "Call me on 06 12 34 56 78", "tel:", "javascript:alert(1)", "7", "1".repeat(40)])(
  "%j is none",
  (text) => expect(numberIn(text)).toBeNull(),
);

const page = (hash: string, referrer = "") => {
  const shown: unknown[] = [];
  const at = { location: { hash, pathname: "/agent/", search: "" }, document: { referrer } };
  const history = { replaceState: (...args: unknown[]) => void shown.push(args[2]) };
  return { request: takeDialRequest({ ...at, history } as never), shown };
};

test("the address says whom to call, once, and whose link it was", () => {
  const { request, shown } = page("#dial=tel%3A%2B33612345678", "https://crm.example/customers/7");
  expect(request).toEqual({ number: "+33612345678", from: "https://crm.example" });
  expect(shown).toEqual(["/agent/"]);
  expect(page("#dial=0612345678").request).toEqual({ number: "0612345678", from: null });
});

test("an address without a number, or with something else, asks for nothing; the latter is cleared all the same", () => {
  expect(page("#calls/1")).toEqual({ request: null, shown: [] });
  expect(page("#dial=%E0%A4%A")).toEqual({ request: null, shown: ["/agent/"] });
});
