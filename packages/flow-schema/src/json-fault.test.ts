import { expect, test } from "vitest";
import { jsonFault } from "./json-fault.ts";

const cut = () => {
  try {
    return JSON.parse('{"a":') as never;
  } catch (error) {
    return jsonFault(error, '{"a":');
  }
};

test("says where in words, whatever the engine's are", () => {
  const text = '{\n "a": x }';
  const chromium = new SyntaxError(`Unexpected token 'x', ..."${text}"... is not valid JSON`);
  expect(jsonFault(chromium, text)).toEqual({
    fr: 'faute près de « { "a": x } »',
    en: 'the fault is near “{ "a": x }”',
  });
  expect(jsonFault(new SyntaxError("Unexpected token x in JSON at position 8"), text)).toEqual({
    fr: "faute à la ligne 2, colonne 7",
    en: "the fault is in line 2, column 7",
  });
  expect(cut()).toEqual({ fr: "il s’arrête avant sa fin", en: "it stops before its end" });
  const firefox = new SyntaxError("JSON.parse: unexpected character at line 3 column 1 of the JSON data");
  expect(jsonFault(firefox, "").en).toBe("the fault is in line 3, column 1");
  expect(jsonFault(new SyntaxError("JSON Parse error: Unrecognized token"), "x").en).toBe("its form is not right");
});
