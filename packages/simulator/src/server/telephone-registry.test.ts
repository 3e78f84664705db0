import { expect, test } from "vitest";
import { createTelephoneRegistry } from "./telephone-registry.ts";

test("a telephone is found by its SIP address, by its user name and by its number; the most exact address wins", () => {
  const registry = createTelephoneRegistry();
  registry.register({ id: "any", addresses: ["ines"] });
  registry.register({ id: "desk", addresses: ["sip:ines@desk.example"] });
  registry.register({ id: "number", addresses: ["+33155500111"] });
  expect(registry.find("sip:ines@desk.example;transport=udp")).toBe("desk");
  expect(registry.find("sip:ines@other.example")).toBe("any");
  expect(registry.find("sip:33155500111@127.0.0.1:5090")).toBe("number");
  expect(registry.find("sip:otto@desk.example")).toBeUndefined();
  registry.unregister("desk");
  expect(registry.find("sip:ines@desk.example")).toBe("any");
});
